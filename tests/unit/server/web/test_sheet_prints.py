"""A sheet that was printed earlier beside today's."""

from dataclasses import replace

import msgspec

from server.web.sheet_prints import list_differences, rebuild_sheet
from server.web.sheet_rows import Sheet, list_content
from tests.ledger_entries import Tablet, minute, substitution
from tests.unit.server.web.test_sheet_rows import PLANNED, content, make

FIRST = PLANNED.stations[0].exercise


def keep(sheet: Sheet) -> object:
    """As a database gives it back."""
    kept = list_content(sheet.session, sheet.plan_sha256, sheet.people, sheet.asked_after)
    return msgspec.json.decode(msgspec.json.encode(kept))


def rebuild(printed: Sheet, today: Sheet) -> Sheet | None:
    return rebuild_sheet(keep(printed), content({})["planned"], today)


def change(code: str) -> Sheet:
    other = substitution(minute(6), "walk-cones", 4)
    return make(Tablet().write("substitution", f"{code}/{FIRST}", other))


def test_a_print_that_was_kept_is_that_sheet_again() -> None:
    for printed in (make(), make(direction=-1), change("P02")):
        assert rebuild(printed, make()) == printed


def test_a_print_by_another_plan_or_of_another_session_is_unknown() -> None:
    printed = make()
    assert rebuild(printed, replace(printed, plan_sha256="1" * 64)) is None
    assert rebuild(printed, replace(printed, session="another")) is None


def test_the_differences_are_turns_of_whom_they_concern() -> None:
    assert list_differences(make(), make()) == []
    (one,) = list_differences(make(), change("P02"))
    assert one.printed is not None
    assert one.today is not None
    assert (one.code, one.printed.exercise, one.today.exercise) == ("P02", FIRST, "walk-cones")


def test_a_leaf_that_only_one_sheet_has_is_told_and_when_effort_is_asked() -> None:
    both = make()
    alone = replace(both, people=both.people[:1])
    assert [(one.code, one.is_printed) for one in list_differences(alone, both)] == [
        ("P02", False)
    ]  # fmt: skip
    assert [(one.code, one.is_printed) for one in list_differences(both, alone)] == [
        ("P02", True)
    ]  # fmt: skip
    asked = replace(both, asked_after=(2, 4, 7))
    assert [one.code for one in list_differences(both, asked)] == [""]
