"""Cuts a stream where its clock was set; tells that apart from loss and from repeats.

Wherever stamps don't follow each other, the offset between the clocks before and after decides
(ble-wire 5.3): the same offset means that samples are missing, or that frames came again; another
one means that the clock was set, by a host or by a start in 2019. Arrivals may be late by a burst,
so an offset is trusted to a tenth of a second where frames of five seconds speak for it, a little
better where they are many, else to a second. A step below 25 ms can't be seen.
"""

from dataclasses import dataclass

import numpy as np

from protocol.ble.pmd.timing import LOSS_LIMIT_NS
from server.decoding.clocks.envelope import bound_at_end, bound_at_start
from server.decoding.clocks.frames import NS_PER_S, Flags, FrameTimes, Ints, scale_ppb
from server.decoding.clocks.slope import WANDER_PPB, SlopeSource
from server.decoding.clocks.spacing import measure_gaps

_SOME_NS, _SOME_FRAMES, _MANY_FRAMES = 5 * NS_PER_S, 5, 20
_LOOK_AHEAD_NS = 30 * NS_PER_S  # holds so many frames at 25 Hz, too
_SURE_NS = NS_PER_S // 10
_NOISE_NS = NS_PER_S // 50  # the least delays of twenty frames differ by less
_UNSURE_NS = NS_PER_S
# No link holds a value back for longer: it is lost after the supervision timeout (6 s on phones).
_WILD_NS = 10 * NS_PER_S
_WANDER_PPB = WANDER_PPB[SlopeSource.HELD]


@dataclass(frozen=True, slots=True)
class Segmentation:
    """`clocks`: places (F,) of the frames of each unbroken clock, whose stamps rise strictly.

    `n_repeated` frames with the stamp of the one before and `n_backward` older ones are left out:
    their samples came before.
    """

    clocks: tuple[Ints, ...]
    n_repeated: int
    n_backward: int


def split_at_clock_steps(frames: FrameTimes, filled_ns: Ints, opens: Flags) -> Segmentation:
    """Cut the frames of one boot, at least one, where the strap's clock was set.

    `filled_ns` (F,): what each frame's samples take. `opens` (F,): the first frames of connections;
    a clock mostly goes on from one to the next, and what it was known to be helps a short one.
    """
    _, follows = measure_gaps(np.diff(frames.stamps_ns), filled_ns[1:])
    starts = np.concatenate([[0], np.flatnonzero(~follows | opens[1:]) + 1])
    ends = np.append(starts[1:], len(frames))
    splitter = _Splitter(frames, filled_ns, opens)
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        splitter.take(start, end)
    return splitter.finish()


class _Splitter:
    """Takes runs of frames that follow each other, in order; each goes on with the clock or not."""

    def __init__(self, frames: FrameTimes, filled_ns: Ints, opens: Flags) -> None:
        self._frames, self._filled_ns, self._opens = frames, filled_ns, opens
        self._excess_ns = frames.arrivals_ns - frames.stamps_ns
        self._wild = np.flatnonzero(np.abs(np.diff(self._excess_ns)) > _WILD_NS) + 1
        self._done: list[list[tuple[int, int]]] = []
        self._open: list[tuple[int, int]] = []
        self._bound_ns = 0  # what the open clock's frames say of the offset at the last, at most
        self._n_repeated = self._n_backward = 0

    def take(self, start: int, end: int) -> None:
        if self._open and self._is_step(start, end):
            self._close()
        elif self._open:
            if not self._opens[start]:
                start = self._skip_repeats(start, end)
            if start < end and self._overlaps(start):
                self._close()
        if start < end:
            self._add(start, end)

    def finish(self) -> Segmentation:
        self._close()
        clocks = tuple(
            np.concatenate([np.arange(start, end) for start, end in runs]) for runs in self._done
        )
        return Segmentation(clocks, self._n_repeated, self._n_backward)

    def _is_step(self, start: int, end: int) -> bool:
        """Whether the offset after is another one than before.

        A clock that was set forward makes values come too early, which nothing else does: the run
        itself must show it. One that was set back makes them late, as a burst does, but for good.
        """
        arrivals_ns, last = self._frames.arrivals_ns, self._open[-1][1] - 1
        hole_ns = arrivals_ns[start : start + 1] - arrivals_ns[last]
        slack_ns = int(scale_ppb(hole_ns, _WANDER_PPB)[0])
        behind = slice(self._open[0][0], last + 1)
        early_ns = self._bound_ns - self._measure_offset(slice(start, end))
        if early_ns > self._limit_ns(start, behind) + slack_ns:
            return True
        ahead = self._look_ahead(start)
        late_ns = self._measure_offset(ahead) - self._bound_ns
        return late_ns > self._limit_ns(start, ahead) + slack_ns

    def _measure_offset(self, frames: slice) -> int:
        """What these frames say of the offset at the first of them, at most."""
        arrivals_ns, excess_ns = self._frames.arrivals_ns[frames], self._excess_ns[frames]
        return bound_at_start(arrivals_ns, excess_ns, _WANDER_PPB)

    def _limit_ns(self, start: int, evidence: slice) -> int:
        """From where on a shift is a step: half of what a step would have to explain."""
        arrivals_ns = self._frames.arrivals_ns[evidence]
        if arrivals_ns.size < _SOME_FRAMES or arrivals_ns[-1] - arrivals_ns[0] < _SOME_NS:
            return _UNSURE_NS
        if arrivals_ns.size < _MANY_FRAMES:
            return _SURE_NS
        gap_ns, _ = self._measure_gap(start)
        whole_ns = int(self._filled_ns[start])
        if abs((gap_ns + whole_ns // 2) % whole_ns - whole_ns // 2) > LOSS_LIMIT_NS:
            return _NOISE_NS  # not so many whole frames: loss alone doesn't explain it
        return min(_SURE_NS, max(_NOISE_NS, abs(gap_ns) // 2))

    def _look_ahead(self, start: int) -> slice:
        """The frames of the next 30 s, up to where a clock is set once more."""
        arrivals_ns = self._frames.arrivals_ns
        end = int(np.searchsorted(arrivals_ns, arrivals_ns[start] + _LOOK_AHEAD_NS))
        wild = int(np.searchsorted(self._wild, start, side="right"))
        if wild < self._wild.size:
            end = min(end, int(self._wild[wild]))
        return slice(start, max(end, start + 1))

    def _skip_repeats(self, start: int, end: int) -> int:
        """The first frame of a run that is newer than all before it."""
        newest_ns = self._frames.stamps_ns[self._open[-1][1] - 1]
        stamps_ns = self._frames.stamps_ns[start:end]
        n_equal = int((stamps_ns == newest_ns).sum())
        n_old = int((stamps_ns <= newest_ns).sum())  # stamps rise in a run
        self._n_repeated += n_equal
        self._n_backward += n_old - n_equal
        return start + n_old

    def _overlaps(self, start: int) -> bool:
        """A newer stamp that leaves no room for the frame's samples: set back by less than one."""
        gap_ns, follows = self._measure_gap(start)
        return gap_ns < 0 and not follows

    def _measure_gap(self, start: int) -> tuple[int, bool]:
        """Between the newest frame of the open clock and this one."""
        places = np.array([self._open[-1][1] - 1, start])
        way_ns = np.diff(self._frames.stamps_ns[places])
        gap_ns, follows = measure_gaps(way_ns, self._filled_ns[places[1:]])
        return int(gap_ns[0]), bool(follows[0])

    def _add(self, start: int, end: int) -> None:
        run = slice(start, end)
        arrivals_ns, excess_ns = self._frames.arrivals_ns[run], self._excess_ns[run]
        bound_ns = bound_at_end(arrivals_ns, excess_ns, _WANDER_PPB)
        if self._open:
            last = self._open[-1][1] - 1
            passed_ns = arrivals_ns[-1:] - self._frames.arrivals_ns[last]
            carried_ns = self._bound_ns + int(scale_ppb(passed_ns, _WANDER_PPB)[0])
            bound_ns = min(bound_ns, carried_ns)
        self._bound_ns = bound_ns
        self._open.append((start, end))

    def _close(self) -> None:
        self._done.append(self._open)
        self._open = []
