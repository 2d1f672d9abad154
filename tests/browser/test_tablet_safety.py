"""Limits on the tablet: none until a clinician signed; then look, hold, and whom to call."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.tablet_page import TabletPage
from tests.live_scene import circuit_tiles
from tests.tablet_evening import CODES

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

SIGNED: dict[str, Any] = {
    "hr_ceiling_bpm": 240, "hr_ceiling_bpm_of": {"P01": 60}, "rpe_look": 14, "rpe_act": 16,
    "signed_by": "karimi", "signed_utc": "2026-11-20T09:00:00.000Z", "sha256": "ab" * 32,
    "phones": [{"name": "Ambulance", "number": "115"},
               {"name": "Dr Karimi", "number": "+98 21 5550 100"}],
}  # fmt: skip
WORDS: dict[str, Any] = {
    "scale": "borg_6_20", "language": "fa", "anchor_pack": "borg_6_20 fa 77-A",
    "words": {"6": "made-up six", "13": "made-up thirteen", "20": "made-up twenty"},
}  # fmt: skip


def picture(tablet: TabletPage, name: str) -> None:
    """Once the flash of a change is over."""
    tablet.page.locator('.flash[data-on=""]').wait_for(state="attached")
    tablet.picture(name)


def rate(tablet: TabletPage, code: str, rating: int) -> None:
    tablet.tap("Effort (RPE)")
    tablet.page.locator(".ask-tile", has_text=code).tap()
    tablet.page.locator(".grade").nth(rating - 6).tap()
    tablet.page.locator(".effort .done").tap()


def test_without_a_signature_no_rating_holds_anybody(tablet: TabletPage) -> None:
    tablet.reach_circuit(CODES[:3])
    rate(tablet, "P02", 20)
    expect(tablet.tile("P02")).to_have_attribute("data-alert", "look")  # the week's band
    expect(tablet.tile("P02")).to_have_attribute("data-standing", "present")
    tablet.wait_until_sent()
    assert tablet.ledger.of_kind("person_held") == []


def test_a_rating_at_the_signed_limit_holds_her_in_the_same_tap_offline_too(
    tablet: TabletPage,
) -> None:
    tablet.ledger.evening = {"safety": SIGNED}
    page = tablet.reach_circuit(CODES[:3])
    tablet.context.set_offline(True)
    rate(tablet, "P02", 15)
    expect(tablet.tile("P02")).to_have_attribute("data-standing", "present")
    rate(tablet, "P02", 16)
    expect(tablet.tile("P02")).to_have_attribute("data-standing", "held")
    expect(tablet.tile("P02")).to_have_attribute("data-alert", "act")
    expect(tablet.tile("P02")).to_contain_text(
        "Look at Tea P02 now: effort 16, the study's limit is 16"
    )
    expect(page.locator(".undo")).to_contain_text("Held: the study's limit is 16")
    picture(tablet, "signed-limit")
    tablet.tap("Undo", ".undo")
    expect(tablet.tile("P02")).to_have_attribute("data-standing", "present")
    tablet.context.set_offline(False)
    tablet.wait_until_sent()
    held = tablet.ledger.of_kind("person_held")
    assert [(one["about"], one["value"] is None) for one in held] == [
        ("P02", False), ("P02", True),
    ]  # fmt: skip


def test_her_own_ceiling_asks_to_look_and_a_person_holds_her(tablet: TabletPage) -> None:
    tablet.ledger.evening = {"safety": SIGNED}
    page = tablet.reach_circuit(CODES[:3])
    tablet.wait_for_stream()
    tablet.show_straps(circuit_tiles())
    expect(tablet.tile("P01")).to_have_attribute("data-alert", "act")
    expect(tablet.tile("P02")).to_have_attribute("data-alert", "none")
    expect(tablet.tile("P01")).to_have_attribute("data-standing", "present")
    tablet.tile("P01").tap()
    expect(page.locator(".alert-line")).to_contain_text("bpm, the study's limit is 60")
    picture(tablet, "signed-ceiling")
    tablet.tap("Hold only her", ".drawer")
    expect(tablet.tile("P01")).to_have_attribute("data-standing", "held")
    expect(tablet.tile("P01")).to_have_attribute("data-alert", "act")


@pytest.mark.kept_app
def test_the_emergency_card_opens_offline_with_the_numbers_to_call(tablet: TabletPage) -> None:
    tablet.ledger.evening = {"safety": SIGNED}
    page = tablet.reach_circuit(CODES[:3])
    tablet.wait_for_worker()
    tablet.context.set_offline(True)
    page.reload()
    tablet.wait_ready()
    tablet.tile("P02").tap()
    tablet.tap("More")
    tablet.tap("Emergency card", ".drawer")
    card = page.locator(".drawer .emergency")
    for said in ("Penicillin", "Fingolimod", "Brother 0912 555 01 01", "115", "+98 21 5550 100"):
        expect(card).to_contain_text(said)
    card.scroll_into_view_if_needed()
    picture(tablet, "emergency-card-drawer")
    tablet.tap("Done", ".drawer")
    tablet.tap("■ STOP / EVENT")
    page.locator(".who-tile").nth(13).tap()
    tablet.tap("Emergency card")
    expect(page.locator(".event-sheet .emergency")).to_contain_text("Look at the paper folder")
    expect(page.locator(".event-sheet .emergency")).to_contain_text("Ambulance: 115")
    picture(tablet, "emergency-card-event")


def test_licensed_words_stand_beside_their_numbers_and_each_rating_says_whose(
    tablet: TabletPage,
) -> None:
    tablet.ledger.evening = {"effort": WORDS}
    page = tablet.reach_circuit(CODES[:3])
    tablet.tap("Effort (RPE)")
    expect(page.locator(".grade").nth(7)).to_have_text("13made-up thirteen")
    expect(page.locator(".grade").nth(6)).to_have_text("12")
    expect(page.locator(".grade span").nth(7)).to_have_attribute("lang", "fa")
    picture(tablet, "licensed-words")
    page.get_by_text("made-up thirteen").tap()  # the word is as good as the number
    page.locator(".effort .done").tap()
    tablet.wait_until_sent()
    (told,) = tablet.ledger.of_kind("rpe")
    assert (told["value"]["rating"], told["value"]["anchor_pack"]) == (13, "borg_6_20 fa 77-A")
