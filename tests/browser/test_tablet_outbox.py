"""E1, E2: what was shown as saved is there, whatever happens to server, network or sign-in."""

import json
import re
from collections import Counter

import pytest
from playwright.sync_api import expect

from protocol.ledger.event import LedgerEvent
from server.sessions.outbox_file import decode_outbox
from tests.browser.tablet_page import TabletPage
from tests.tablet_evening import CODES, SESSION

pytestmark = pytest.mark.browser


def expect_exactly_once(tablet: TabletPage) -> None:
    """Everything in the tablet's store is on the server, once, and nothing else is."""
    stored = [entry["id"] for entry in tablet.read_store("entries")]
    assert Counter(tablet.ledger.ids) == Counter(stored)


def test_e1_without_a_network_the_session_goes_on_and_nothing_is_lost(tablet: TabletPage) -> None:
    page = tablet.reach_circuit(CODES[:3])
    before = tablet.wait_until_sent()
    tablet.context.set_offline(True)
    for code in CODES[:3]:
        tablet.tile(code).tap()
    tablet.wait_for_counts(before + 3, before)
    expect(page.locator(".truth")).to_contain_text("3 waiting")
    expect(page.locator(".truth")).to_contain_text("Server away")
    tablet.picture("offline")
    tablet.context.set_offline(False)
    assert tablet.wait_until_sent() == before + 3
    expect_exactly_once(tablet)


def test_e1_the_server_stops_in_mid_circuit_and_comes_back(tablet: TabletPage) -> None:
    page = tablet.reach_circuit(CODES[:5])
    before = tablet.wait_until_sent()
    tablet.lose_server()
    for code in CODES[:5]:
        tablet.tile(code).tap()
        page.locator(".amount").nth(1).tap()
        tablet.tap("Done", ".drawer")
    tablet.wait_for_counts(before + 10, before)
    tablet.come_back()
    assert tablet.wait_until_sent() == before + 10
    expect_exactly_once(tablet)


@pytest.mark.kept_app
def test_e1_the_app_opens_without_a_server_at_the_same_second(tablet: TabletPage) -> None:
    page = tablet.reach_circuit(CODES[:4])
    tablet.tile("P01").tap()
    tablet.tap("Done")
    tablet.wait_until_sent()
    tablet.wait_for_worker()
    tablet.site.stop()
    ends = page.evaluate(READ_ENDS)
    page.reload()
    tablet.wait_ready()
    assert page.evaluate(READ_ENDS) == ends
    expect(page.locator(".resume")).to_have_text(
        re.compile(r"Back after 0:0\d\. Nothing was lost\. The clock went on\.")
    )
    expect(tablet.tile("P01").locator(".tick").first).to_have_attribute("data-kind", "observed")
    tablet.picture("resumed")
    tablet.come_back()
    tablet.wait_until_sent()
    expect_exactly_once(tablet)


# The clock's end is absolute: two starts that agree on it show the same second.
READ_ENDS = """
async () => {
  const { state } = await import("/tablet/app/state/model.js");
  return [state.value.clock.segment, state.value.clock.ends_at];
}
"""


def test_e1_an_answer_that_is_lost_on_the_way_doubles_nothing(tablet: TabletPage) -> None:
    tablet.reach_circuit(CODES[:2])
    before = tablet.wait_until_sent()
    tablet.ledger.lose_answers = 3
    tablet.tile("P01").tap()
    tablet.tile("P02").tap()
    assert tablet.wait_until_sent() == before + 2
    assert tablet.ledger.lose_answers == 0
    expect_exactly_once(tablet)


def test_the_truth_line_says_what_is_backed_up(tablet: TabletPage) -> None:
    page = tablet.reach_circuit(CODES[:2])
    saved = tablet.wait_until_sent()
    expect(page.locator(".truth")).to_contain_text("no backup")
    newest = max(event["n"] for event in tablet.ledger.events[SESSION])
    tablet.ledger.backed_up = newest - 1
    expect(page.locator(".truth")).to_contain_text(f"on server {saved}backed up {saved - 1}")
    tablet.picture("backed-up")
    page.locator(".truth-facts").tap()
    expect(page.locator(".connection")).to_contain_text(
        f"{saved - 1} of {saved} entries are in a backup on another disk."
    )


def test_e1_a_double_tap_is_one_set(tablet: TabletPage) -> None:
    page = tablet.reach_circuit(CODES[:2])
    tablet.tile("P01").tap()
    page.locator(".amount").nth(2).dblclick()
    tablet.wait_until_sent()
    sets = tablet.ledger.of_kind("set")
    assert [one["about"] for one in sets] == ["P01/sit-to-stand/1"] * 2
    assert sets[1]["supersedes"] == sets[0]["id"]


def test_e2_an_expired_sign_in_keeps_the_queue_until_she_is_back(tablet: TabletPage) -> None:
    page = tablet.reach_circuit(CODES[:2])
    before = tablet.wait_until_sent()
    tablet.ledger.expire_sign_ins()
    tablet.tile("P01").tap()
    expect(page.locator(".truth")).to_contain_text("Signed out: enter your PIN")
    page.reload()
    tablet.wait_ready()
    expect(page.locator(".truth")).to_contain_text("1 waiting")
    assert len(tablet.ledger.ids) == before
    tablet.switch_to("sara")
    assert tablet.wait_until_sent() == before + 1
    expect_exactly_once(tablet)


def test_e2_entries_of_somebody_whose_pin_the_server_never_saw_wait_for_her(
    tablet: TabletPage,
) -> None:
    page = tablet.reach_circuit(CODES[:3])
    before = tablet.wait_until_sent()
    tablet.context.set_offline(True)
    tablet.switch_to("leyla")
    tablet.tile("P01").tap()
    tablet.switch_to("sara")
    tablet.tile("P02").tap()
    tablet.context.set_offline(False)
    expect(page.locator(".truth")).to_contain_text("leyla: enter your PIN")
    expect(page.locator(".truth")).to_contain_text("2 waiting")  # and that she is there
    assert len(tablet.ledger.ids) == before + 1
    tablet.switch_to("leyla")
    assert tablet.wait_until_sent() == before + 3
    assert [one["actor"] for one in tablet.ledger.of_kind("set")] == ["sara", "leyla"]
    expect_exactly_once(tablet)


def test_what_the_server_refuses_is_set_aside_and_the_rest_goes(tablet: TabletPage) -> None:
    page = tablet.reach_circuit(CODES[:3])
    before = tablet.wait_until_sent()
    tablet.context.set_offline(True)
    for code in CODES[:3]:
        tablet.tile(code).tap()
    waiting = [one for one in tablet.read_store("entries") if one["state"] == "waiting"]
    tablet.ledger.refused_ids[waiting[1]["id"]] = "an amount from 0 to 999, not '12'"
    tablet.context.set_offline(False)
    expect(page.locator(".truth")).to_contain_text("1 set aside")
    assert len(tablet.ledger.ids) == before + 2
    page.locator(".truth-facts").tap()
    told = page.locator(".refused")
    expect(told).to_contain_text("set P02/hip-abduction-band/1: One of its values isn't possible.")
    expect(told).not_to_contain_text("an amount from 0 to 999")
    said = page.evaluate(SAY_REFUSALS, [*CODES_OF_REFUSALS, "new_code"])
    assert [words != "of the server" for words in said] == [True] * len(CODES_OF_REFUSALS) + [False]
    tablet.picture("set-aside")
    with page.expect_download() as download:
        tablet.tap("Save outbox to file")
    saved = decode_outbox(download.value.path().read_text("utf-8"))
    assert (saved.study, len(saved.entries)) == ("razi", before + 3)
    assert [one.was_refused for one in saved.entries].count(True) == 1
    assert all(isinstance(one.event, LedgerEvent) for one in saved.entries)


# All that protocol/ledger/validation.py, granting and service refuse an entry by.
CODES_OF_REFUSALS = (
    "event_invalid", "kind_unknown", "kind_reserved", "about_invalid", "value_invalid",
    "participant_unknown", "not_granted",
)  # fmt: skip
SAY_REFUSALS = """async (codes) => {
  const { sayRefusal } = await import("/tablet/app/screens/refusal_words.js");
  return codes.map((code) => sayRefusal({ code, message: "of the server" }));
}"""


def test_e5_a_queue_survives_signing_in_as_somebody_else(tablet: TabletPage) -> None:
    """Switching who works never ends anything and drops nothing."""
    tablet.reach_circuit(CODES[:2])
    tablet.context.set_offline(True)
    tablet.tile("P01").tap()
    stored = tablet.read_store("entries")
    tablet.switch_to("leyla")
    news = [one["envelope"] for one in tablet.read_store("entries") if one not in stored]
    assert len(tablet.read_store("entries")) == len(stored) + 1
    assert [(one["kind"], one["about"]) for one in news] == [("staff_present", "leyla")]
    assert tablet.page.locator('[data-screen="circuit"]').count() == 1


def test_e6_the_store_holds_no_names_no_cards_no_pins(tablet: TabletPage) -> None:
    tablet.reach_circuit(CODES[:2])
    found = json.dumps([tablet.read_store(store) for store in ("entries", "received", "kept")])
    local = tablet.page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    for secret in ("Leila", "Maryam", "0912 555", "Fingolimod", "271828", "Penicillin"):
        assert secret not in found + local
    expect(tablet.tile("P01")).to_contain_text("Leila")
    keys = tablet.page.evaluate(FIND_KEYS)
    assert keys == [False, False]


# Whether the keys beside the encrypted records could be read out.
FIND_KEYS = """
async () => {
  const open = indexedDB.open("doseline-tablet");
  await new Promise((done) => (open.onsuccess = done));
  const kept = open.result.transaction("kept").objectStore("kept");
  const records = ["people", "verifiers"].map((name) => kept.get(`sealed/${name}`));
  await new Promise((done) => (kept.transaction.oncomplete = done));
  open.result.close();
  return records.map((record) => record.result.key.extractable);
}
"""


def test_two_tablets_see_each_other_and_the_same_second(
    tablet: TabletPage, new_tablet: object
) -> None:
    assert callable(new_tablet)
    tablet.reach_circuit(CODES[:3])
    tablet.wait_until_sent()
    other: TabletPage = new_tablet(None)
    other.open()
    other.sign_in()
    other.tap("Start room check")
    other.page.locator('[data-screen="circuit"]').wait_for()
    assert other.page.evaluate(READ_ENDS) == tablet.page.evaluate(READ_ENDS)
    seconds = [one.page.locator(".clock").inner_text() for one in (tablet, other)]
    apart = [int(m) * 60 + int(s) for m, s in (text.split(":") for text in seconds)]
    assert abs(apart[0] - apart[1]) <= 1
    other.tile("P02").tap()
    expect(tablet.tile("P02").locator(".tick").first).to_have_attribute("data-kind", "observed")
    phases = [one["value"]["phase"] for one in tablet.ledger.of_kind("phase_entered")]
    assert phases == ["room_check", "arrivals", "warmup", "circuit"]
    assert SESSION in tablet.ledger.events


NOTE_TRANSACTIONS = """
window.written = [];
const real = IDBDatabase.prototype.transaction;
IDBDatabase.prototype.transaction = function (stores, mode, options) {
  if (mode === "readwrite") window.written.push([[stores].flat().join(), options?.durability]);
  return real.call(this, stores, mode, options);
};
"""


def test_e1_every_write_asks_for_the_disk_and_not_for_a_cache(tablet: TabletPage) -> None:
    """`default` and `relaxed` lost thousands of finished transactions in power cuts."""
    tablet.context.add_init_script(NOTE_TRANSACTIONS)
    page = tablet.reach_circuit(CODES[:2])
    tablet.tile("P01").tap()
    tablet.wait_until_sent()
    written: list[list[str]] = page.evaluate("window.written")
    assert ["entries,kept", "strict"] in written
    assert {durability for _, durability in written} == {"strict"}
