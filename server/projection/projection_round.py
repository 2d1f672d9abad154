"""What all sessions of one round of projecting share: read once, as the round begins."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection

from server.db.database import Database
from server.dose.sensed.heart_profile import HeartProfile
from server.dose.vector import hash_inputs
from server.projection.boots import Stretch, tell_newest
from server.projection.heart_profiles import read_profiles, tell_profiles
from server.projection.quality.rules import tell_rules
from server.projection.run_index import index_new_runs
from server.projection.session_inputs import hash_mark
from server.projection.versions import VERSIONS
from server.sessions.evening import list_held_before
from server.sessions.service import list_all_sessions

RUNNING: Final = "running"
NS_PER_MINUTE: Final = 60_000_000_000
LONGEST_MINUTES: Final = 12 * 60  # an evening's, as TONIGHT_WITHIN_H. Inferred


@dataclass(frozen=True, slots=True)
class ProjectionRound:
    """`lines` is the list of all sessions; `profiles` are everybody's, by code.

    `told_sha256` is by session that was held, of `version`, its entries, the profiles and `rules`.
    `minute` is that of now, and part of what a running session is made of: it goes on without
    entries and uploads.
    """

    lines: Sequence[dict[str, Any]]
    profiles: Mapping[str, HeartProfile]
    rules: Sequence[Any]
    told_sha256: Mapping[str, str]
    minute: int

    def list_held(self) -> list[dict[str, Any]]:
        """Lines of the sessions of which something was written down."""
        return _list_held(self.lines)

    def find_minute(self, line: Mapping[str, Any], worn: Stretch) -> int | None:
        """None for a session that doesn't run; one that nobody closed ends with its day."""
        if line["state"] != RUNNING:
            return None
        last = worn.from_utc_ns // NS_PER_MINUTE + LONGEST_MINUTES
        return min(self.minute, last) if worn.from_utc_ns else self.minute

    def see(self, derived: Connection, line: Mapping[str, Any], worn: Stretch) -> str:
        """SHA-256 of what is quick to tell: while it is the same, so are the session's inputs.

        `worn`: all the time in which straps were worn in it, as it was last derived.
        """
        told = [
            self.told_sha256[line["id"]],
            self.find_minute(line, worn),
            tell_newest(derived, worn),
        ]
        return hash_inputs(told)


def begin_round(study: Database, derived: Database, version: int, now_ns: int) -> ProjectionRound:
    """Take in what was archived, and read the study as it is now.

    What is written down later is the next round's: what a session is projected from is read after
    this, so that nothing of it can be missed for good.
    """
    index_new_runs(study, derived)
    rules = tell_rules()
    with study.reading() as connection:
        lines, profiles = list_all_sessions(connection), read_profiles(connection)
        marks = {line["id"]: hash_mark(connection, line) for line in _list_held(lines)}
    everyones = [version, VERSIONS, tell_profiles(profiles), rules]
    told = {
        line["id"]: hash_inputs([marks[line["id"]], _tell_place(lines, line), *everyones])
        for line in _list_held(lines)
    }
    return ProjectionRound(lines, profiles, rules, told, now_ns // NS_PER_MINUTE)


def _tell_place(lines: Sequence[dict[str, Any]], line: dict[str, Any]) -> list[int] | None:
    """What a make-up's number in the plan depends on."""
    return None if line["ordinal"] is not None else list_held_before(lines, line)


def _list_held(lines: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    return [line for line in lines if line["state"] != "planned"]
