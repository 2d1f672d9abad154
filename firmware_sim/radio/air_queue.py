"""Frames on their way over one link in one direction: in order, delayed, never thinned out.

LE retransmits a lost packet until it arrives or the link is given up, so trouble on the air shows
as delay. A value is lost only where a strap has no room left to keep it, and that is the strap's
own decision: it asks `is_full` before it sends.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Delay:
    """How late frames arrive: a fixed part and the most that chance adds."""

    fixed_ns: int = 0
    jitter_ns: int = 0


class AirQueue:
    """Frames waiting; a frame is whatever is to be called when it arrives."""

    def __init__(self, capacity_frames: int) -> None:
        self._capacity_frames = capacity_frames
        self._waiting: deque[tuple[int, Callable[[], None]]] = deque()

    def __len__(self) -> int:
        return len(self._waiting)

    @property
    def is_full(self) -> bool:
        """True when a strap's firmware would drop its next value."""
        return len(self._waiting) >= self._capacity_frames

    @property
    def next_due_ns(self) -> int | None:
        """When the oldest frame may arrive; None when nothing waits."""
        return self._waiting[0][0] if self._waiting else None

    def put(self, arrive: Callable[[], None], due_ns: int) -> None:
        """Add a frame that may arrive at `due_ns`, but never before those already here."""
        if self._waiting:
            due_ns = max(due_ns, self._waiting[-1][0])
        self._waiting.append((due_ns, arrive))

    def take_due(self, now_ns: int) -> Callable[[], None] | None:
        """Remove and give the oldest frame if it may have arrived by now."""
        if self._waiting and self._waiting[0][0] <= now_ns:
            return self._waiting.popleft()[1]
        return None

    def clear(self) -> None:
        """Forget all: the link is gone and with it what it had not delivered."""
        self._waiting.clear()
