"""What all sessions of one round of projecting share: read once, as the round begins."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from server.db.database import Database
from server.dose.sensed.heart_profile import HeartProfile
from server.dose.vector import hash_inputs
from server.projection.heart_profiles import read_profiles, tell_profiles
from server.projection.quality.rules import tell_rules
from server.projection.run_index import index_new_runs, read_cursor
from server.projection.session_inputs import hash_mark
from server.sessions.service import list_all_sessions


@dataclass(frozen=True, slots=True)
class ProjectionRound:
    """`lines` is the list of all sessions; `profiles` are everybody's, by code.

    `seen_sha256` is by session that was held, of `version`, its entries, the uploads, the profiles
    and `rules`: quick to tell, and as long as it is the same, so are the session's inputs.
    """

    lines: Sequence[dict[str, Any]]
    profiles: Mapping[str, HeartProfile]
    rules: Sequence[Any]
    seen_sha256: Mapping[str, str]

    def list_held(self) -> list[dict[str, Any]]:
        """Lines of the sessions of which something was written down."""
        return _list_held(self.lines)


def begin_round(study: Database, derived: Database, version: int) -> ProjectionRound:
    """Take in what was archived, and read the study as it is now.

    What is written down later is the next round's: what a session is projected from is read after
    this, so that nothing of it can be missed for good.
    """
    index_new_runs(study, derived)
    cursor, rules = read_cursor(derived), tell_rules()
    with study.reading() as connection:
        lines, profiles = list_all_sessions(connection), read_profiles(connection)
        marks = {line["id"]: hash_mark(connection, line) for line in _list_held(lines)}
    told = [cursor, tell_profiles(profiles), rules]
    seen = {session: hash_inputs([version, mark, *told]) for session, mark in marks.items()}
    return ProjectionRound(lines, profiles, rules, seen)


def _list_held(lines: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    return [line for line in lines if line["state"] != "planned"]
