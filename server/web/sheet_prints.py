"""A sheet that was printed earlier, as a sheet again, and where it differs from today's. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from server.web.sheet_rows import (
    PAGES_EACH,
    SESSION_PAGE,
    Sheet,
    SheetPerson,
    SheetStation,
    compute_code,
    find_words,
)


@dataclass(frozen=True, slots=True)
class Difference:
    """A turn of somebody's; without a turn her whole leaf, which is on one of the sheets alone.

    Without a code it is when effort is asked.
    """

    code: str = ""
    printed: SheetStation | None = None
    today: SheetStation | None = None
    is_printed: bool = True


def rebuild_sheet(content: Any, planned: Mapping[str, Any], today: Sheet) -> Sheet | None:
    """From what was kept of a print (server.web.sheet_rows.list_content).

    None where its session was planned by another plan then: its stations are nobody's now.
    """
    session, digest, rows, asked = content
    if (session, digest) != (today.session, today.plan_sha256):
        return None
    people = tuple(
        SheetPerson(code, SESSION_PAGE + 1 + PAGES_EACH * place, tuple(
            _rebuild_station(turn, row, planned) for turn, row in enumerate(stations, start=1)))
        for place, (code, stations) in enumerate(rows)
    )  # fmt: skip
    code = compute_code(session, digest, people, asked)
    return Sheet(session, digest, today.rounds, tuple(asked), people, code)


def list_differences(printed: Sheet, today: Sheet) -> list[Difference]:
    """Whatever would mislead whoever takes one for the other, in the order of today's leaves."""
    found = []
    for code in dict.fromkeys(one.code for one in (*today.people, *printed.people)):
        then, now = printed.find(code), today.find(code)
        if then is None or now is None:
            found.append(Difference(code, is_printed=then is not None))
        else:
            pairs = zip_longest(then.stations, now.stations)
            found += [Difference(code, a, b) for a, b in pairs if _tell(a) != _tell(b)]
    if printed.asked_after != today.asked_after:
        found.append(Difference())
    return found


def _tell(station: SheetStation | None) -> tuple[Any, ...] | None:
    """What counts of a turn: words of the plan may be worded anew."""
    if station is None:
        return None
    return station.station, station.exercise, dict(station.prescribed)


def _rebuild_station(turn: int, row: Any, planned: Mapping[str, Any]) -> SheetStation:
    place, exercise, prescribed = row
    station = planned["stations"][place]
    name, support = find_words(exercise, (station, *station["alternatives"]))
    return SheetStation(
        turn, place, str(station["exercise"]), exercise, name, support, prescribed
    )  # fmt: skip
