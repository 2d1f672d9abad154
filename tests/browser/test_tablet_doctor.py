"""A red answer: the trainer's decision is in front of her, and whom to call is written large."""

from typing import Any, Final

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.axe import find_violations
from tests.browser.tablet_page import TabletPage
from tests.tablet_evening import CODES

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

PHONES: Final = [{"name": "Dr Karimi", "number": "+98 21 5550 100"},
                 {"name": "Ambulance", "number": "115"}]  # fmt: skip
NO_LIMITS: Final[dict[str, Any]] = {
    "hr_ceiling_bpm": None, "hr_ceiling_bpm_of": {}, "rpe_look": None, "rpe_act": None,
    "signed_by": None, "phones": [],
}  # fmt: skip
KEYS: Final = ("Today lighter", "As planned", "Not today", "Call the doctor")


def reach_arrivals(tablet: TabletPage) -> None:
    tablet.open()
    tablet.sign_in()
    tablet.start_room_check()
    tablet.go_to_arrivals()


def answer(tablet: TabletPage, *, red: bool) -> None:
    """Her six answers on the sheet that is open."""
    sheet = tablet.page.locator(".readiness")
    for row in sheet.locator(".yes-no").all():
        row.get_by_role("button", name="Yes" if red else "No").tap()
    sheet.locator(".eleven .key").nth(3).tap()
    sheet.locator(".main-action").tap()
    sheet.wait_for(state="detached")


def expect_decision_in_front(tablet: TabletPage) -> Locator:
    """All four keys, whole, without a scroll."""
    panel = tablet.page.locator(".drawer .decision")
    for key in KEYS:
        found = panel.get_by_role("button", name=key, exact=True)
        expect(found).to_be_in_viewport(ratio=0.99)
    return panel


def test_after_a_red_answer_the_decision_is_in_front_of_the_trainer(tablet: TabletPage) -> None:
    reach_arrivals(tablet)
    tablet.tile("P05").tap()
    tablet.tap("As last time: 05")
    tablet.tap("Hand over: how are you today?")
    answer(tablet, red=True)
    panel = expect_decision_in_front(tablet)
    expect(panel).to_contain_text("She says: new symptoms")
    tablet.tap("Close", ".drawer")
    tablet.tile("P05").tap()  # looked at again before anything is decided
    expect_decision_in_front(tablet)


def test_an_undecided_red_answer_goes_before_a_strap_that_is_missing(tablet: TabletPage) -> None:
    reach_arrivals(tablet)
    tablet.tile("P05").tap()
    tablet.tap("Readiness", ".drawer")
    tablet.tap("Hand over: how are you today?")
    answer(tablet, red=True)
    tablet.tap("Close", ".drawer")
    tablet.tile("P05").tap()
    expect_decision_in_front(tablet)
    tablet.tap("As planned", ".drawer")
    tablet.tap("Done", ".drawer")
    tablet.tile("P05").tap()
    expect(tablet.page.get_by_role("button", name="As last time: 05")).to_be_visible()


def test_in_the_circuit_the_decision_comes_into_sight_too(tablet: TabletPage) -> None:
    tablet.reach_circuit(CODES[:2])
    tablet.tile("P02").tap()
    tablet.tap("More")
    tablet.tap("Hand over: how are you today?", ".drawer")
    answer(tablet, red=True)
    expect_decision_in_front(tablet)
    tablet.picture("t5-decision-circuit")


def test_the_key_that_gave_the_tablet_back_decides_nothing_when_it_bounces(
    tablet: TabletPage,
) -> None:
    reach_arrivals(tablet)
    tablet.tile("P05").tap()
    tablet.tap("Readiness", ".drawer")
    tablet.tap("Hand over: how are you today?")
    answer(tablet, red=True)
    key = tablet.page.locator(".decision .pair .key").first
    key.dispatch_event("click")  # in the same blink
    expect(key).to_have_attribute("aria-disabled", "false")
    tablet.wait_until_sent()
    assert tablet.ledger.of_kind("readiness_decision") == []
    tablet.tap("Today lighter", ".drawer")
    tablet.wait_until_sent()
    assert len(tablet.ledger.of_kind("readiness_decision")) == 1


def call_the_doctor(tablet: TabletPage, code: str) -> Locator:
    reach_arrivals(tablet)
    tablet.tile(code).tap()
    tablet.tap("Readiness", ".drawer")
    tablet.tap("Hand over: how are you today?")
    answer(tablet, red=True)
    tablet.tap("Call the doctor", ".drawer")
    return tablet.page.locator(".drawer .doctor")


def test_call_the_doctor_shows_the_numbers_large_and_her_emergency_card(
    tablet: TabletPage,
) -> None:
    tablet.ledger.evening = {"safety": {**NO_LIMITS, "phones": PHONES}}
    card = call_the_doctor(tablet, "P05")
    numbers = card.locator(".phone")
    expect(numbers).to_have_text(["Dr Karimi: +98 21 5550 100", "Ambulance: 115"])
    for number in numbers.all():
        expect(number).to_have_css("font-size", "40px")
        expect(number).to_be_in_viewport(ratio=0.99)
    for said in ("Brother 0912 555 01 04", "Penicillin", "Fingolimod"):
        expect(card).to_contain_text(said)
    tablet.picture("t5-doctor")
    assert find_violations(tablet.page) == []
    assert tablet.page.evaluate("document.querySelector('.doctor').scrollWidth") <= 380


def test_without_stored_numbers_it_says_so_and_what_to_do(tablet: TabletPage) -> None:
    card = call_the_doctor(tablet, "P14")
    expect(card).to_contain_text("No phone numbers are stored on this tablet.")
    expect(card).to_contain_text("Take the study doctor's number from the paper folder")
    expect(card).to_contain_text("No emergency card is on this tablet for P14.")
    tablet.picture("t5-doctor-no-numbers")
    assert find_violations(tablet.page) == []
