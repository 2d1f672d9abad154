"""Which straps are worn at this moment in sessions that somebody watches, from the ledger."""

import time
from collections.abc import Callable, Collection, Mapping
from typing import Any

from sqlalchemy import Connection

from protocol.ledger.instants import format_utc_ms
from server.db.database import Database
from server.errors import NotFoundError
from server.sessions.domain.coverage import list_worn_at
from server.sessions.domain.fold import fold_session
from server.sessions.ledger import Mark, read_events, read_mark
from server.sessions.service import require_session_id

Since = Mapping[str, str]  # strap -> UTC text since when it is worn


class WornNow:
    """Folds a session anew only when the ledger has more of it, or less. For one thread."""

    def __init__(self, database: Database, wall_ns: Callable[[], int] = time.time_ns) -> None:
        self._database = database
        self._wall_ns = wall_ns
        self._folds: dict[str, tuple[Mark, Mapping[str, Any]]] = {}

    def require(self, session: str) -> None:
        """Raises NotFoundError. Any thread may ask."""
        require_session_id(session)
        with self._database.reading() as connection:
            if read_mark(connection, session).newest is None:
                raise NotFoundError(f"no session has the id {session[:64]!r}")

    def read(self, sessions: Collection[str]) -> dict[str, Since]:
        """By session. Folds of what isn't asked for any more are let go."""
        now = format_utc_ms(self._wall_ns() // 1_000_000)
        with self._database.reading() as connection:
            self._folds = {one: self._fold(connection, one, now) for one in sessions}
        return {one: list_worn_at(state, now) for one, (_, state) in self._folds.items()}

    def _fold(
        self, connection: Connection, session: str, now: str
    ) -> tuple[Mark, Mapping[str, Any]]:
        mark = read_mark(connection, session)
        known = self._folds.get(session)
        if known is not None and known[0] == mark:
            return known
        events = read_events(connection, session)
        return mark, fold_session((one.event for one in events), now)
