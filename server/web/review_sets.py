"""One participant's sets on the session's axis: those of the circuit and those beside it. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any

from protocol.ledger.instants import format_utc_ms
from server.dose.sensed.evening_times import list_set_times
from server.sessions.domain.holding import Holding
from server.web.catalogue.spoken import t
from server.web.review_context import SetMark
from server.web.review_stations import tell_station
from server.web.review_told import Told
from server.web.review_words import tell_paper, tell_set


def list_sets(told: Told, code: str, folded: Mapping[str, Any]) -> Iterator[SetMark]:
    """Those of the circuit, then those that were written down beside it or left out."""
    times = list_set_times(told.evening, code)
    logged = {one.about: one for one in told.holdings.of_kind("set")}
    stations = {one.name: one.station for one in told.evening.slots.get(code, ())}
    for one in times:
        span = format_utc_ms(one.work.from_ms), format_utc_ms(one.work.until_ms)
        own = (one.name, one.exercise, stations.get(one.name))
        sensed = told.sensed.get(code, {}).get(one.name)
        entry = logged.get(f"{code}/{one.name}")
        yield _view_set(own, folded.get(one.name), span, sensed, entry)
    timed = {one.name for one in times}
    for name, one in folded.items():
        if name not in timed:
            entry = logged.get(f"{code}/{name}")
            at = "" if entry is None else format_utc_ms(entry.root.time_ms)
            yield _view_set((name, one["exercise"], one["station"]), one, (at, at), entry=entry)


def _view_set(
    own: tuple[str, str, int | None],
    one: Mapping[str, Any] | None,
    span: tuple[str, str],
    sensed: Mapping[str, Any] | None = None,
    entry: Holding | None = None,
) -> SetMark:
    """`own` are its name, exercise and station; without times it was left out of the circuit."""
    name, exercise, station = own
    kind = "open" if one is None else "missing" if one["missing"] is not None else "observed"
    if one is not None and one["evidence"] == "assumed":
        kind = "assumed"
    shown = one or {}
    paper = tell_paper(None if entry is None else entry.event)
    words = "; ".join(filter(None, (tell_set(exercise, one), paper, tell_station(sensed))))
    return SetMark(
        begins=span[0],
        ends=span[1],
        kind=kind,
        label="" if station is None else str(station + 1),
        words=words if station is None else f"{_tell_place(station)}, {words}",
        name=name,
        exercise=shown.get("exercise") or exercise,
        station=station,
        evidence=shown.get("evidence"),
        missing=shown.get("missing"),
        prescribed=shown.get("prescribed"),
        performed=shown.get("performed"),
        sensed=sensed,
    )


def _tell_place(station: int) -> str:
    return t("Station {n}", n=station + 1)
