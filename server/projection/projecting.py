"""Builds what is derived of sessions: from archive and ledger, and only where those changed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from protocol.ledger.instants import format_utc_ms
from server.db.database import Database
from server.dose.vector import hash_inputs
from server.dose.written.assembling import assemble_written_dose
from server.dose.written.evening import fold_evening
from server.projection.marks import read_marks
from server.projection.run_index import index_new_runs
from server.projection.session_inputs import SessionInputs, read_session_inputs
from server.projection.store import PersonDose, read_inputs_sha256, write_session
from server.sessions.service import list_all_sessions

# Raised when the same inputs give other rows, beside the version that each number has.
PROJECTION_VERSION: Final = 1

IsWanted = Callable[[Mapping[str, Any]], bool]


def _any_line(_line: Mapping[str, Any]) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Projector:
    """Reads a study, writes what is derived of it. One at a time on one `derived`."""

    study: Database
    derived: Database
    wall_ns: Callable[[], int]

    def project_new(self, is_wanted: IsWanted = _any_line) -> list[str]:
        """Every session whose inputs changed since it was projected; returns their ids.

        `is_wanted` is asked with a session's line, just before its turn.
        """
        held = self._list_held()
        return [one["id"] for one in held if is_wanted(one) and self._project(one, anew=False)]

    def rebuild(self, sessions: Sequence[str] = ()) -> list[str]:
        """These sessions, or all of them, whatever is there; returns the ids of those built."""
        wanted = [one for one in self._list_held() if not sessions or one["id"] in sessions]
        return [one["id"] for one in wanted if self._project(one, anew=True)]

    def _list_held(self) -> list[dict[str, Any]]:
        index_new_runs(self.study, self.derived)
        with self.study.reading() as connection:
            lines = list_all_sessions(connection)
        return [line for line in lines if line["state"] != "planned"]

    def _project(self, line: dict[str, Any], *, anew: bool) -> bool:
        with self.study.reading() as connection:
            lines = list_all_sessions(connection)
            inputs = read_session_inputs(connection, lines, line)
        sha256 = hash_inputs([PROJECTION_VERSION, inputs.sha256])
        with self.derived.reading() as connection:
            if not anew and read_inputs_sha256(connection, line["id"]) == sha256:
                return False
        people = self._derive(inputs)
        with self.derived.writing() as connection:
            write_session(
                connection,
                line["id"],
                people,
                inputs_sha256=sha256,
                built_wall_ns=self.wall_ns(),
            )
        return True

    def _derive(self, inputs: SessionInputs) -> list[PersonDose]:
        at = format_utc_ms(self.wall_ns() // 1_000_000)
        evening = fold_evening(inputs.events, at)
        if inputs.plan is None:
            return []
        people = sorted({*(inputs.line["participants"] or ()), *evening.state["people"]})
        return [
            PersonDose(
                code,
                assemble_written_dose(evening, code, inputs.plan, inputs.planned).vector.metrics,
                read_marks(evening.person(code)),
            )
            for code in people
        ]
