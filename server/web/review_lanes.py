"""One participant's evening on the axis of the session: from the fold to lanes. Pure."""

from collections.abc import Iterator
from typing import Final

from protocol.ledger.instants import format_utc_ms
from server.sessions.domain.holding import Holding, Holdings
from server.web.catalogue.spoken import t
from server.web.review_context import Lane, Moment, Stretch
from server.web.review_sets import list_sets
from server.web.review_straps import list_straps
from server.web.review_told import Told
from server.web.review_words import tell_event, tell_paper, tell_rating, tell_standing

_PRESENT: Final = "present"


def view_lane(told: Told, code: str) -> Lane:
    """Everything that is known of her, by time."""
    person = told.evening.state["people"].get(code)
    return Lane(
        participant=code,
        sign=told.signs.get(code, ""),
        attendance=None if person is None else person["attendance"],
        sets=[] if person is None else list(list_sets(told, code, person["sets"])),
        ratings=list(_list_ratings(told.holdings, code)),
        events=list(_list_events(told, code)),
        notes=[
            Moment(
                format_utc_ms(one.root.time_ms), "note", t("N"), _add_paper(one, one.value["text"])
            )
            for one in told.holdings.of("note", code)
        ],
        stops=list(_list_stops(told, code)),
        gaps=list(told.gaps.get(code, ())),
        wearing=list_straps(told, code),
        traces=list(told.traces.get(code, ())),
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
    return Moment(at, kind, label, _add_paper(held, f"{name}: {tell_rating(value)}"))


def _add_paper(held: Holding, words: str) -> str:
    return "; ".join(filter(None, (words, tell_paper(held.event))))


def _list_events(told: Told, code: str) -> Iterator[Moment]:
    entries = {one.event.id: one.event for one in told.holdings.of_kind("adverse_event")}
    for event in sorted(told.evening.state["events"].values(), key=lambda one: str(one["at"])):
        if event["participant"] != code:
            continue
        words = [tell_event(event["what"])]
        exercise = event["context"]["exercise"]
        words += [] if exercise is None else [t("at {exercise}", exercise=exercise)]
        words += [t("serious")] if event["serious"] else []
        words += [t("settled")] if event["settled_at"] is not None else []
        words += filter(None, [tell_paper(entries.get(event["event"]))])
        yield Moment(event["at"], event["what"], "!", ", ".join(words))


def _list_stops(told: Told, code: str) -> Iterator[Stretch]:
    """When she didn't train, and why; nothing before anybody said anything."""
    comings = told.evening.comings.get(code, ())
    ends = [*(one.at_ms for one in comings[1:]), told.ends_ms]
    for one, ends_ms in zip(comings, ends, strict=False):
        if one.word != _PRESENT and ends_ms > one.at_ms:
            words = tell_standing(one.word)
            yield Stretch(format_utc_ms(one.at_ms), format_utc_ms(ends_ms), one.word, words, words)
