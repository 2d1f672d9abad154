"""When a backup is due: soon after anything new, and never so often that it hinders. Pure."""

from dataclasses import dataclass
from typing import Final

EVERY_S: Final = 300.0  # promise G5: five minutes at most are in one place only
SHARE_OF_TIME: Final = 20  # a large study that takes a minute is backed up every twenty
QUIET_S: Final = 60.0  # straps upload twice a second: a minute without is no session

State = tuple[str, ...]


@dataclass(slots=True)
class Rhythm:
    """Times are seconds of one clock. `needs_quiet`: copying would hold the writer up."""

    needs_quiet: bool = False
    saved: State | None = None
    next_at_s: float = 0.0
    _seen: State | None = None
    _seen_since_s: float = 0.0

    def is_due(self, state: State, now_s: float) -> bool:
        """Whether there is anything new and the last one is long enough ago."""
        if state != self._seen:
            self._seen, self._seen_since_s = state, now_s
        if self.needs_quiet and now_s - self._seen_since_s < QUIET_S:
            return False
        return state != self.saved and now_s >= self.next_at_s

    def note(self, state: State | None, began_s: float, ended_s: float) -> None:
        """One has ended; `state` is what it saved, None when it failed."""
        self.saved = state if state is not None else self.saved
        self.next_at_s = ended_s + max(EVERY_S, SHARE_OF_TIME * (ended_s - began_s))
