"""Undo takes back the act that stands on its bar, whatever was said about that act since."""

from datetime import timedelta
from typing import Any, Final

import pytest
from playwright.sync_api import expect

from tests.browser.passing_time import pass_time, take_clock
from tests.browser.tablet_page import TabletPage
from tests.ledger_entries import TABLET_B, Tablet, to_json
from tests.tablet_evening import CODES, SESSION

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

SECOND: Final = timedelta(seconds=1)
READ_CONFLICTS = """async () => {
  const { state } = await import("/tablet/app/state/model.js");
  return state.value.conflicts;
}"""


def reach(tablet: TabletPage) -> None:
    take_clock(tablet)
    tablet.reach_circuit(CODES[:3])
    pass_time(10 * SECOND, tablet)


def undo(tablet: TabletPage, text: str) -> list[dict[str, Any]]:
    """What is in conflict afterwards."""
    bar = tablet.page.locator(".undo")
    expect(bar).to_contain_text(text)
    tablet.tap("Undo", ".undo")
    expect(bar).to_have_count(0)
    tablet.wait_until_sent()
    conflicts: list[dict[str, Any]] = tablet.page.evaluate(READ_CONFLICTS)
    return conflicts


def test_another_exercise_is_taken_back_also_after_its_reason(tablet: TabletPage) -> None:
    """And what she was seen to do of her own stays seen, since it is hers again."""
    reach(tablet)
    tile = tablet.tile("P02")
    tile.tap()
    tablet.tap("More", ".drawer")
    tablet.tap("Another exercise tonight")
    pass_time(SECOND, tablet)
    tablet.page.locator(".choice").first.tap()
    expect(tile).to_contain_text("Wall squat")
    pass_time(SECOND, tablet)
    reasons = tablet.page.get_by_role("group", name="Reason")
    reasons.get_by_role("button", name="Pain").tap()
    tablet.wait_until_sent()
    assert undo(tablet, "Wall squat") == []
    expect(tile).to_contain_text("Hip abduction, band")
    chosen, explained, taken_back = tablet.ledger.of_kind("substitution")
    assert explained["supersedes"] == chosen["id"]
    assert (taken_back["supersedes"], taken_back["value"]) == (explained["id"], None)


def test_a_hold_is_taken_back_also_after_its_reason(tablet: TabletPage) -> None:
    reach(tablet)
    tablet.tap("Hold all")
    pass_time(SECOND, tablet)
    tablet.tap("Heat")
    tablet.wait_until_sent()
    assert undo(tablet, "The clock is held for all") == []
    expect(tablet.page.locator(".band")).to_have_attribute("data-state", "running")


def test_a_hold_that_is_over_is_no_longer_offered_to_be_taken_back(tablet: TabletPage) -> None:
    """It would take the held seconds out of the clock."""
    reach(tablet)
    tablet.tap("Hold all")
    expect(tablet.page.locator(".undo")).to_contain_text("The clock is held for all")
    pass_time(3 * SECOND, tablet)
    tablet.tap("Go on")
    expect(tablet.page.locator(".band")).to_have_attribute("data-state", "running")
    assert tablet.page.locator(".undo").count() == 0  # now, and not when its eight seconds are over


def test_a_hold_that_another_tablet_ended_is_not_offered_to_be_taken_back(
    tablet: TabletPage,
) -> None:
    reach(tablet)
    tablet.tap("Hold all")
    expect(tablet.page.locator(".undo")).to_contain_text("The clock is held for all")
    tablet.wait_until_sent()
    pass_time(SECOND, tablet)
    other = Tablet(TABLET_B, "leyla")
    now = tablet.ledger.now()
    went_on = other.write("clock_resumed", "clock", {"at": now}, now)
    tablet.ledger.append(SESSION, to_json(went_on))
    tablet.page.evaluate("dispatchEvent(new Event('online'))")  # it asks at once
    expect(tablet.page.locator(".band")).to_have_attribute("data-state", "running")
    assert tablet.page.locator(".undo").count() == 0


def test_a_hold_that_is_over_is_not_offered_either_when_an_event_holds_the_clock(
    tablet: TabletPage,
) -> None:
    reach(tablet)
    tablet.tap("Hold all")
    pass_time(SECOND, tablet)
    tablet.tap("Go on")
    pass_time(SECOND, tablet)
    tablet.tap("■ STOP / EVENT")
    tablet.page.locator(".who-tile").nth(0).tap()
    pass_time(SECOND, tablet)
    tablet.tap("Fall")
    expect(tablet.page.locator(".band")).to_have_attribute("data-state", "held")
    assert tablet.page.locator(".undo").count() == 0
