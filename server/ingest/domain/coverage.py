"""Which numbers of a stream are stored: runs without holes, and the watermark they give."""

from bisect import bisect_right
from collections.abc import Iterable

Run = tuple[int, int]  # first and last number, both in it


def count_numbers(runs: Iterable[Run]) -> int:
    """How many numbers disjoint runs hold."""
    return sum(last - first + 1 for first, last in runs)


class Coverage:
    """Disjoint runs in ascending order, neighbours joined. Grows only."""

    def __init__(self, runs: Iterable[Run] = ()) -> None:
        self._runs: list[Run] = []
        for first, last in runs:
            self.add(first, last)

    @property
    def runs(self) -> tuple[Run, ...]:
        return tuple(self._runs)

    def __len__(self) -> int:
        """How many runs: one for a journal without holes."""
        return len(self._runs)

    @property
    def watermark(self) -> int:
        """Every number from 1 up to this one is stored; 0 for none."""
        return self._runs[0][1] if self._runs and self._runs[0][0] == 1 else 0

    def add(self, first: int, last: int) -> None:
        """Take in `first` to `last`, whether or not parts are stored."""
        if self._runs and self._runs[-1][1] == first - 1:  # the usual case: the next numbers
            self._runs[-1] = (self._runs[-1][0], last)
            return
        at = bisect_right(self._runs, (first - 1,))
        if at > 0 and self._runs[at - 1][1] >= first - 1:
            at -= 1
        end = at
        while end < len(self._runs) and self._runs[end][0] <= last + 1:
            first = min(first, self._runs[end][0])
            last = max(last, self._runs[end][1])
            end += 1
        self._runs[at:end] = [(first, last)]

    def overlaps(self, first: int, last: int) -> bool:
        """Whether any number of the stretch is stored."""
        at = bisect_right(self._runs, (last + 1,)) - 1  # the last run that begins at or before it
        return at >= 0 and self._runs[at][1] >= first
