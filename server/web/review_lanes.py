"""One participant's evening on the axis of the session: from the fold to lanes. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from protocol.ledger.instants import format_utc_ms, parse_utc_ms
from server.dose.sensed.evening_times import list_set_times
from server.dose.written.evening import WrittenEvening
from server.sessions.domain.holding import Holding, Holdings
from server.sessions.domain.wearing import list_overlaps
from server.web.catalogue.catalogue import load_catalogue
from server.web.pages import LANGUAGE
from server.web.review_context import Gap, Lane, Moment, SetMark, Strap, Stretch
from server.web.review_stations import tell_station
from server.web.review_words import tell_event, tell_rating, tell_set, tell_standing

t = load_catalogue(LANGUAGE).t

WORN: Final = "worn"
DISPUTED: Final = "disputed"
_PRESENT: Final = "present"


@dataclass(frozen=True, slots=True)
class Told:
    """What was written down of a session. `signs` by code, `labels` of straps by serial.

    `gaps`, `traces` and `sensed` (by set, as JSON) are by code, of what was worked out; `ends_ms`
    is where the axis ends.
    """

    evening: WrittenEvening
    holdings: Holdings
    signs: Mapping[str, str]
    labels: Mapping[str, str]
    gaps: Mapping[str, list[Gap]]
    traces: Mapping[str, list[str]]
    ends_ms: int
    sensed: Mapping[str, Mapping[str, Mapping[str, Any]]] = field(default_factory=dict)


def view_lane(told: Told, code: str) -> Lane:
    """Everything that is known of her, by time."""
    person = told.evening.state["people"].get(code)
    return Lane(
        participant=code,
        sign=told.signs.get(code, ""),
        attendance=None if person is None else person["attendance"],
        sets=[] if person is None else list(_list_sets(told, code, person["sets"])),
        ratings=list(_list_ratings(told.holdings, code)),
        events=list(_list_events(told, code)),
        notes=[
            Moment(format_utc_ms(one.root.time_ms), "note", t("N"), str(one.value["text"]))
            for one in told.holdings.of("note", code)
        ],
        stops=list(_list_stops(told, code)),
        gaps=list(told.gaps.get(code, ())),
        wearing=list_straps(told, code),
        traces=list(told.traces.get(code, ())),
    )


def list_straps(told: Told, code: str | None = None) -> list[Strap]:
    """What she wore, or everybody, by time."""
    overlaps = list_overlaps(told.holdings)
    doubted = {event for one in overlaps for event in one["events"]}
    worn = [
        one
        for one in told.holdings.of_kind("wearing")
        if code is None or one.value["participant"] == code
    ]
    worn.sort(key=lambda one: (one.value["from"], one.about))
    return [_view_strap(told, one, is_doubted=one.about in doubted) for one in worn]


def name_strap(labels: Mapping[str, str], serial: str) -> str:
    """By its number where it has one."""
    label = labels.get(serial)
    return t("strap {n}", n=label or serial)


def _view_strap(told: Told, held: Holding, *, is_doubted: bool) -> Strap:
    value = held.value
    ends = value["until"] or format_utc_ms(max(told.ends_ms, parse_utc_ms(value["from"])))
    name = name_strap(told.labels, value["strap"])
    words = t("{name}, serial {serial}", name=name, serial=value["strap"])
    if held.is_disputed:
        words = t("{words}: two versions, and nobody has decided", words=words)
    elif is_doubted:
        words = t("{words}: two people at once, so its values are nobody's", words=words)
    kind = DISPUTED if is_doubted or held.is_disputed else WORN
    return Strap(
        value["from"], ends, kind, name, words, held.about, held.event.id, value["strap"]
    )  # fmt: skip


def _list_sets(told: Told, code: str, folded: Mapping[str, Any]) -> Iterator[SetMark]:
    """Those of the circuit, then those that were written down beside it or left out."""
    times = list_set_times(told.evening, code)
    stations = {one.name: one.station for one in told.evening.slots.get(code, ())}
    for one in times:
        span = format_utc_ms(one.work.from_ms), format_utc_ms(one.work.until_ms)
        own = (one.name, one.exercise, stations.get(one.name))
        sensed = told.sensed.get(code, {}).get(one.name)
        yield _view_set(own, folded.get(one.name), span, sensed)
    timed = {one.name for one in times}
    logged = {one.about: one for one in told.holdings.of_kind("set")}
    for name, one in folded.items():
        if name not in timed:
            entry = logged.get(f"{code}/{name}")
            at = "" if entry is None else format_utc_ms(entry.root.time_ms)
            yield _view_set((name, one["exercise"], one["station"]), one, (at, at))


def _view_set(
    own: tuple[str, str, int | None],
    one: Mapping[str, Any] | None,
    span: tuple[str, str],
    sensed: Mapping[str, Any] | None = None,
) -> SetMark:
    """`own` are its name, exercise and station; without times it was left out of the circuit."""
    name, exercise, station = own
    kind = "open" if one is None else "missing" if one["missing"] is not None else "observed"
    if one is not None and one["evidence"] == "assumed":
        kind = "assumed"
    shown = one or {}
    words = "; ".join(filter(None, (tell_set(exercise, one), tell_station(sensed))))
    return SetMark(
        begins=span[0],
        ends=span[1],
        kind=kind,
        label="" if station is None else str(station + 1),
        words=words if station is None else f"{t('Station {n}', n=station + 1)}, {words}",
        name=name,
        exercise=shown.get("exercise") or exercise,
        station=station,
        evidence=shown.get("evidence"),
        missing=shown.get("missing"),
        prescribed=shown.get("prescribed"),
        performed=shown.get("performed"),
        sensed=sensed,
    )


def _list_ratings(holdings: Holdings, code: str) -> Iterator[Moment]:
    for held in holdings.of_kind("rpe"):
        whose, _, round_ = held.about.partition("/")
        if whose == code:
            yield _view_rating(held, "round", t("Effort of round {n}", n=round_))
    for held in holdings.of("session_rpe", code):
        yield _view_rating(held, "session", t("Effort of the whole session"))


def _view_rating(held: Holding, kind: str, name: str) -> Moment:
    value = {**held.value, "conflict": held.is_disputed}
    label = "\N{EN DASH}" if value["rating"] is None else f"{value['rating']:g}"
    at = format_utc_ms(held.root.time_ms)
    return Moment(at, kind, label, f"{name}: {tell_rating(value)}")


def _list_events(told: Told, code: str) -> Iterator[Moment]:
    for event in sorted(told.evening.state["events"].values(), key=lambda one: str(one["at"])):
        if event["participant"] != code:
            continue
        words = [tell_event(event["what"])]
        exercise = event["context"]["exercise"]
        words += [] if exercise is None else [t("at {exercise}", exercise=exercise)]
        words += [t("serious")] if event["serious"] else []
        words += [t("settled")] if event["settled_at"] is not None else []
        yield Moment(event["at"], event["what"], "!", ", ".join(words))


def _list_stops(told: Told, code: str) -> Iterator[Stretch]:
    """When she didn't train, and why; nothing before anybody said anything."""
    comings = told.evening.comings.get(code, ())
    ends = [*(one.at_ms for one in comings[1:]), told.ends_ms]
    for one, ends_ms in zip(comings, ends, strict=False):
        if one.word != _PRESENT and ends_ms > one.at_ms:
            words = tell_standing(one.word)
            yield Stretch(format_utc_ms(one.at_ms), format_utc_ms(ends_ms), one.word, words, words)


def sort_codes(codes: Sequence[str]) -> list[str]:
    """Each once, P02 before P10 before P100."""
    return sorted(set(codes), key=lambda code: (len(code), code))
