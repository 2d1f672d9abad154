"""How often somebody did it: with or without being told what she did, and when she began."""

from dataclasses import replace
from typing import Final

import numpy as np

from server.dose.repetitions import cycles, extent, pace, paused, steps
from server.dose.repetitions.bout import Bout
from server.dose.repetitions.counted import CantTell, Counted
from server.dose.repetitions.exercises import TrunkMotion, find_motion
from server.dose.repetitions.jumps import find_jumps
from server.dose.repetitions.moving import find_moving
from server.dose.repetitions.trunk import RATE_HZ, BoolArray, FloatArray, Trunk, read_trunk

# Raised when the same acceleration gives another count.
DETECTOR_VERSION: Final = 1
_BESIDE: Final = int(RATE_HZ)  # a flight so near to steps is one of theirs
_SERIES: Final = 4  # jumps whose pace says something
_SAME_PACE: Final = 1.2
_HARDLY_EVEN: Final = 0.25  # likeness of a set of which it is known that something was done
_MOST_OF_IT: Final = 0.95  # steps in so much of a set of unknown kind: it was steps


def count_repetitions(
    acceleration_mg: FloatArray, rate_hz: float, exercise: str | None = None
) -> Counted:
    """Count in (n, 3) milli-g at `rate_hz`; the axes may lie anyhow.

    Without an exercise everything rhythmic that moves a trunk is found and counted, and rest
    counts nothing. With one (its id in a plan, or a usual name) the recording is one set of it,
    and less movement is enough; a name nobody knows is any set. Raises ValueError as
    `read_trunk` does.
    """
    trunk = read_trunk(acceleration_mg, rate_hz)
    motion = None if exercise is None else find_motion(exercise)
    heard = float(np.mean(trunk.heard))
    if motion is TrunkMotion.HOLD:
        return Counted((), heard, CantTell.NOTHING_TO_COUNT)
    bouts = _find_any(trunk) if motion is None else _count_set(trunk, motion)
    if not bouts and motion is TrunkMotion.HARDLY:
        return Counted((), heard, CantTell.TRUNK_HARDLY_MOVES)
    return Counted(tuple(sorted(bouts, key=lambda bout: bout.first)), heard)


def _find_any(trunk: Trunk) -> list[Bout]:
    """Steps first, then jumps, then what is slow: nothing is counted twice."""
    bouts = steps.find_steps(trunk)
    bouts += _outside_of(bouts, steps.find_steps(trunk, pace.HOPS))
    bouts += _find_jumps(trunk, bouts)
    bouts += cycles.find_cycles(trunk, _outside(trunk, bouts))
    trace = cycles.trace_movement(trunk)
    for first, last in find_moving(trace, _outside(trunk, bouts) & trunk.heard):
        bout = paused.count_paused(trace, first, last, extent.UNNAMED, paused.UNNAMED)
        bouts += [] if bout is None else [bout]
    return bouts


def _count_set(trunk: Trunk, motion: TrunkMotion) -> list[Bout]:
    if motion is TrunkMotion.STEPS:
        return steps.find_steps(trunk, pace.NAMED)
    if motion is TrunkMotion.JUMPS:
        hops = steps.find_steps(trunk, pace.HOPS)
        return hops + _find_jumps(trunk, hops, least=1) or _count_slow(trunk, extent.NAMED)
    if motion is TrunkMotion.RISES:
        return _count_slow(trunk, extent.NAMED, cycles.RISE_WEIGHT)
    if motion is TrunkMotion.HARDLY:
        return _count_slow(trunk, extent.CLEAR)
    found = steps.find_steps(trunk)
    if sum(bout.last - bout.first for bout in found) >= _MOST_OF_IT * trunk.n:
        return found
    return _count_slow(trunk, extent.NAMED) or _find_any(trunk)


def _outside_of(bouts: list[Bout], others: list[Bout]) -> list[Bout]:
    """Those others that overlap none of the bouts."""
    return [
        other
        for other in others
        if all(other.last <= bout.first or bout.last <= other.first for bout in bouts)
    ]


def _find_jumps(trunk: Trunk, steps_found: list[Bout], least: int = 2) -> list[Bout]:
    """Jumps outside the steps; in an even series also those too low to show a flight."""
    jumps = find_jumps(trunk, _outside(trunk, steps_found, _BESIDE), least)
    if not jumps:
        return []
    trace = cycles.trace_movement(trunk)
    free = _outside(trunk, steps_found) & trunk.heard
    completed: list[Bout] = []
    for bout in jumps:
        if not completed or completed[-1].last <= bout.first:
            completed.append(_complete(trace, bout, free))
    return completed


def _complete(trace: FloatArray, bout: Bout, free: BoolArray) -> Bout:
    if bout.repetitions < _SERIES:
        return bout
    reach = cycles.reach_around(free, bout.first, bout.last)
    even = cycles.count_cycles(trace, bout.first, bout.last, extent.UNNAMED, reach)
    if even is None or even.repetitions <= bout.repetitions + 1:
        return bout
    pace_ratio = np.median(np.diff(even.places)) / np.median(np.diff(bout.places))
    return even if 1 / _SAME_PACE <= pace_ratio <= _SAME_PACE else bout


def _count_slow(
    trunk: Trunk, needed: extent.Extent, weight: float = cycles.VELOCITY_WEIGHT
) -> list[Bout]:
    """The whole recording as one set: evenly paced, with rests between, or hardly even."""
    trace = cycles.trace_movement(trunk, weight)
    hardly_even = replace(needed, likeness=_HARDLY_EVEN)
    bout = (
        cycles.count_cycles(trace, 0, trunk.n, needed)
        or paused.count_paused(trace, 0, trunk.n, needed, paused.UNNAMED)
        or cycles.count_cycles(trace, 0, trunk.n, hardly_even)
        or paused.count_paused(trace, 0, trunk.n, needed, paused.NAMED)
    )
    return [] if bout is None else [bout]


def _outside(trunk: Trunk, bouts: list[Bout], margin: int = 0) -> BoolArray:
    free = np.ones(trunk.n, dtype=np.bool_)
    for bout in bouts:
        free[max(0, bout.first - margin) : bout.last + margin] = False
    return free
