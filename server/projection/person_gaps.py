"""What is not known of one person's evening: heart and movement, each gap with its cause. Pure."""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from server.decoding.clocks.frames import NS_PER_S
from server.decoding.clocks.timed import SampleGap
from server.decoding.gap_ledger import Gap, explain_gaps
from server.dose.heart.holding import hold_trace
from server.dose.heart.quality import judge_trace
from server.dose.sensed.heart_metrics import STRAP_RULES
from server.projection.person_dose import Trace
from server.projection.person_streams import PersonStreams
from server.projection.strap_heart import StrapHeart

GAPS_VERSION: Final = 1
HEART, MOVEMENT = "heart", "movement"


class GapRow(NamedTuple):
    """One stretch of one stream; `detail` is a gateway's reason, empty where none was declared."""

    from_ns: int
    until_ns: int
    stream: str
    cause: str
    detail: str


def trace_gaps(streams: PersonStreams, heart: StrapHeart | None, origin_ns: int) -> Trace:
    """Columns `stream`, `from_s`, `until_s`, `cause`, `detail` (n,), by their beginnings.

    `heart` are all her heart rates by time; seconds count from `origin_ns`.
    """
    rows = sorted([*_list_heart(streams, heart), *_list_movement(streams)])
    columns: dict[str, NDArray[np.generic]] = {
        "stream": np.array([row.stream for row in rows], dtype=np.str_),
        "from_s": _count_s([row.from_ns for row in rows], origin_ns),
        "until_s": _count_s([row.until_ns for row in rows], origin_ns),
        "cause": np.array([row.cause for row in rows], dtype=np.str_),
        "detail": np.array([row.detail for row in rows], dtype=np.str_),
    }
    return Trace("gaps", GAPS_VERSION, columns)


def _list_heart(streams: PersonStreams, heart: StrapHeart | None) -> list[GapRow]:
    """Where no heart rate counts, with a gateway's reason where it declared one."""
    declared = [one.gap for one in streams.declared if one.is_of_heart]
    found = declared if heart is None else explain_gaps(_find_unheard(heart), declared)
    return [
        GapRow(one.from_ns, one.to_ns, HEART, one.cause.value, one.detail or "") for one in found
    ]


def _find_unheard(heart: StrapHeart) -> list[Gap]:
    """One value a moment, should two gateways or two straps of hers have one of the same."""
    first = np.append(True, np.diff(heart.utc_ns) > 0)
    begins_ns, hr_bpm = int(heart.utc_ns[0]), heart.hr_bpm[first].astype(np.float64)
    times_s = (heart.utc_ns[first] - begins_ns) / NS_PER_S
    judged = judge_trace(times_s, hr_bpm, heart.has_contact[first], STRAP_RULES)
    held = hold_trace(times_s, hr_bpm, judged, STRAP_RULES.gap_limit_s)
    return [
        Gap(begins_ns + one.from_ns, begins_ns + one.to_ns, one.cause, one.detail)
        for one in held.gaps
    ]


def _list_movement(streams: PersonStreams) -> list[GapRow]:
    """Where samples are missing; only declared ones where no sample came at all."""
    declared = [one.gap for one in streams.declared if one.is_of_movement]
    if not streams.movement:
        return [
            GapRow(one.from_ns, one.to_ns, MOVEMENT, one.cause.value, one.detail or "")
            for one in declared
        ]
    return [
        GapRow(
            one.from_utc_ns,
            max(one.from_utc_ns, one.to_utc_ns),
            MOVEMENT,
            one.cause.value,
            _find_reason(one, declared),
        )
        for one in streams.sample_gaps
        if one.n_lost
    ]


def _find_reason(gap: SampleGap, declared: Sequence[Gap]) -> str:
    """Of the first declared one that it overlaps."""
    over = (one for one in declared if one.from_ns < gap.to_utc_ns and one.to_ns > gap.from_utc_ns)
    return next((one.detail or "" for one in over), "")


def _count_s(moments_ns: Sequence[int], origin_ns: int) -> NDArray[np.float64]:
    return np.array([(one - origin_ns) / NS_PER_S for one in moments_ns], dtype=np.float64)
