"""A session on one axis of time, with what all had in common. Pure."""

from collections.abc import Iterator, Sequence
from statistics import median
from typing import Final

from protocol.ledger.instants import format_utc_ms, parse_utc_ms
from server.dose.sensed.evening_times import find_main_phase, list_segment_times
from server.dose.written.evening import WrittenEvening
from server.sessions.domain.holding import Holding, Holdings
from server.web.catalogue.spoken import Wording, t
from server.web.review_context import Group, Moment, Stretch
from server.web.review_words import tell_phase

# What a slip of a pen puts on another day is in the tables and doesn't stretch the axis. Inferred.
_BEFORE_MS: Final = 3 * 3_600_000
_AFTER_MS: Final = 6 * 3_600_000
_LEAST_MS: Final = 60_000
_KINDS: Final = (
    "phase_entered", "attendance", "wearing", "clock_started", "session_closed", "room_climate",
    "rpe", "adverse_event",
)  # fmt: skip
_SEGMENTS: Final = Wording(
    lambda: {"work": t("Work"), "rest": t("Rest"), "change": t("Change of stations")}
)


def find_span(evening: WrittenEvening, holdings: Holdings, now_ms: int) -> tuple[int, int]:
    """UTC ms from the first thing that was written down to the last, or to now while it runs."""
    moments = [_find_moment(one) for kind in _KINDS for one in holdings.of_kind(kind)]
    phase = find_main_phase(evening)
    moments += [] if phase is None else [phase.from_ms, phase.until_ms]
    moments += [] if evening.is_closed else [now_ms]
    moments = moments or [now_ms]
    middle_ms = phase.from_ms if phase is not None else round(median(moments))
    near = [one for one in moments if middle_ms - _BEFORE_MS <= one <= middle_ms + _AFTER_MS]
    near = near or [middle_ms]
    return min(*near, max(near) - _LEAST_MS), max(near)


def view_group(evening: WrittenEvening, holdings: Holdings, ends_ms: int) -> Group:
    """Phases, the circuit's clock, and what was said of the room and the session."""
    return Group(
        phases=list(_list_phases(holdings, ends_ms)),
        segments=list(_list_segments(evening)),
        holds=list(_list_holds(evening, ends_ms)),
        moments=sorted(_list_moments(holdings), key=lambda one: one.at),
    )


def _find_moment(held: Holding) -> int:
    """The time that it names, else when it was written down."""
    at = held.value.get("from") or held.value.get("at")
    return held.root.time_ms if at is None else parse_utc_ms(at)


def _list_phases(holdings: Holdings, ends_ms: int) -> Iterator[Stretch]:
    acts: Sequence[Holding] = sorted(
        holdings.of_kind("phase_entered"), key=lambda one: one.root.time_ms
    )
    begins = [act.root.time_ms for act in acts]
    for act, from_ms, until_ms in zip(acts, begins, [*begins[1:], ends_ms], strict=False):
        if until_ms > from_ms:
            words = tell_phase(act.value["phase"])
            yield _make_stretch(from_ms, until_ms, act.value["phase"], words, words)


def _list_segments(evening: WrittenEvening) -> Iterator[Stretch]:
    for segment, time in list_segment_times(evening):
        name = _SEGMENTS.get(segment.kind, segment.kind)
        words = t("{what}, round {round}, place {slot}", what=name, round=segment.round,
                  slot=segment.slot)  # fmt: skip
        label = f"{segment.round}.{segment.slot}"
        yield _make_stretch(time.from_ms, time.until_ms, segment.kind, label, words)


def _list_holds(evening: WrittenEvening, ends_ms: int) -> Iterator[Stretch]:
    for hold in () if evening.run is None else evening.run.holds:
        words = t("The clock was held for all")
        yield _make_stretch(hold.from_ms, hold.until_ms or ends_ms, "held", t("Hold"), words)


def _list_moments(holdings: Holdings) -> Iterator[Moment]:
    for held in holdings.of_kind("room_climate"):
        degrees = f"{held.value['temperature_c']:g}"
        told = t("{n} °C in the room", n=degrees)
        yield _make_moment(held, "room", t("°C"), told)
    for held in holdings.of("sync_moment", "session"):
        n = len(held.value["heard"])
        yield _make_moment(held, "knocks", t("K"), t("Three knocks, heard of straps: {n}", n=n))
    for held in holdings.of("note", "session"):
        yield _make_moment(held, "note", t("N"), str(held.value["text"]))


def _make_moment(held: Holding, kind: str, label: str, words: str) -> Moment:
    return Moment(format_utc_ms(held.root.time_ms), kind, label, words)


def _make_stretch(from_ms: int, until_ms: int, kind: str, label: str, words: str) -> Stretch:
    return Stretch(format_utc_ms(from_ms), format_utc_ms(until_ms), kind, label, words)
