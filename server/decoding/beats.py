"""When each beat was: arrivals anchor, RR intervals space, drift opens a gap. Pure.

A Heart Rate Measurement carries neither a number nor a time (Heart Rate Service 1.0). Within a run
two beats are as far apart as the strap measured, to the tick; where the run lies is told by the
quickest of its notifications, as a radio can only be late. Decision 0028 says what ends a run.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from server.decoding.contact import HeardHeartRate
from server.decoding.gap_ledger import Gap, GapCause

BEATS_VERSION = 1  # raised when the same notifications give other instants
HR_TIME_ERROR_S: Final = 1.0  # a beat waits up to a notification's spacing before it is sent

# Lower envelopes of ten notifications differ by 0.2 s in a real H10's radio and by 0.65 s where
# arrivals are only known to 0.56 s (tests/recordings); what a lost notification takes is a second.
DRIFT_S: Final = 1.0
DRIFT_OF_FEW_S: Final = 2.0  # fewer than ENVELOPE_OF notifications are left to tell
ENVELOPE_OF: Final = 10

_NS_PER_S = 1_000_000_000
_NS_PER_TWO_TICKS = 1_953_125  # 2/1024 s
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class BeatLine:
    """N beats of one strap in one boot of its gateway, in their order.

    `instants_ns` is the end of each interval on the gateway's monotonic clock, ± HR_TIME_ERROR_S
    as a whole and exact within a run; `rr_ticks` is raw, 1/1024 s. `begins_run` is True where the
    beat before isn't known, so the interval doesn't follow the one before. `places` are the
    indices of the notifications that brought them.
    """

    instants_ns: Ints
    rr_ticks: Ints
    begins_run: NDArray[np.bool_]
    places: Ints
    gaps: tuple[Gap, ...]


def lay_out_beats(heard: Sequence[HeardHeartRate], known_losses_ns: Sequence[int] = ()) -> BeatLine:
    """Beats of notifications of one strap and boot, oldest first.

    `known_losses_ns` are moments at which something is known to have been lost (ends of gaps that
    the gateway declared): what comes from then on begins a run. Without them a loss is found by the
    drift alone, and notifications that waited just before it may be taken for later ones.
    Raises ValueError when they aren't in the order of their arrival.
    """
    arrivals_ns = np.array([each.arrival_ns for each in heard], dtype=np.int64)
    if (np.diff(arrivals_ns) < 0).any():
        raise ValueError("heart rates are in the order of their arrival")
    places, ticks = _list_beats(heard)
    if not ticks.size:
        return BeatLine(ticks, ticks, ticks.astype(np.bool_), places, ())
    sums = np.cumsum(ticks)
    brings = np.unique(places)  # notifications that brought a beat
    last_beats = np.searchsorted(places, brings, side="right") - 1
    lateness_ns = arrivals_ns[brings] - _to_ns(sums[last_beats])
    known = np.searchsorted(arrivals_ns[brings], known_losses_ns).tolist()
    starts, causes = _find_runs(lateness_ns, frozenset(known))
    offsets_ns = np.minimum.reduceat(lateness_ns, starts)
    run_of_notice = np.searchsorted(starts, np.arange(len(brings)), side="right") - 1
    run_of_beat = run_of_notice[np.searchsorted(brings, places)]
    instants_ns = _to_ns(sums) + offsets_ns[run_of_beat]
    begins_run = np.diff(run_of_beat, prepend=-1) > 0
    gaps = _list_gaps(instants_ns, ticks, np.flatnonzero(begins_run)[1:], causes)
    return BeatLine(instants_ns, ticks, begins_run, places, gaps)


def _list_beats(heard: Sequence[HeardHeartRate]) -> tuple[Ints, Ints]:
    """(places, ticks) of all intervals; 0 means "no data" on the wire and is none."""
    pairs = [
        (place, ticks)
        for place, each in enumerate(heard)
        for ticks in each.measurement.rr_ticks
        if ticks
    ]
    table = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return table[:, 0], table[:, 1]


def _to_ns(ticks: Ints) -> Ints:
    """Integers, to half a nanosecond."""
    return ticks * _NS_PER_TWO_TICKS // 2


def _find_runs(lateness_ns: Ints, known: frozenset[int]) -> tuple[list[int], list[GapCause]]:
    """(first notification of each run, why each but the first begins)."""
    late = lateness_ns.tolist()  # slices of ten are quicker in a list
    starts, causes, at = [0], list[GapCause](), 1
    while at < len(late):
        before = late[max(starts[-1], at - ENVELOPE_OF) : at]
        if at in known:
            cause: GapCause | None = GapCause.BEATS_MISSING
        else:
            cause = _judge_drift(before, late[at : at + ENVELOPE_OF])
            at += _count_late(late[at : at + 2 * ENVELOPE_OF], cause)
        if cause is not None:
            starts.append(at)
            causes.append(cause)
        at += 1
    return starts, causes


def _judge_drift(before: list[int], after: list[int]) -> GapCause | None:
    """Whether from here on beats are missing, or more than there can be.

    A burst after a stall is late and comes back, so only the earliest of what follows counts. What
    comes earlier than all before was repeated, unless too little came before to tell.
    """
    limit_s = DRIFT_S if len(after) == ENVELOPE_OF else DRIFT_OF_FEW_S
    if min(after) - min(before) > limit_s * _NS_PER_S:
        return GapCause.BEATS_MISSING
    if len(before) == ENVELOPE_OF and after[0] - min(before) < -DRIFT_S * _NS_PER_S:
        return GapCause.BEATS_REPEATED
    return None


def _count_late(late: list[int], cause: GapCause | None) -> int:
    """How many notifications of the run before were late by themselves, just before its end.

    They come earlier than the run that follows can.
    """
    few = ENVELOPE_OF // 2
    if cause is not GapCause.BEATS_MISSING or len(late) < 2 * few:
        return 0
    earliest = min(late[few : few + ENVELOPE_OF]) - DRIFT_S / 2 * _NS_PER_S
    return max((place + 1 for place in range(few) if late[place] < earliest), default=0)


def _list_gaps(
    instants_ns: Ints, ticks: Ints, firsts: Ints, causes: Sequence[GapCause]
) -> tuple[Gap, ...]:
    """From the last beat before each run to the beginning of the run's first interval."""
    from_ns = instants_ns[firsts - 1]
    to_ns = np.maximum(from_ns, instants_ns[firsts] - _to_ns(ticks[firsts]))
    return tuple(
        Gap(int(begin), int(end), cause)
        for begin, end, cause in zip(from_ns, to_ns, causes, strict=True)
    )
