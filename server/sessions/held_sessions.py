"""Folds of sessions that are over, kept: a bundle late in a course needs all of them."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, Final

from server.sessions.domain.fold import State

KEPT: Final = 64  # a course of eight weeks has 24


class HeldSessions:
    """By session and number of entries: one more entry is another fold. Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._folds: OrderedDict[tuple[str, int], State] = OrderedDict()

    def fold(self, line: dict[str, Any], fold: Callable[[], State]) -> State:
        """The fold of a session in its line of the list; kept once the session is closed."""
        if line["state"] != "closed":
            return fold()
        key = (line["id"], line["entries"])
        with self._lock:
            if key in self._folds:
                self._folds.move_to_end(key)
                return self._folds[key]
        state = fold()
        with self._lock:
            self._folds[key] = state
            while len(self._folds) > KEPT:
                self._folds.popitem(last=False)
        return state
