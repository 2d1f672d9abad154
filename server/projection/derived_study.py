"""What is derived of the study that a server runs: kept up to date, one round at a time."""

import logging
import threading
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from protocol.ledger.event import LedgerEvent
from server.db.database import Database
from server.errors import SessionsFailedError
from server.ingest.tables import RUNS
from server.projection.opening import open_derived
from server.projection.person_dose import PersonDose
from server.projection.projecting import Projector
from server.projection.projection_round import NS_PER_MINUTE, RUNNING
from server.sessions.tables import LEDGER_EVENTS, LEDGER_VALUES
from server.study.tables import MEASURED_HEARTS, PARTICIPANT_ENTRIES

log = logging.getLogger(__name__)

CLOSED: Final = frozenset({"closed"})
HELD: Final = frozenset({"closed", RUNNING})
STOP_WITHIN_S: Final = 3.0  # the session at hand is finished


@dataclass(frozen=True, slots=True)
class Standing:
    """How far what is derived has come. `as_of_wall_ns` None: no round has ended yet.

    `is_behind`: a round is going on; `has_failed`: the last one did.
    """

    as_of_wall_ns: int | None
    is_behind: bool
    has_failed: bool


class DerivedStudy:
    """Owns `derived.sqlite3` beside an opened study. Thread-safe; close it before the study."""

    def __init__(
        self, study: Database, folder: Path, wall_ns: Callable[[], int] = time.time_ns
    ) -> None:
        self.derived = open_derived(folder)
        self._study = study
        self._wall_ns = wall_ns
        self._projector = Projector(study, self.derived, wall_ns)
        self._turn = threading.Lock()
        self._starting = threading.Lock()
        self._round: threading.Thread | None = None
        self._stopping = False
        self._done: dict[frozenset[str], tuple[int, ...]] = {}  # by states: where the study stood
        self._as_of_wall_ns: int | None = None
        self._has_failed = False

    def bring_up_to_date(self, states: frozenset[str] = CLOSED) -> None:
        """Project sessions in these states, where anything was written or archived since.

        Waits for a round that is going on. Raises SessionsFailedError after all others had their
        turn, and what a database raises.
        """
        with self._turn:
            began_wall_ns = self._wall_ns()
            place = (*self._read_place(), self._find_minute(began_wall_ns, states))
            if self._done.get(states) != place:
                self._has_failed = True  # until it is through
                self._projector.project_new(lambda line: self._is_due(line, states))
            if self._stopping:
                return
            self._done[states] = place
            self._has_failed = False
            if states == HELD:
                self._as_of_wall_ns = began_wall_ns

    def catch_up(self, within_s: float) -> Standing:
        """Begin a round over all that was held, running sessions too, and wait a moment for it."""
        until_s = time.monotonic() + within_s
        going_on, is_new = self._begin_or_join()
        going_on.join(within_s)
        if not is_new and not going_on.is_alive():
            # It may have begun before what this page is to show was written down.
            going_on, _ = self._begin_or_join()
            going_on.join(max(0.0, until_s - time.monotonic()))
        is_behind = going_on.is_alive()
        return Standing(self._as_of_wall_ns, is_behind, self._has_failed and not is_behind)

    def _begin_or_join(self) -> tuple[threading.Thread, bool]:
        """The round that goes on, and whether it began here."""
        with self._starting:
            is_new = self._round is None or not self._round.is_alive()
            if self._round is None or is_new:
                self._round = threading.Thread(target=self._try_round, name="dose", daemon=True)
                self._round.start()
            return self._round, is_new

    def try_out(
        self, line: dict[str, Any], entries: Sequence[LedgerEvent], codes: Collection[str]
    ) -> dict[str, PersonDose]:
        """As `Projector.try_out`, after the round that is going on."""
        with self._turn:
            return self._projector.try_out(line, entries, codes)

    def close(self) -> None:
        """Leave a round after the session at hand, and close the file."""
        self._stopping = True
        if self._turn.acquire(timeout=STOP_WITHIN_S):
            self._turn.release()
        self.derived.close()

    def _is_due(self, line: Mapping[str, Any], states: frozenset[str]) -> bool:
        return not self._stopping and line["state"] in states

    def _try_round(self) -> None:
        try:
            self.bring_up_to_date(HELD)
        except SessionsFailedError:
            log.warning("some sessions' dose can't be worked out; the others' is up to date")
        except SQLAlchemyError:
            log.exception("working out dose failed; what was worked out before is shown")

    def _find_minute(self, wall_ns: int, states: frozenset[str]) -> int:
        """A running session goes on while nothing is written down or uploaded."""
        return wall_ns // NS_PER_MINUTE if RUNNING in states else 0

    def _read_place(self) -> tuple[int, ...]:
        """Moves with every entry, erasure and upload, and with what was measured of somebody."""
        told = (
            func.max(LEDGER_EVENTS.c.n),
            func.count(LEDGER_VALUES.c.n),
            func.max(RUNS.c.id),
            func.count(PARTICIPANT_ENTRIES.c.code),
            func.count(MEASURED_HEARTS.c.code),
        )
        with self._study.reading() as connection:
            return tuple(connection.execute(select(one)).scalar() or 0 for one in told)
