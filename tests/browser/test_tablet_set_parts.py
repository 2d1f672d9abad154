"""One set in three parts: each is whole on the screen, and an exception is three taps."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.tablet_page import TabletPage
from tests.browser.test_tablet_taps import count_taps, read_taps
from tests.tablet_evening import CODES

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

# Keys of the drawer's body that lie outside what is seen of it.
HIDDEN = """
() => {
  const holder = document.querySelector(".drawer-body") ?? document.querySelector(".drawer");
  const body = holder.getBoundingClientRect();
  return [...holder.querySelectorAll("button")]
    .filter((key) => key.getBoundingClientRect().bottom > body.bottom + 1
      || key.getBoundingClientRect().top < body.top - 1)
    .map((key) => key.textContent);
}
"""
# As high as the real line, which comes when sensors have been silent for a while.
ADD_LINE = """() => {
  const line = document.createElement("p");
  [line.className, line.textContent] = ["no-sensors", "No sensor data since 18:00."];
  document.querySelector(".stations").before(line);
}"""
MEASURE_SCROLL = """() => {
  const { scrollHeight, clientHeight } = document.querySelector(".stations");
  return scrollHeight - clientHeight;
}"""
SIZES = [(1180, 820), (1280, 800), (1024, 768)]
BANDED = "P02"  # hip abduction, green band


@pytest.mark.parametrize("size", SIZES)
def test_reasons_chips_and_bands_are_seen_without_scrolling(
    new_tablet: Callable[[dict[str, int] | None], TabletPage], size: tuple[int, int]
) -> None:
    tablet = new_tablet({"width": size[0], "height": size[1]})
    page = tablet.reach_circuit(CODES[:3])
    tablet.tile(BANDED).tap()
    expect(page.locator(".amount")).to_have_count(9)
    assert page.evaluate(HIDDEN) == []
    page.get_by_role("button", name="Band: green").tap()
    expect(page.locator(".band-key")).to_have_count(4)
    assert page.evaluate(HIDDEN) == []
    page.locator(".drawer .back").tap()
    page.locator(".amount").nth(2).tap()
    expect(page.get_by_role("group", name="Why less?").locator(".chip")).to_have_count(9)
    expect(page.get_by_role("group", name="How it was").locator(".chip")).to_have_count(6)
    assert page.evaluate(HIDDEN) == []


@pytest.mark.parametrize("size", SIZES)
def test_the_keys_for_a_strap_are_seen_without_scrolling(
    new_tablet: Callable[[dict[str, int] | None], TabletPage], size: tuple[int, int]
) -> None:
    tablet = new_tablet({"width": size[0], "height": size[1]})
    tablet.open()
    tablet.sign_in()
    tablet.start_room_check()
    tablet.go_to_arrivals()
    tablet.tile(BANDED).tap()
    expect(tablet.page.locator(".drawer .pad .key")).to_have_count(12)
    assert tablet.page.evaluate(HIDDEN) == []


@pytest.mark.parametrize("size", SIZES)
def test_eight_stations_are_seen_without_scrolling_also_under_the_line_about_sensors(
    new_tablet: Callable[[dict[str, int] | None], TabletPage], size: tuple[int, int]
) -> None:
    tablet = new_tablet({"width": size[0], "height": size[1]})
    page = tablet.reach_circuit(CODES)
    tablet.tap("Stations")
    expect(page.locator(".station")).to_have_count(8)
    page.evaluate(ADD_LINE)
    tablet.picture(f"stations-under-a-line-{size[0]}")
    assert page.evaluate(MEASURE_SCROLL) <= 0


def test_with_a_band_less_and_its_reason_a_chip_or_another_band_are_three_taps(
    tablet: TabletPage,
) -> None:
    page = tablet.reach_circuit(CODES[:3])
    count_taps(tablet)
    for last, group in (("Fatigue", "Why less?"), ("Shorter range", "How it was"), ("red", "Band")):
        before = read_taps(tablet)
        tablet.tile(BANDED).tap()
        if group == "Why less?":
            page.locator(".amount").nth(2).tap()
        else:
            page.locator(".set-panel .pair").get_by_role("button", name=group).tap()
        page.get_by_role("group", name=group).get_by_role("button", name=last).tap()
        assert read_taps(tablet) - before == 3
        tablet.tap("Done", ".drawer")
    tablet.wait_until_sent()
    value = tablet.ledger.of_kind("set")[-1]["value"]
    assert (value["shortfall_reason"], value["chips"]) == ("fatigue", ["shorter_range"])
    assert (value["performed"]["amount"], value["performed"]["band"]) == (10, "red")


def test_a_bounced_amount_gives_no_reason(tablet: TabletPage) -> None:
    page = tablet.reach_circuit(CODES[:3])
    tablet.tile(BANDED).tap()
    page.locator(".amount").nth(2).tap()
    page.get_by_role("button", name="Fatigue").dispatch_event("click")
    tablet.wait_until_sent()
    assert tablet.ledger.of_kind("set")[-1]["value"]["shortfall_reason"] is None


def test_as_much_as_planned_asks_for_no_reason(tablet: TabletPage) -> None:
    page = tablet.reach_circuit(CODES[:3])
    tablet.tile(BANDED).tap()
    page.locator('.amount[data-target="true"]').tap()
    tablet.tap("How it was ▸")
    expect(page.get_by_role("group", name="Why less?")).to_have_count(0)
    tablet.tap("Skipped")
    expect(page.get_by_role("group", name="Why less?")).to_be_visible()


def read_last_set(tablet: TabletPage) -> dict[str, Any]:
    """Once keys count again: a second tap at once would be a bounce."""
    tablet.wait_until_sent()
    tablet.page.wait_for_timeout(600)
    value: dict[str, Any] = tablet.ledger.of_kind("set")[-1]["value"]
    return value


@pytest.mark.parametrize("less", ["two less", "Skipped"])
def test_a_reason_for_less_goes_with_what_was_less(tablet: TabletPage, less: str) -> None:
    """No screen shows it any more, and her next sessions would go by it."""
    page = tablet.reach_circuit(CODES[:3])
    tablet.tile(BANDED).tap()
    if less == "Skipped":
        tablet.tap("How it was ▸")
        tablet.tap("Skipped", ".drawer")
        assert read_last_set(tablet)["chips"] == ["skipped"]
    else:
        page.locator(".amount").nth(2).tap()
    tablet.tap("Pain", ".drawer")
    assert read_last_set(tablet)["shortfall_reason"] == "pain"
    if less == "Skipped":
        tablet.tap("Skipped", ".drawer")
    else:
        page.locator(".drawer .back").tap()
        page.locator('.amount[data-target="true"]').tap()
    set_ = read_last_set(tablet)
    assert (set_["performed"]["amount"], set_["shortfall_reason"], set_["chips"]) == (12, None, [])


def test_fewer_still_are_so_for_the_same_reason(tablet: TabletPage) -> None:
    page = tablet.reach_circuit(CODES[:3])
    tablet.tile(BANDED).tap()
    page.locator(".amount").nth(2).tap()
    tablet.tap("Pain", ".drawer")
    page.locator(".drawer .back").tap()
    page.locator(".amount").nth(1).tap()
    set_ = read_last_set(tablet)
    assert (set_["performed"]["amount"], set_["shortfall_reason"]) == (9, "pain")


def test_form_is_either_good_or_lost(tablet: TabletPage) -> None:
    page = tablet.reach_circuit(CODES[:3])
    tablet.tile(BANDED).tap()
    tablet.tap("How it was ▸")
    tablet.tap("Form lost", ".drawer")
    assert read_last_set(tablet)["technique"] == "form_lost"
    tablet.tap("Good form", ".drawer")
    set_ = read_last_set(tablet)
    assert (set_["technique"], set_["chips"]) == ("good", [])
    expect(page.get_by_role("button", name="Form lost")).to_have_attribute("aria-pressed", "false")
    tablet.tap("Form lost", ".drawer")
    set_ = read_last_set(tablet)
    assert (set_["technique"], set_["chips"]) == ("form_lost", ["form_lost"])
