"""Keeps the WAL small: moves it into SQLite's file between transactions, by explicit command."""

import logging
from typing import Final

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from server.db.database import Database
from server.db.failures import Failure, classify_failure

log = logging.getLogger(__name__)

EVERY_BYTES: Final = 4 * 1024 * 1024  # keeps the WAL small and each checkpoint short


class Checkpoints:
    """Counts what was written, and says when enough has gathered."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._n_bytes = 0

    def note(self, n_bytes: int) -> None:
        """So much was written and committed."""
        self._n_bytes += n_bytes

    def run_when_due(self, connection: Connection) -> None:
        """Raises DBAPIError for a failure that must end the process, such as a failed sync."""
        if self._n_bytes < EVERY_BYTES:
            return
        self._n_bytes = 0
        try:
            self._database.checkpoint(connection)
        except DBAPIError as error:
            if classify_failure(error) is Failure.STOP:
                raise
            # What was answered is safe in the WAL; the next checkpoint takes it along.
            log.warning("archive: a checkpoint has to wait: %s", error.orig)
