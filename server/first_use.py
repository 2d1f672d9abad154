"""What isn't built before somebody needs it, and then once: a server starts without it."""

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

_T = TypeVar("_T")


class FirstUse(Generic[_T]):
    """Calls `build` at the first call; the same thing from then on. Thread-safe.

    When `build` raises, the next call tries again.
    """

    def __init__(self, build: Callable[[], _T]) -> None:
        self._build = build
        self._lock = threading.Lock()
        self._built: list[_T] = []

    def __call__(self) -> _T:
        if not self._built:
            with self._lock:
                if not self._built:
                    self._built.append(self._build())
        return self._built[0]

    def peek(self) -> _T | None:
        """What was built; None: nobody needed it yet."""
        return self._built[0] if self._built else None
