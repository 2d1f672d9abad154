"""Whether a strap's heart rates come from a heart, told from its beats where its bits don't. Pure.

The H10 may never say anything of contact. In hindsight a stretch is judged from its first moment:
the live page, which can't know what comes next, doubts only after the same times have gone by.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from protocol.ble.heart_rate import HeartRateMeasurement
from server.decoding.contact_limits import (
    FLAT_BEATS_AFTER_S,
    FLAT_BEATS_AT_LEAST,
    NO_BEAT_AFTER_S,
)

CONTACT_VERSION = 1  # raised when the same heart rates are judged otherwise

_NS_PER_S = 1_000_000_000


class Doubt(StrEnum):
    """Why a heart rate is taken as nobody's."""

    CONTACT_BIT = "contact_bit"  # the strap says that it feels no skin
    NO_RATE = "no_rate"  # 0 bpm: legal on the wire, means "no data"
    NO_BEATS = "no_beats"  # a rate without beats behind it, from a strap that sends beats
    FLAT_BEATS = "flat_beats"  # beats as even as no heart's


@dataclass(frozen=True, slots=True)
class HeardHeartRate:
    """One 0x2A37 value and when it came, in its gateway's monotonic nanoseconds."""

    arrival_ns: int
    measurement: HeartRateMeasurement


@dataclass(frozen=True, slots=True)
class _Beat:
    place: int  # of its notification
    ticks: int


def infer_contact(heard: Sequence[HeardHeartRate]) -> list[Doubt | None]:
    """One entry a notification of one connection, in their order: None is a heart's.

    A strap that never sends an RR interval is judged by its bits and its rate alone.
    """
    doubts = [_read_doubt(each.measurement) for each in heard]
    beats = [
        _Beat(place, ticks)
        for place, each in enumerate(heard)
        for ticks in each.measurement.rr_ticks
        if ticks
    ]
    for first, last, doubt in (*_beatless(heard, beats), *_flat(heard, beats)):
        for place in range(first, last + 1):
            doubts[place] = doubts[place] or doubt
    return doubts


def _read_doubt(measurement: HeartRateMeasurement) -> Doubt | None:
    if measurement.contact is False:
        return Doubt.CONTACT_BIT
    return Doubt.NO_RATE if measurement.bpm == 0 else None


def _beatless(
    heard: Sequence[HeardHeartRate], beats: Sequence[_Beat]
) -> list[tuple[int, int, Doubt]]:
    """(first, last) notification of each stretch in which none brought a beat for too long."""
    if not beats:
        return []
    places = sorted({beat.place for beat in beats})
    ends = [*places[1:], len(heard)]
    stretches = [(at + 1, end - 1) for at, end in zip(places, ends, strict=True)]
    stretches.append((0, places[0] - 1))
    return [
        (first, last, Doubt.NO_BEATS)
        for first, last in stretches
        if first <= last and _lasts(heard, max(0, first - 1), last, NO_BEAT_AFTER_S)
    ]


def _flat(heard: Sequence[HeardHeartRate], beats: Sequence[_Beat]) -> list[tuple[int, int, Doubt]]:
    """(first, last) notification of each run of one and the same RR interval."""
    runs = [list(run) for _, run in groupby(beats, key=lambda beat: beat.ticks)]
    return [
        (run[0].place, run[-1].place, Doubt.FLAT_BEATS)
        for run in runs
        if len(run) >= FLAT_BEATS_AT_LEAST
        and _lasts(heard, run[0].place, run[-1].place, FLAT_BEATS_AFTER_S)
    ]


def _lasts(heard: Sequence[HeardHeartRate], first: int, last: int, seconds: float) -> bool:
    return heard[last].arrival_ns - heard[first].arrival_ns > seconds * _NS_PER_S
