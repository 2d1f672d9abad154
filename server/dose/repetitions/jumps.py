"""Jumps: each has a dip, a push, a flight and a landing, and counts once."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from server.dose.repetitions.bout import Bout, Motion
from server.dose.repetitions.trunk import RATE_HZ, BoolArray, Trunk

_FLIGHT_MG: Final = -600.0  # free fall is -1000; a strap's own swing and a low jump come this near
_PUSH_MG: Final = 250.0  # before a flight somebody pushed off
_LANDING_MG: Final = 500.0  # and after it she landed
_AROUND: Final = int(0.5 * RATE_HZ)  # push and landing are so near the flight
_LONGEST: Final = int(0.9 * RATE_HZ)  # a flight of 0.9 s would be a jump of a metre
_ONE_JUMP: Final = int(0.7 * RATE_HZ)  # from the dip to the flight, from the landing to its bounce
_HOPS: Final = 5  # so many in a row, at an even pace, are hops, not one jump's dip and bounce
_UNEVEN: Final = 0.2  # spread of a row's intervals, relative
_ONE_BOUT: Final = int(12 * RATE_HZ)


def find_jumps(trunk: Trunk, free: BoolArray, least: int = 2) -> list[Bout]:
    """Bouts of jumps in `free` samples (n,), with rests of up to 12 s between, each of `least`
    jumps or more.
    """
    flights = _find_flights(trunk)
    flights = _merge(flights[free[flights]])
    if not len(flights):
        return []
    bouts = np.split(flights, np.flatnonzero(np.diff(flights) > _ONE_BOUT) + 1)
    return [_as_bout(trunk, each) for each in bouts if len(each) >= least]


def _find_flights(trunk: Trunk) -> NDArray[np.int64]:
    """Middles of all stretches that could be a flight: with a push before and a landing after."""
    vertical = np.where(trunk.heard & trunk.upright, trunk.vertical_mg, 0.0)
    low = vertical <= _FLIGHT_MG
    begins = np.flatnonzero(np.diff(low, prepend=False) & low)
    ends = np.flatnonzero(np.diff(low, append=False) & low) + 1
    middles = [
        (begin + end) // 2
        for begin, end in zip(begins, ends, strict=True)
        if 2 <= end - begin <= _LONGEST
        and vertical[max(0, begin - _AROUND) : begin].max(initial=0.0) >= _PUSH_MG
        and vertical[end : end + _AROUND].max(initial=0.0) >= _LANDING_MG
    ]
    return np.array(middles, dtype=np.int64)


def _merge(middles: NDArray[np.int64]) -> NDArray[np.int64]:
    """One place a jump: what lies close together is one jump, unless it goes on evenly."""
    if not len(middles):
        return middles
    jumps: list[int] = []
    for row in np.split(middles, np.flatnonzero(np.diff(middles) > _ONE_JUMP) + 1):
        steps = np.diff(row)
        if len(row) >= _HOPS and np.std(steps) <= _UNEVEN * np.mean(steps):
            jumps += row.tolist()
        else:
            jumps += _thin(row)
    return np.array(jumps, dtype=np.int64)


def _thin(row: NDArray[np.int64]) -> list[int]:
    kept = [int(row[0])]
    for place in row[1:]:
        if place - kept[-1] > _ONE_JUMP:
            kept.append(int(place))
    return kept


def _as_bout(trunk: Trunk, places: NDArray[np.int64]) -> Bout:
    return Bout(
        Motion.JUMPS,
        max(0, int(places[0]) - _AROUND),
        min(trunk.n, int(places[-1]) + _AROUND),
        places.astype(np.float64),
        _likeness(trunk, places),
    )


def _likeness(trunk: Trunk, places: NDArray[np.int64]) -> float:
    """Mean correlation of the second around each jump with the mean jump, never below 0."""
    padded = np.pad(trunk.vertical_mg, _AROUND)
    jumps = np.stack([padded[place : place + 2 * _AROUND] for place in places])
    jumps = jumps - jumps.mean(axis=1, keepdims=True)
    usual = jumps.mean(axis=0)
    length = np.linalg.norm(jumps, axis=1) * np.linalg.norm(usual)
    return max(0.0, float(np.mean(jumps @ usual / np.maximum(length, 1e-9))))
