"""From all that is known of one person's evening to what quality rules look at. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from protocol.ledger.instants import parse_utc_ms
from server.decoding.clocks.frames import NS_PER_MS, NS_PER_S
from server.dose.heart.holding import hold_trace
from server.dose.heart.hr_max import HrMaxSource
from server.dose.heart.quality import judge_trace
from server.dose.quantity import Missing, Quantity
from server.dose.sensed.heart_metrics import MEAN_HR, STRAP_RULES, HeartTrace
from server.dose.vector import Metric
from server.dose.written.evening import WrittenEvening
from server.projection.lost_time import Hole, LostTime, OneStream, Span, sum_lost_time
from server.projection.person_dose import PersonDose
from server.projection.person_sensed import HerEvening
from server.projection.person_streams import PersonStreams
from server.projection.quality.above_her_maximum import FORMULA_MARGIN_BPM
from server.projection.quality.seen import (
    HEART,
    MOVEMENT,
    HeartPeak,
    HeartSigns,
    PersonSeen,
    RoundRating,
    StreamCoverage,
)

# The quantities whose coverage is that of a stream: no second definition (features 17).
COVERED_BY: Final = {HEART: MEAN_HR, MOVEMENT: "mad_mg"}
_BORG: Final = "borg_6_20"


@dataclass(frozen=True, slots=True)
class SeenParts:
    """One person's evening: what was written, what was sent, and what was derived of both."""

    evening: WrittenEvening
    hers: HerEvening
    streams: PersonStreams
    dose: PersonDose
    heart: HeartTrace | Missing

    @property
    def person(self) -> Mapping[str, Any]:
        """Her part of the fold; empty when nothing speaks of her."""
        return self.evening.person(self.dose.participant) or {}

    def find(self, name: str) -> Quantity | None:
        """Delivered over the whole session."""
        return next((_deliver(one) for one in self.dose.metrics if _is_whole(one, name)), None)

    def count_s(self, utc_ns: float) -> float:
        """Seconds since the evening's origin."""
        return (utc_ns - self.hers.origin_ms * NS_PER_MS) / NS_PER_S


def see_person(parts: SeenParts) -> PersonSeen:
    """Her evening as the rules of one session look at it."""
    reserve = parts.find("mean_hrr")
    entered = list(_list_entered(parts.person))
    timed = parts.evening.list_work_s(parts.dose.participant)
    scale = parts.hers.profile.scale
    return PersonSeen(
        code=parts.dose.participant,
        has_attendance=parts.person.get("attendance") is not None,
        straps=tuple(sorted({one.strap for one in parts.streams.worn})),
        n_sets=len(entered),
        round_ratings=_read_rounds(parts.person),
        session_rating=_read_borg(parts.person.get("session_rpe")),
        mean_hrr=None if reserve is None else reserve.value,
        hr_unreliable=scale is not None and scale.unreliable,
        streams={name: _see_stream(parts, name) for name in COVERED_BY},
        peak=_find_peak(parts),
        artefact_share=None if isinstance(parts.heart, Missing) else parts.heart.artefact_share,
        untimed_sets=tuple(name for name in entered if name not in timed),
    )


def read_signs(parts: SeenParts) -> HeartSigns:
    """What later evenings of hers are compared with, by whose strap it was said to be since."""
    mean = parts.find(MEAN_HR)
    return HeartSigns(
        seated_bpm=_find_seated(parts),
        mean_bpm=None if mean is None else mean.value,
        rating=_read_borg(parts.person.get("session_rpe")),
    )


def _is_whole(metric: Metric, name: str) -> bool:
    return metric.name == name and metric.category is None


def _deliver(metric: Metric) -> Quantity:
    return metric.delivered


def _read_borg(told: Mapping[str, Any] | None) -> float | None:
    if told is None or told["rating"] is None or told["scale"] != _BORG:
        return None
    return float(told["rating"])


def _read_rounds(person: Mapping[str, Any]) -> dict[int, RoundRating]:
    told = {int(part): one for part, one in person.get("rpe", {}).items()}
    return {
        number: RoundRating(rating, one["exercise"])
        for number, one in sorted(told.items())
        if (rating := _read_borg(one)) is not None
    }


def _list_entered(person: Mapping[str, Any]) -> Iterator[str]:
    """Sets that somebody entered as done, by name."""
    for name, one in person.get("sets", {}).items():
        if one["event"] is not None and one["evidence"] is not None:
            yield name


def _find_seated(parts: SeenParts) -> float | None:
    """The median over the time in which she was measured seated, from what the strap sent.

    The number that the tablet wrote then is the one of whatever strap it took for hers.
    """
    told = parts.person.get("resting_hr")
    if told is None or told["from"] is None or told["to"] is None:
        return None
    from_ns, to_ns = (parse_utc_ms(told[end]) * NS_PER_MS for end in ("from", "to"))
    values = []
    for heart in parts.streams.hearts:
        inside = (heart.utc_ns >= from_ns) & (heart.utc_ns <= to_ns) & heart.has_contact
        plausible = (heart.hr_bpm >= STRAP_RULES.min_bpm) & (heart.hr_bpm <= STRAP_RULES.max_bpm)
        values.append(heart.hr_bpm[inside & plausible])
    joined = np.concatenate(values) if values else np.empty(0)
    return float(np.median(joined)) if joined.size else None


def _find_peak(parts: SeenParts) -> HeartPeak | None:
    """None where her maximum isn't known, or nothing was heard."""
    scale, heart = parts.hers.profile.scale, parts.heart
    if scale is None or isinstance(heart, Missing):
        return None
    judged = judge_trace(heart.times_s, heart.hr_bpm, heart.contact, STRAP_RULES)
    held = hold_trace(heart.times_s, heart.hr_bpm, judged, STRAP_RULES.gap_limit_s)
    if not held.hr_bpm.size:
        return None
    is_estimated = scale.max.source not in {None, HrMaxSource.MEASURED}
    limit_bpm = scale.max.bpm + (FORMULA_MARGIN_BPM if is_estimated else 0.0)
    above_s = float(held.held_s[held.hr_bpm > limit_bpm].sum())
    return HeartPeak(float(held.hr_bpm.max()), scale.max.bpm, above_s, is_estimated)


def _see_stream(parts: SeenParts, name: str) -> StreamCoverage:
    quantity = parts.find(COVERED_BY[name])
    lost = _sum_lost(parts, name)
    if quantity is None:
        return StreamCoverage(None, None, lost)
    return StreamCoverage(quantity.coverage, quantity.missing, lost)


def _sum_lost(parts: SeenParts, name: str) -> LostTime:
    origin_ms = parts.hers.origin_ms
    main = [_to_span(one.from_ms, one.until_ms, origin_ms) for one in parts.hers.main]
    worn = [_to_span(one.from_ms, one.until_ms, origin_ms) for one in parts.streams.worn]
    heard = _find_heard(parts, name)
    return sum_lost_time(
        main,
        worn,
        OneStream(
            heard=heard,
            holes=() if heard is None else list(_list_holes(parts, name)),
            declared=list(_list_declared(parts, name)),
            battery=[(parts.count_s(at_ns), percent) for at_ns, percent in parts.streams.battery],
        ),
    )


def _to_span(from_ms: int, until_ms: int, origin_ms: int) -> Span:
    return (from_ms - origin_ms) / 1000, (until_ms - origin_ms) / 1000


def _find_heard(parts: SeenParts, name: str) -> Span | None:
    pieces = parts.streams.hearts if name == HEART else parts.streams.movement
    if not pieces:
        return None
    first_ns = min(int(one.utc_ns[0]) for one in pieces)
    last_ns = max(int(one.utc_ns[-1]) for one in pieces)
    return parts.count_s(first_ns), parts.count_s(last_ns)


def _list_holes(parts: SeenParts, name: str) -> Iterator[Hole]:
    """Those of the trace that charts draw."""
    trace = next((one for one in parts.dose.traces if one.name == "gaps"), None)
    if trace is None:
        return
    keys = ("stream", "from_s", "until_s", "cause", "detail")
    told = (trace.columns[key].tolist() for key in keys)
    for stream, from_s, until_s, cause, detail in zip(*told, strict=True):
        if stream == name:
            yield Hole((from_s, until_s), cause, detail)


def _list_declared(parts: SeenParts, name: str) -> Iterator[Hole]:
    for one in parts.streams.declared:
        if one.is_of_heart if name == HEART else one.is_of_movement:
            span = parts.count_s(one.gap.from_ns), parts.count_s(one.gap.to_ns)
            yield Hole(span, one.gap.cause, one.gap.detail or "")
