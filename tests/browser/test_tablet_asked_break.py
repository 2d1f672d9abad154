"""P2: a break that she asked for on her own phone is on the trainer's tiles; a tap ends it."""

import pytest
from playwright.sync_api import expect

from protocol.ledger.uuid7 import make_uuid7
from tests.browser.tablet_page import TabletPage

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]

READ_SESSION = """
async () => (await import("/tablet/app/state/model.js")).sessionId.value
"""


def test_a_break_that_she_asked_for_is_a_look_and_a_trainer_lets_her_go_on(
    tablet: TabletPage,
) -> None:
    page = tablet.reach_circuit()
    tile = tablet.tile("P04")
    expect(tile).to_have_attribute("data-alert", "none")
    at = tablet.ledger.now()
    event = {
        "id": make_uuid7(1_800_000_000_000, bytes(10)),
        "kind": "person_held",
        "about": "P04",
        "value": {"at": at, "why": None},
        "actor": "participant.p04",
        "device": "00000000000000b2",
        "device_seq": 1,
        "occurred_at": at,
        "clock_offset_ms": 0,
        "supersedes": None,
        "reason": None,
    }
    tablet.ledger.append(page.evaluate(READ_SESSION), event)
    expect(tile).to_have_attribute("data-standing", "held")
    expect(tile).to_have_attribute("data-alert", "look")
    expect(tile).to_contain_text("P04 asks for a break")
    tile.tap()
    expect(page.locator(".alert-line")).to_contain_text("P04 asks for a break")
    tablet.tap("More", ".drawer")
    tablet.tap("She goes on", ".drawer", exact=False)
    expect(tile).to_have_attribute("data-standing", "present")
    expect(tile).to_have_attribute("data-alert", "none")
