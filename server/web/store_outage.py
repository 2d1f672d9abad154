"""A database that is away while something is read: 503, and one warning instead of a flood."""

import logging
import time
from collections.abc import Callable
from typing import Final

from fastapi import Request, Response

from server.db.failures import tell_reason

log = logging.getLogger(__name__)

WARN_EVERY_S: Final = 60.0  # gateways ask every few seconds, and one line a minute is enough


class StoreOutage:
    """Answers errors that will pass: no connection, lost connection, none free in time."""

    def __init__(
        self,
        answer: Callable[[], Response],
        monotonic_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self._answer = answer
        self._monotonic_s = monotonic_s
        self._warned_s: float | None = None

    def handle(self, request: Request, error: Exception) -> Response:
        """The answer; the log has no traceback, because nothing of ours is wrong."""
        reason = tell_reason(error)
        log.log(self._choose_level(), "the database is away: %s: %s", request.url.path, reason)
        return self._answer()

    def _choose_level(self) -> int:
        now_s = self._monotonic_s()
        if self._warned_s is not None and now_s - self._warned_s < WARN_EVERY_S:
            return logging.DEBUG
        self._warned_s = now_s
        return logging.WARNING
