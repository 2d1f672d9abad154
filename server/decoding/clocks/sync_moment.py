"""How far the clocks of several straps are apart, from three knocks that all of them felt at once.

The least delay of each link is unknown and stays in each strap's times. Straps that are knocked
together (held in one hand, or lying on one table) feel the same three moments: what is left
between their times is the error from strap to strap. Where everybody knocks on her own, hands that
aren't together come on top: then the rhythms differ, too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from server.decoding.clocks.frames import NS_PER_MS, Ints
from server.decoding.clocks.knock_times import find_knock_triples
from server.decoding.clocks.timed import TimedAcceleration

TOGETHER_NS = 500 * NS_PER_MS  # clocks further apart than a burst aren't aligned by knocks
SAME_PAUSE_NS = 60 * NS_PER_MS  # two samples at 50 Hz and some ringing: another hand's rhythm isn't


class CannotTell(StrEnum):
    """Why a strap, or all of them, can't be placed by knocks."""

    TOO_FEW_STRAPS = "too_few_straps"  # fewer than two felt the same knocks
    SEVERAL = "several"  # knocked together more than once: ask for a shorter time
    NO_KNOCKS = "no_knocks"  # no clear three, alone and with stillness around them
    OTHER_KNOCKS = "other_knocks"  # three, but not those of the others


@dataclass(frozen=True, slots=True)
class SyncMoment:
    """`utc_ns`: the second knock, median of the straps that felt it.

    `offsets_ms`: how much later than the median each strap's times are. `spread_ms`: from the
    earliest strap to the latest. `rhythm_ms`: by how much a knock of a strap lies off the others'
    rhythm at most, once its offset is taken away: one shock that all felt has one rhythm, several
    hands don't. `unplaced`: the straps that felt other knocks or none.
    """

    utc_ns: int
    offsets_ms: Mapping[str, float]
    spread_ms: float
    rhythm_ms: float
    unplaced: Mapping[str, CannotTell]


def measure_sync_moment(
    straps: Mapping[str, TimedAcceleration], from_utc_ns: int, to_utc_ns: int
) -> SyncMoment | CannotTell:
    """Find the one moment between two at which two straps or more felt the same three knocks."""
    return compare_knocks(
        {
            strap: find_knock_triples(timed.utc_ns, timed.samples_mg, from_utc_ns, to_utc_ns)
            for strap, timed in straps.items()
        }
    )


def compare_knocks(triples: Mapping[str, Sequence[Ints]]) -> SyncMoment | CannotTell:
    """The same from what each strap felt, `find_knock_triples` by strap."""
    groups = _find_groups(triples)
    if not groups:
        return CannotTell.TOO_FEW_STRAPS
    most = max(len(group) for group in groups)
    largest = [group for group in groups if len(group) == most]
    if len(largest) > 1:
        return CannotTell.SEVERAL
    return _describe(largest[0], triples)


def align(timed: TimedAcceleration, offset_ms: float) -> TimedAcceleration:
    """The same strap with all its times earlier by the offset that a sync moment found."""
    offset_ns = round(offset_ms * NS_PER_MS)
    gaps = tuple(
        replace(gap, from_utc_ns=gap.from_utc_ns - offset_ns, to_utc_ns=gap.to_utc_ns - offset_ns)
        for gap in timed.gaps
    )
    return replace(timed, utc_ns=timed.utc_ns - offset_ns, gaps=gaps)


def _find_groups(triples: Mapping[str, Sequence[Ints]]) -> list[dict[str, Ints]]:
    """All different sets of two straps or more that felt one rhythm at about one time."""
    candidates = [triple for found in triples.values() for triple in found]
    groups = [_find_alike(candidate, triples) for candidate in candidates]
    different: list[dict[str, Ints]] = []
    for group in sorted(groups, key=len, reverse=True):
        if len(group) > 1 and not any(_share_knocks(group, other) for other in different):
            different.append(group)
    return different


def _find_alike(candidate: Ints, triples: Mapping[str, Sequence[Ints]]) -> dict[str, Ints]:
    return {
        strap: one for strap, found in triples.items() for one in found if _is_alike(one, candidate)
    }


def _is_alike(one: Ints, other: Ints) -> bool:
    apart_ns, pauses_ns = np.abs(one - other), np.abs(np.diff(one) - np.diff(other))
    return bool(apart_ns.max() <= TOGETHER_NS and pauses_ns.max() <= SAME_PAUSE_NS)


def _share_knocks(one: Mapping[str, Ints], other: Mapping[str, Ints]) -> bool:
    """Whether these are the same knocks, seen from another strap."""
    shared = one.keys() & other.keys()
    return any(bool((one[strap] == other[strap]).all()) for strap in shared)


def _describe(group: Mapping[str, Ints], triples: Mapping[str, Sequence[Ints]]) -> SyncMoment:
    times_ns = np.array(list(group.values()))  # (straps, 3)
    earliest_ns = int(times_ns.min())
    since_ns = (times_ns - earliest_ns).astype(np.float64)
    middle_ns = np.median(since_ns, axis=0)
    late_ns = since_ns - middle_ns
    offsets_ms = (late_ns.mean(axis=1) / NS_PER_MS).tolist()
    off_rhythm_ns = np.abs(late_ns - late_ns.mean(axis=1, keepdims=True))
    unplaced = {
        strap: CannotTell.OTHER_KNOCKS if found else CannotTell.NO_KNOCKS
        for strap, found in triples.items()
        if strap not in group
    }
    return SyncMoment(
        utc_ns=earliest_ns + round(float(middle_ns[1])),
        offsets_ms=dict(zip(group, offsets_ms, strict=True)),
        spread_ms=max(offsets_ms) - min(offsets_ms),
        rhythm_ms=float(off_rhythm_ns.max()) / NS_PER_MS,
        unplaced=unplaced,
    )
