"""Who does what in which turn on the printed sheet, from a planned session and its ledger."""

from typing import Any

import msgspec
import pytest

from protocol.training.expand import expand_session
from protocol.training.shipped import read_shipped_plan
from server.sessions.domain.fold import fold_session
from server.sessions.domain.prescribing import prescribe
from server.web.sheet_rows import Sheet, make_sheet
from tests.ledger_entries import (
    SESSION,
    Tablet,
    minute,
    prescription_with_lighter,
    started,
    substitution,
)

PLAN = read_shipped_plan("as_printed")
PLANNED = expand_session(PLAN, 1)
CODES = ("P01", "P02")
LINE = {"id": SESSION, "plan_sha256": "0" * 64, "participants": list(CODES)}


def content(starts: dict[str, int], direction: int = 1) -> dict[str, Any]:
    return {
        "planned": msgspec.to_builtins(PLANNED),
        "prescriptions": {
            code: prescribe(PLAN, PLANNED, [], code, signed_off=False) for code in CODES
        },
        "rotation": {"start_station": starts, "direction": direction, "asked_after": [1, 4, 7]},
    }


def make(*events: Any, starts: dict[str, int] | None = None, direction: int = 1) -> Sheet:
    told = content(starts or {"P01": 0, "P02": 6}, direction)
    return make_sheet(LINE, told, fold_session(events, minute(30)))


def list_places(sheet: Sheet, code: str) -> list[int]:
    person = sheet.find(code)
    assert person is not None
    return [one.station for one in person.stations]


@pytest.mark.parametrize(
    ("direction", "places"), [(1, [6, 7, 0, 1, 2, 3, 4, 5]), (-1, [6, 5, 4, 3, 2, 1, 0, 7])]
)
def test_her_stations_are_in_the_order_of_her_rotation(direction: int, places: list[int]) -> None:
    sheet = make(direction=direction)
    assert list_places(sheet, "P02") == places
    second = sheet.find("P02")
    assert second is not None
    assert [one.turn for one in second.stations] == list(range(1, 9))


def test_pages_are_front_and_back_of_a_leaf_each() -> None:
    sheet = make()
    assert [(one.code, one.page, one.back) for one in sheet.people] == [
        ("P01", 2, 3), ("P02", 4, 5),
    ]  # fmt: skip
    assert sheet.n_pages == 5


def test_what_a_trainer_decided_tonight_goes_before_the_rules() -> None:
    hand, exercise = Tablet(), PLANNED.stations[0].exercise
    entered = prescription_with_lighter(exercise, 12, lighter=6)
    told = [hand.write("prescription", "P01", entered)]
    assert find(make(*told), exercise).prescribed["amount"] == 12
    level = {"at": minute(5), "level": "lighter"}
    told.append(hand.write("level_changed", "P01", level))
    assert find(make(*told), exercise).prescribed["amount"] == 6
    other = substitution(minute(6), "walk-cones", 4)
    told.append(hand.write("substitution", f"P01/{exercise}", other))
    row = find(make(*told), exercise)
    assert (row.exercise, row.name, row.prescribed["amount"]) == (
        "walk-cones", "Walk between two cones", 4,
    )  # fmt: skip


def test_she_begins_where_the_clock_was_started() -> None:
    stations = [one.exercise for one in PLANNED.stations]
    clock = started(minute(10), stations, {"P01": 3, "P02": 4})
    sheet = make(Tablet().write("clock_started", "clock", clock))
    assert list_places(sheet, "P01")[0] == 3


def test_the_code_is_of_what_is_printed() -> None:
    """The same contents have the same code; another amount or place has another."""
    exercise = PLANNED.stations[0].exercise
    entered = prescription_with_lighter(exercise, 12, lighter=6)
    codes = [
        make().code,
        make(Tablet().write("prescription", "P01", entered)).code,
        make(starts={"P01": 1, "P02": 6}).code,
    ]
    assert make().code == codes[0]
    assert len(set(codes)) == 3
    assert all(len(one) == 12 for one in codes)


def find(sheet: Sheet, station: str) -> Any:
    person = sheet.find("P01")
    assert person is not None
    return next(one for one in person.stations if one.station_exercise == station)
