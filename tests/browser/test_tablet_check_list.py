"""T10: what nobody saw and what a strap lost can be put right or left so, line by line."""

from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.tablet_page import TabletPage
from tests.browser.test_tablet_coverage import reach_check, row
from tests.tablet_evening import serial

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

STATION_1 = "assumed at station 1,"


def line(tablet: TabletPage, text: str) -> Locator:
    return tablet.page.locator(".check-list .odd").filter(has_text=text)


def answer(tablet: TabletPage, text: str, word: str) -> None:
    line(tablet, text).get_by_role("button", name=word, exact=True).tap()


def entries(tablet: TabletPage, kind: str) -> list[dict[str, Any]]:
    """As the server has them, oldest first."""
    tablet.wait_until_sent()
    return sorted(tablet.ledger.of_kind(kind), key=lambda one: one["id"])


def test_sets_that_nobody_saw_are_said_one_by_one_by_whom(tablet: TabletPage) -> None:
    reach_check(tablet)
    expect(line(tablet, STATION_1)).to_contain_text("4 sets assumed")
    answer(tablet, STATION_1, "Fix")
    sets = tablet.page.get_by_role("group", name="P01, round 1")
    expect(sets).to_contain_text("nobody saw it")
    tablet.picture("check-assumed-sets")
    sets.get_by_role("button", name="She says as planned").tap()
    expect(sets).to_contain_text("she says so")
    sets.get_by_role("button", name="She says different ▸").tap()
    tablet.picture("check-assumed-different")
    tablet.page.locator(".amount").nth(2).tap()
    tablet.picture("check-assumed-why")
    tablet.tap("Fatigue")
    told = entries(tablet, "set")
    assert [one["value"]["evidence"] for one in told] == ["self_report"] * 3
    assert told[-1]["value"]["shortfall_reason"] == "fatigue"
    assert told[-1]["about"].startswith("P01/")
    tablet.tap("◂ How many")
    tablet.tap("Back to the sets")
    sets.get_by_role("button", name="Seen as planned").tap()
    expect(sets).to_contain_text("seen")
    assert entries(tablet, "set")[-1]["value"]["evidence"] == "observed"
    tablet.tap("Back to the list")
    expect(line(tablet, STATION_1)).to_contain_text("3 sets assumed")
    assert tablet.trouble == []


def test_as_planned_is_what_was_planned_whatever_was_said_of_the_set_before(
    tablet: TabletPage,
) -> None:
    """And a set that was said otherwise doesn't stand there as planned."""
    reach_check(tablet)
    answer(tablet, STATION_1, "Fix")
    sets = tablet.page.get_by_role("group", name="P01, round 1")
    planned = sets.get_by_role("button", name="Seen as planned")
    sets.get_by_role("button", name="Seen, different ▸").tap()
    tablet.page.locator(".amount").nth(2).tap()
    tablet.tap("Fatigue")
    tablet.tap("◂ How many")
    tablet.tap("Back to the sets")
    expect(sets).to_contain_text("seen")
    expect(planned).to_have_attribute("aria-pressed", "false")
    planned.tap()
    expect(planned).to_have_attribute("aria-pressed", "true")
    set_ = entries(tablet, "set")[-1]["value"]
    assert set_["performed"]["amount"] == set_["prescribed"]["amount"] > 0
    assert (set_["shortfall_reason"], set_["chips"], set_["evidence"]) == (None, [], "observed")


def test_what_is_left_so_is_a_note_and_stays_away_until_it_is_undone(tablet: TabletPage) -> None:
    tablet.ledger.coverage = [row(1, lost_s=360, coverage_pct=90.0)]
    reach_check(tablet)
    answer(tablet, STATION_1, "Leave so")
    expect(line(tablet, STATION_1)).to_have_count(0)
    answer(tablet, "Strap 01 lost 6 min", "Leave so")
    expect(line(tablet, "Strap 01 lost 6 min")).to_have_count(0)
    station, strap = entries(tablet, "note")
    assert (station["about"], strap["about"]) == ("session", "P01")
    assert station["value"]["text"].startswith("Left so: 4 sets assumed at station 1,")
    assert strap["value"]["text"] == "Left so: Strap 01 lost 6 min: Fig P01"
    assert (station["actor"], strap["actor"]) == ("sara", "sara")
    tablet.tap("Undo")
    expect(line(tablet, "Strap 01 lost 6 min")).to_have_count(1)
    tablet.tap("3 End")
    tablet.tap("2 Check")
    expect(line(tablet, "Strap 01 lost 6 min")).to_have_count(1)
    expect(line(tablet, STATION_1)).to_have_count(0)
    assert tablet.trouble == []


def test_a_strap_that_was_lost_can_be_put_on_another_woman_afterwards(tablet: TabletPage) -> None:
    tablet.ledger.coverage = [row(1, lost_s=360, coverage_pct=90.0)]
    reach_check(tablet)
    answer(tablet, "Strap 01 lost 6 min", "Fix")
    tablet.picture("check-strap-fix")
    tablet.page.locator(".chip").filter(has_text="P02").tap()
    tablet.tap("Since they were put on")
    expect(line(tablet, "Strap 01 lost 6 min")).to_have_count(1)
    told = [one["value"] for one in entries(tablet, "wearing")]
    assert "P02" in {one["participant"] for one in told if one["strap"] == serial(1)}
    assert tablet.trouble == []


def test_two_quick_taps_leave_one_line_alone(tablet: TabletPage) -> None:
    reach_check(tablet)
    before = line(tablet, "assumed at station").count()
    first = line(tablet, STATION_1).get_by_role("button", name="Leave so")
    expect(first).to_have_attribute("aria-disabled", "false")
    first.evaluate(
        """async (key) => {
          key.click();
          await new Promise((done) => setTimeout(done, 150));
          const keys = [...document.querySelectorAll(".check-list .key")];
          keys.find((one) => one.textContent === "Leave so").click();
        }"""
    )
    expect(line(tablet, "assumed at station")).to_have_count(before - 1)
    tablet.tap("3 End")
    tablet.tap("2 Check")
    expect(line(tablet, "assumed at station")).to_have_count(before - 1)
