"""A tap says something of the set, and of the segment, that was drawn when the finger came down."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.passing_time import pass_time
from tests.browser.stopped_clock import A_SECOND, end_segment, let_run, reach_stopped, settle
from tests.browser.tablet_page import TabletPage
from tests.browser.test_tablet_access import examine, plan_longest, visit
from tests.browser.troubled_disk import BUSY_DISK, LET_GO
from tests.tablet_evening import make_planned, make_prescriptions

pytestmark = [pytest.mark.browser, pytest.mark.timeout(90)]

HIP, TANDEM = "hip-abduction-band", "tandem-stance-foam"


def list_about(tablet: TabletPage, kind: str = "set") -> list[str]:
    settle(tablet)
    return [one["about"] for one in tablet.ledger.of_kind(kind)]


def last_set(tablet: TabletPage) -> tuple[str, dict[str, Any]]:
    settle(tablet)
    one = tablet.ledger.of_kind("set")[-1]
    return one["about"], one["value"]


def open_in_rest(tablet: TabletPage, code: str = "P02") -> Page:
    """After the first work; nobody saw it."""
    page = reach_stopped(tablet)
    assert end_segment(tablet)[0] == "rest"
    tablet.tile(code).tap()
    settle(tablet)
    return page


@pytest.mark.parametrize("part", ["amount", "band", "how"])
def test_an_open_drawer_stays_with_its_set_and_says_which_when_the_clock_goes_on(
    tablet: TabletPage, part: str
) -> None:
    page = open_in_rest(tablet)
    if part != "amount":
        page.locator(".set-panel .pair .key", has_text="Band:" if part == "band" else "How").tap()
    expect(page.locator(".drawer .doing")).to_have_text("Hip abduction, band")
    assert end_segment(tablet) == ["work", 1, 2]
    expect(page.locator(".drawer .doing")).to_have_text("Hip abduction, band")
    expect(page.locator(".drawer .doing")).to_be_visible()
    if part == "amount":
        page.locator(".amount").nth(2).tap()
    else:
        tablet.tap("red" if part == "band" else "Form lost", ".drawer")
    about, value = last_set(tablet)
    assert (about, value["exercise"], value["round"]) == (f"P02/{HIP}/1", HIP, 1)


def test_one_key_leads_to_where_she_is_now(tablet: TabletPage) -> None:
    page = open_in_rest(tablet)
    key = page.locator(".drawer > .pair .key").nth(1)
    expect(key).to_be_disabled()
    end_segment(tablet)
    expect(key).to_have_text("Now: station 3, set 1")
    key.tap()
    expect(page.locator(".drawer .doing")).to_have_text("Tandem stance on foam")
    expect(key).to_be_disabled()
    pass_time(A_SECOND, tablet)
    page.locator(".amount").nth(2).tap()
    assert last_set(tablet)[0] == f"P02/{TANDEM}/1"


def test_a_rounds_end_turns_no_open_drawer_to_the_next_round(tablet: TabletPage) -> None:
    """Of two stations: as the second round begins she is where the first one began."""
    planned = make_planned(rounds=2, work_s=30, rest_s=20)
    planned["stations"] = planned["stations"][:2]
    page = reach_stopped(tablet, planned)
    end_segment(tablet)
    end_segment(tablet)
    assert end_segment(tablet)[0] == "rest"
    if page.locator(".effort").count():
        pass_time(A_SECOND, tablet)
        page.locator(".effort .done").tap()
    tablet.tile("P01").tap()
    expect(page.locator(".drawer .doing")).to_have_text("Hip abduction, band")
    settle(tablet)
    assert end_segment(tablet) == ["work", 2, 1]
    expect(page.locator(".drawer .doing")).to_have_text("Hip abduction, band")
    second = page.locator(".drawer .tab", has_text="Set 2")
    expect(second).to_be_disabled()  # she has not been there again
    page.locator(".amount").nth(2).tap()
    about, value = last_set(tablet)
    assert (about, value["round"]) == (f"P01/{HIP}/1", 1)


def test_an_amount_waits_until_it_was_seen_whose_it_is(tablet: TabletPage) -> None:
    page = reach_stopped(tablet)
    end_segment(tablet)
    pass_time(A_SECOND, tablet)
    tablet.tile("P02").tap()
    before = list_about_at_once(tablet)
    page.locator(".amount").nth(2).dispatch_event("click")
    assert list_about(tablet) == before
    page.locator(".amount").nth(2).tap()
    assert last_set(tablet)[1]["performed"]["amount"] == 10


def list_about_at_once(tablet: TabletPage) -> list[str]:
    """What the tile's tap said, while the keys still wait."""
    tablet.page.locator(".amount").first.wait_for()
    tablet.page.evaluate("""async () => {
      await (await import("/tablet/app/state/entering.js")).whenWritten();
    }""")
    return [one["envelope"]["about"] for one in tablet.read_store("entries")
            if one["envelope"]["kind"] == "set"]  # fmt: skip


def test_a_tile_tapped_as_its_set_turns_into_another_opens_and_says_nothing(
    tablet: TabletPage,
) -> None:
    page = reach_stopped(tablet)
    end_segment(tablet)
    assert end_segment(tablet) == ["work", 1, 2]
    tablet.tile("P02").tap()
    expect(page.locator(".drawer .doing")).to_have_text("Tandem stance on foam")
    assert list_about(tablet) == []
    tablet.tap("Done", ".drawer")
    tablet.tile("P02").tap()
    assert list_about(tablet) == [f"P02/{TANDEM}/1"]


def test_fifteen_seconds_more_are_for_what_was_drawn_also_when_it_ends_meanwhile(
    tablet: TabletPage,
) -> None:
    page = reach_stopped(tablet)
    page.evaluate(BUSY_DISK)
    tablet.tile("P01").tap()  # is being saved
    tablet.tap("+15 s")
    assert end_segment(tablet)[0] == "rest"
    page.evaluate(LET_GO)
    settle(tablet)
    (longer,) = tablet.ledger.of_kind("clock_extended")
    assert longer["value"]["segment"] == 0


def test_fifteen_seconds_more_of_a_circuit_that_ended_meanwhile_are_none(
    tablet: TabletPage,
) -> None:
    planned = make_planned(rounds=1, work_s=30, rest_s=20)
    planned["stations"] = planned["stations"][:1]
    page = reach_stopped(tablet, planned)
    page.evaluate(BUSY_DISK)
    tablet.tile("P01").tap()
    tablet.tap("+15 s")
    end_segment(tablet)
    expect(page.locator(".band")).to_have_attribute("data-state", "done")
    page.evaluate(LET_GO)
    settle(tablet)
    assert list_about(tablet, "clock_extended") == []
    assert tablet.list_refused() == []


def test_fifteen_seconds_more_wait_when_the_segment_has_just_turned(tablet: TabletPage) -> None:
    reach_stopped(tablet)
    assert end_segment(tablet)[0] == "rest"
    tablet.tap("+15 s")
    assert list_about(tablet, "clock_extended") == []
    tablet.tap("+15 s")
    settle(tablet)
    assert [one["value"]["segment"] for one in tablet.ledger.of_kind("clock_extended")] == [1]


@pytest.mark.parametrize("size", [(1180, 820), (1024, 768)])
def test_a_drawer_whose_set_is_over_is_for_everybody(
    new_tablet: Callable[[dict[str, int] | None], TabletPage], size: tuple[int, int]
) -> None:
    """In all its parts, under the longest name that the plan has."""
    tablet = new_tablet({"width": size[0], "height": size[1]})
    visit(tablet, _walk_moved_on(tablet), examine, f"{size[0]}x{size[1]}-")


def _walk_moved_on(tablet: TabletPage) -> Iterator[str]:
    told = make_prescriptions()
    told["P02"][HIP]["name"] = max((one["name"] for one in plan_longest()["stations"]), key=len)
    tablet.ledger.evening = {"prescriptions": told}
    page = reach_stopped(tablet)
    tablet.tile("P02").tap()
    end_segment(tablet)
    end_segment(tablet, A_SECOND)
    let_run(tablet)
    yield "t7-moved-on"
    page.locator(".set-panel .pair .key", has_text="Band:").tap()
    yield "t7-moved-on-band"
    page.locator(".drawer .back").tap()
    page.locator(".amount").nth(2).tap()
    yield "t7-moved-on-how"
