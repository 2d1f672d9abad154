"""Taps that nobody meant: a finger that bounces, a hand that trembles, a disk that is slow."""

import pytest
from playwright.sync_api import expect

from tests.browser.bouncing import IMPATIENT_MS, tap_twice
from tests.browser.tablet_page import TabletPage
from tests.browser.test_tablet_core import Run, run  # noqa: F401
from tests.browser.troubled_disk import BUSY_DISK
from tests.tablet_evening import CODES, make_planned

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]


@pytest.mark.parametrize(("after_ms", "meant"), [(0, False), (499, False), (500, True)])
def test_a_tap_is_meant_for_what_has_stood_there_for_half_a_second(
    run: Run,  # noqa: F811
    after_ms: int,
    meant: bool,
) -> None:
    assert run("meant", "isMeant", 7000 + after_ms, 7000) is meant


def test_a_bounced_tap_rates_one_woman(tablet: TabletPage) -> None:
    page = tablet.reach_circuit(CODES[:4])
    tablet.tap("Effort (RPE)")
    expect(page.locator(".scale")).to_have_attribute("aria-disabled", "false")
    tap_twice(tablet, ".grade", "13")
    assert [one["about"] for one in tablet.ledger.of_kind("rpe")] == ["P01/1"]
    expect(page.locator(".asked")).to_contain_text("P02")
    page.locator(".grade").nth(4).tap()  # when the hand is still, the next tap counts
    tablet.wait_until_sent()
    told = [(one["about"], one["value"]["rating"]) for one in tablet.ledger.of_kind("rpe")]
    assert told == [("P01/1", 13), ("P02/1", 10)]


def test_a_bounce_on_the_key_that_opens_the_sweep_rates_nobody(tablet: TabletPage) -> None:
    page = tablet.reach_circuit(CODES[:4])
    tablet.tap("Effort (RPE)")
    page.get_by_role("button", name="She'd rather not").dispatch_event("click")
    tablet.wait_until_sent()
    assert tablet.ledger.of_kind("rpe") == []


def test_a_bounced_tap_asks_one_woman_how_she_feels(tablet: TabletPage) -> None:
    tablet.reach_circuit(CODES[:3])
    tablet.page.evaluate("""async () => {
      (await import("/tablet/app/state/ui.js")).openSheet("feeling");
    }""")
    expect(tablet.page.locator(".scale")).to_have_attribute("aria-disabled", "false")
    tap_twice(tablet, ".grade", "7")
    assert [one["about"] for one in tablet.ledger.of_kind("feeling")] == ["P01"]


def test_a_bounced_cut_cuts_one_round(tablet: TabletPage) -> None:
    tablet.reach_circuit(CODES[:3])
    key = tablet.page.get_by_role("button", name="Cut last round")
    expect(key).to_have_attribute("aria-disabled", "false")
    tap_twice(tablet, "footer .key", "Cut last")
    assert [one["value"]["rounds"] for one in tablet.ledger.of_kind("clock_cut")] == [2]
    expect(tablet.page.locator(".band h1")).to_contain_text("Round 1 of 2")
    tablet.page.evaluate("""async () => {
      const { cutRounds } = await import("/tablet/app/state/clock_acts.js");
      await Promise.all([cutRounds(2, "again"), cutRounds(1, "once"), cutRounds(1, "twice")]);
    }""")
    tablet.wait_until_sent()
    assert [one["value"]["rounds"] for one in tablet.ledger.of_kind("clock_cut")] == [2, 1]


def impatient(tablet: TabletPage, selector: str, words: str) -> None:
    tablet.page.evaluate(BUSY_DISK, 1200)
    tap_twice(tablet, selector, words, IMPATIENT_MS)


def test_two_taps_before_the_disk_answers_are_one_note_and_one_event(tablet: TabletPage) -> None:
    tablet.ledger.planned = make_planned(work_s=600)
    page = tablet.reach_circuit(CODES[:3])
    tablet.tap("Note")
    page.locator("textarea").fill("the fan is loud")
    impatient(tablet, ".note .done", "Save")
    assert len(tablet.ledger.of_kind("note")) == 1
    tablet.tap("Note")
    tablet.tap("Fig P01", ".note")
    impatient(tablet, ".note .chip", "Wet towel")
    assert len(tablet.ledger.of_kind("cooling_given")) == 1
    tablet.tap("■ STOP / EVENT")
    page.locator(".who-tile").nth(1).tap()
    expect(page.locator(".what-keys")).to_have_attribute("aria-disabled", "false")
    impatient(tablet, ".what-key", "Fall")
    assert len(tablet.ledger.of_kind("adverse_event")) == 1


def test_a_bounce_on_the_tile_of_the_one_who_is_stopped_says_no_event(tablet: TabletPage) -> None:
    page = tablet.reach_circuit(CODES[:3])
    tablet.tap("■ STOP / EVENT")
    page.locator(".who-tile").nth(0).tap()
    page.locator(".what-key").first.dispatch_event("click")
    tablet.wait_until_sent()
    assert tablet.ledger.of_kind("adverse_event") == []
    assert len(tablet.ledger.of_kind("person_held")) == 1
