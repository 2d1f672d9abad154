"""E1, E2: nothing that the server can't take or has lost holds up or loses anything else."""

from collections import Counter
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.tablet_page import TabletPage
from tests.tablet_evening import CODES, SESSION

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]

ENTER_NOTE = """
async (text) => {
  const { enter } = await import("/tablet/app/state/entering.js");
  await enter(() => [{ kind: "note", about: "session", value: { text } }]);
}
"""
LIST_STAFF = """async () => {
  const { state } = await import("/tablet/app/state/model.js");
  return Object.keys(state.value.staff);
}"""
CLEAN_HALF = """
async () => {
  const { cleanText } = await import("/tablet/app/core/clean_text.js");
  return cleanText("a" + String.fromCharCode(0xd83d) + "b");
}
"""


def expect_told(tablet: TabletPage, status: int) -> None:
    """The browser says so on its console, and nothing else went wrong."""
    assert any(f"status of {status}" in one for one in tablet.trouble)
    tablet.trouble[:] = [one for one in tablet.trouble if f"status of {status}" not in one]


def waiting_ids(tablet: TabletPage) -> list[str]:
    entries = tablet.read_store("entries")
    return [one["id"] for one in entries if one["state"] == "waiting"]


@pytest.mark.parametrize("status", [400, 413])
def test_e1_one_entry_that_cannot_be_taken_is_set_aside_and_the_rest_goes(
    tablet: TabletPage, status: int
) -> None:
    page = tablet.reach_circuit(CODES[:3])
    before = tablet.wait_until_sent()
    tablet.context.set_offline(True)
    for code in CODES[:3]:
        tablet.tile(code).tap()
    poison = waiting_ids(tablet)[1]
    tablet.ledger.poison[poison] = status
    tablet.ledger.refused_ids[poison] = "a test said so"  # what the tablet is to say of it
    tablet.context.set_offline(False)
    expect(page.locator(".truth")).to_contain_text("1 set aside")
    assert len(tablet.ledger.ids) == before + 2
    page.locator(".truth-facts").tap()
    expect(page.locator(".refused")).to_contain_text("a test said so")
    expect_told(tablet, status)


def wait_to_know(tablet: TabletPage, name: str) -> None:
    """Until the tablet has heard who else works; else it says so itself."""
    for _ in range(500):
        if name in tablet.page.evaluate(LIST_STAFF):
            return
        tablet.page.wait_for_timeout(20)
    raise TimeoutError(f"the tablet never heard of {name}")


@pytest.mark.parametrize("status", [404, 500])
def test_e1_a_post_that_fails_holds_up_nobody_else_and_nothing_that_comes(
    tablet: TabletPage, new_tablet: Callable[[None], TabletPage], status: int
) -> None:
    tablet.reach_circuit(CODES[:3])
    before = tablet.wait_until_sent()
    other = new_tablet(None)
    other.join_circuit("leyla")
    wait_to_know(tablet, "leyla")
    tablet.ledger.failing["sara"] = status
    tablet.page.evaluate(ENTER_NOTE, "waits")
    tablet.switch_to("leyla")
    tablet.tile("P01").tap()
    other.tile("P02").tap()
    expect(tablet.tile("P02").locator(".tick").first).to_have_attribute("data-kind", "observed")
    expect(other.tile("P01").locator(".tick").first).to_have_attribute("data-kind", "observed")
    expect(tablet.page.locator(".truth")).to_contain_text("1 waiting")
    tablet.ledger.failing.clear()
    assert tablet.wait_until_sent() == before + 2
    expect_told(tablet, status)


@pytest.mark.parametrize("others_went_on", [False, True])
def test_e2_a_server_restored_from_a_backup_gets_again_what_it_lost(
    tablet: TabletPage, new_tablet: Callable[[None], TabletPage], others_went_on: bool
) -> None:
    tablet.reach_circuit(CODES[:3])
    saved = tablet.wait_until_sent()
    tablet.site.stop()
    tablet.ledger.restore(n_lost=5)
    if others_went_on:  # and have taken the places of what was lost
        numbers = [one["n"] for one in tablet.ledger.events[SESSION]]
        tablet.ledger.events["01a22d78-7a00-7744-9d40-000000000003"] = [
            {"id": str(n), "kind": "note", "n": max(numbers) + n} for n in range(1, 9)
        ]
    expect(tablet.page.locator(".truth")).to_contain_text("Server away")
    tablet.come_back()
    stored = [one["id"] for one in tablet.read_store("entries")]
    for _ in range(200):
        if Counter(tablet.ledger.ids) == Counter(stored):
            break
        tablet.page.wait_for_timeout(50)
    assert Counter(tablet.ledger.ids) == Counter(stored)
    assert tablet.wait_until_sent() == saved
    other = new_tablet(None)
    other.join_circuit("leyla")


def test_e2_a_head_that_fell_is_noticed_without_an_outage(tablet: TabletPage) -> None:
    tablet.reach_circuit(CODES[:3])
    tablet.wait_until_sent()
    tablet.page.wait_for_timeout(2500)  # the newest head is known here
    tablet.ledger.restore(n_lost=5)
    stored = [one["id"] for one in tablet.read_store("entries")]
    for _ in range(300):
        if Counter(tablet.ledger.ids) == Counter(stored):
            return
        tablet.page.wait_for_timeout(50)
    raise AssertionError("five entries that were lost did not come again")


def test_a_note_is_written_without_control_characters(tablet: TabletPage) -> None:
    page = tablet.reach_circuit(CODES[:1])
    tablet.tap("Note")
    page.locator("textarea").fill("a\tb\x07c")
    tablet.tap("Save note")
    tablet.wait_until_sent()
    assert [one["value"]["text"] for one in tablet.ledger.of_kind("note")] == ["a bc"]
    assert page.evaluate(CLEAN_HALF) == "ab"
