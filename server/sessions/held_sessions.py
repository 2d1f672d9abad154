"""What was read of sessions that were held, kept: a bundle late in a course needs all of them."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from protocol.ledger.event import LedgerEvent
from server.sessions.domain.fold import State, fold_session
from server.sessions.domain.signing_off import SignOff, list_signoffs

KEPT: Final = 64  # a course of eight weeks has 24


@dataclass(frozen=True, slots=True)
class HeldSession:
    """A session's fold, and who was said to be ready for plyometrics in it."""

    state: State
    signoffs: tuple[SignOff, ...] = ()


def fold_held(events: Sequence[LedgerEvent], at: str) -> HeldSession:
    """All that later evenings need of one session, at a UTC text."""
    return HeldSession(fold_session(events, at), list_signoffs(events))


class HeldSessions:
    """By session and number of entries: one more entry is another fold. Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._folds: OrderedDict[tuple[str, int], HeldSession] = OrderedDict()

    def fold(self, line: dict[str, Any], fold: Callable[[], HeldSession]) -> HeldSession:
        """The fold of a session in its line of the list; kept once the session is closed."""
        if line["state"] != "closed":
            return fold()
        key = (line["id"], line["entries"])
        with self._lock:
            if key in self._folds:
                self._folds.move_to_end(key)
                return self._folds[key]
        held = fold()
        with self._lock:
            self._folds[key] = held
            while len(self._folds) > KEPT:
                self._folds.popitem(last=False)
        return held
