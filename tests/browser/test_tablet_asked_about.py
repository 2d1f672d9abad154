"""A rating is of the exercise that stood beside her name when the finger came down."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.passing_time import pass_to_before_end, pass_until, take_clock
from tests.browser.tablet_page import TabletPage
from tests.browser.test_tablet_asking import rotate
from tests.browser.test_tablet_sweep import PHONE, NewTablet, join_as_mina, tile_of
from tests.tablet_evening import CODES, STATIONS

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

A_MOMENT = timedelta(seconds=1.5)
FIRST, SECOND = STATIONS[0], STATIONS[1]
# A finger on its way as the clock turns: the eighth row, a moment after the line has changed.
TAP_AS_IT_CHANGES = """(selector) => new Promise((done) => {
  const line = document.querySelector(selector);
  const was = line.innerText;
  new MutationObserver((_, changes) => {
    if (line.innerText === was) return;
    changes.disconnect();
    setTimeout(() => {
      document.querySelectorAll(".grade")[7].click();
      done([was, line.innerText]);
    }, 60);
  }).observe(line, { subtree: true, childList: true, characterData: true });
})"""
RATE = """async ([code, exercise]) => {
  const { rate } = await import("/tablet/app/state/effort_acts.js");
  await rate(code, 1, exercise, { rating: 12, source: "said" }, null);
}"""


def tap_as_it_changes(page: Page, line: str) -> None:
    was, now = page.evaluate(TAP_AS_IT_CHANGES, line)
    assert f"{FIRST[1]}, where she has just been" in was
    assert f"{SECOND[1]}, where she has just been" in now


def give(page: Page) -> None:
    expect(page.locator(".scale")).to_have_attribute("aria-disabled", "false")
    page.locator(".grade").nth(7).tap()


def list_rated(tablet: TabletPage) -> list[tuple[str, str]]:
    tablet.wait_until_sent()
    return [(one["about"], one["value"]["exercise"]) for one in tablet.ledger.of_kind("rpe")]


def test_a_tap_as_the_work_ends_rates_no_exercise(tablet: TabletPage) -> None:
    take_clock(tablet)
    rotate(tablet)
    page = tablet.reach_circuit(CODES[:3])
    pass_until(2, "work", tablet)
    tablet.tap("Effort (RPE)")
    pass_to_before_end(A_MOMENT, tablet)
    tap_as_it_changes(page, ".asked")
    assert list_rated(tablet) == []
    give(page)
    assert list_rated(tablet) == [("P01/1", SECOND[0])]


def test_nor_does_one_on_an_assistants_phone(new_tablet: NewTablet) -> None:
    trainer, phone = new_tablet(None), new_tablet(PHONE)
    take_clock(trainer)
    take_clock(phone)
    rotate(trainer)
    trainer.reach_circuit(CODES[:3])
    trainer.wait_until_sent()
    page = join_as_mina(phone)
    phone.tap("I ask them, too")
    pass_until(2, "work", trainer, phone)
    tile_of(phone, "P01").tap()
    expect(page.locator(".where")).to_contain_text(f"{FIRST[1]}, where she has just been")
    pass_to_before_end(A_MOMENT, trainer, phone)
    tap_as_it_changes(page, ".where")
    assert list_rated(phone) == []
    give(page)
    assert list_rated(phone) == [("P01/1", SECOND[0])]


def test_a_rating_is_stored_with_the_exercise_that_was_drawn(tablet: TabletPage) -> None:
    """Whatever the clock says by the time that it is written."""
    page = tablet.reach_circuit(CODES[:2])
    page.evaluate(RATE, ["P01", SECOND[0]])
    assert list_rated(tablet) == [("P01/1", SECOND[0])]
