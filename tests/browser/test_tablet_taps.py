"""How many taps it takes: each counted on the real screen."""

from datetime import timedelta

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.passing_time import pass_time, take_clock
from tests.browser.tablet_page import TabletPage
from tests.live_scene import good_tile
from tests.tablet_evening import CODES, make_planned

pytestmark = pytest.mark.browser

COUNT_TAPS = """
() => {
  window.taps = 0;
  addEventListener("click", () => (window.taps += 1), { capture: true });
}
"""


def count_taps(tablet: TabletPage) -> None:
    tablet.page.evaluate(COUNT_TAPS)


def read_taps(tablet: TabletPage) -> int:
    taps: int = tablet.page.evaluate("window.taps")
    return taps


def tick(tablet: TabletPage, code: str) -> Locator:
    return tablet.tile(code).locator(".tick").first


def test_one_persons_exception_takes_three_taps(tablet: TabletPage) -> None:
    page = tablet.reach_circuit(CODES[:3])
    count_taps(tablet)
    tablet.tile("P01").tap()
    page.locator(".amount").nth(2).tap()
    page.get_by_role("button", name="Fatigue").tap()
    assert read_taps(tablet) == 3
    tablet.wait_until_sent()
    last = tablet.ledger.of_kind("set")[-1]["value"]
    assert (last["performed"]["amount"], last["shortfall_reason"]) == (7, "fatigue")
    assert (last["evidence"], last["prescribed"]["amount"]) == ("observed", 9)
    tablet.picture("exception")


def test_a_tap_on_a_tile_says_that_she_was_seen(tablet: TabletPage) -> None:
    tablet.reach_circuit(CODES[:3])
    expect(tick(tablet, "P01")).to_have_attribute("data-kind", "open")
    tablet.tile("P01").tap()
    expect(tick(tablet, "P01")).to_have_attribute("data-kind", "observed")
    tablet.tap("Undo")
    expect(tick(tablet, "P01")).to_have_attribute("data-kind", "open")
    tablet.wait_until_sent()
    first, second = tablet.ledger.of_kind("set")
    assert (second["value"], second["supersedes"]) == (None, first["id"])
    assert second["reason"] == "undone at once"


def test_what_nobody_saw_is_assumed_and_no_entry(tablet: TabletPage) -> None:
    tablet.ledger.planned = make_planned(work_s=2, rest_s=60)
    tablet.reach_circuit(CODES[:3])
    expect(tick(tablet, "P02")).to_have_attribute("data-kind", "assumed")
    expect(tick(tablet, "P10")).to_have_attribute("data-kind", "missed")
    assert tablet.ledger.of_kind("set") == []
    tablet.tap("Stations")
    tablet.page.get_by_role("button", name="All as planned ✓").first.tap()
    tablet.tap("Tiles")
    expect(tick(tablet, "P01")).to_have_attribute("data-kind", "observed")
    expect(tick(tablet, "P02")).to_have_attribute("data-kind", "assumed")
    tablet.wait_until_sent()
    assert [one["about"] for one in tablet.ledger.of_kind("set")] == ["P01/sit-to-stand/1"]


def test_fifteen_ratings_take_fifteen_taps_and_go_to_the_right_women(tablet: TabletPage) -> None:
    page = tablet.reach_circuit()
    count_taps(tablet)
    tablet.tap("Effort (RPE)")
    given = [9 + place % 5 for place in range(15)]
    for place, rating in enumerate(given):
        expect(page.locator(".asked")).to_contain_text(CODES[place])
        page.locator(".grade").nth(rating - 6).tap()
    expect(page.get_by_text("Everybody is asked ✓")).to_be_visible()
    assert read_taps(tablet) <= 16
    tablet.tap("Done", ".effort")
    tablet.wait_until_sent()
    told = {one["about"]: one["value"]["rating"] for one in tablet.ledger.of_kind("rpe")}
    assert told == {f"{code}/1": rating for code, rating in zip(CODES, given, strict=True)}
    first = tablet.ledger.of_kind("rpe")[0]["value"]
    assert (first["exercise"], first["source"], first["anchor_pack"]) == (
        *("sit-to-stand", "said", "none"),
    )


def test_an_event_stops_her_with_the_second_tap_offline_too(tablet: TabletPage) -> None:
    page = tablet.reach_circuit()
    tablet.wait_until_sent()
    tablet.context.set_offline(True)
    count_taps(tablet)
    tablet.tap("■ STOP / EVENT")
    page.locator(".who-tile").nth(6).tap()
    assert read_taps(tablet) == 2
    expect(tablet.tile("P07")).to_have_attribute("data-standing", "held")
    tablet.tap("Fall")
    expect(tablet.tile("P07")).to_have_attribute("data-standing", "stopped")
    expect(page.locator(".band")).to_have_attribute("data-state", "held")
    tablet.context.set_offline(False)
    tablet.wait_until_sent()
    event = tablet.ledger.of_kind("adverse_event")[0]["value"]
    assert (event["participant"], event["what"]) == ("P07", "fall")
    assert (event["context"]["exercise"], event["context"]["set"]) == ("static-lunge", 1)


def test_an_emergency_card_opens_without_a_network(tablet: TabletPage) -> None:
    page = tablet.reach_circuit()
    tablet.context.set_offline(True)
    tablet.tap("■ STOP / EVENT")
    page.locator(".who-tile").nth(2).tap()
    tablet.tap("Emergency card")
    expect(page.locator(".emergency")).to_contain_text("Brother 0912 555 01 02")


def test_not_an_event_after_all_keeps_both(tablet: TabletPage) -> None:
    page = tablet.reach_circuit()
    tablet.tap("■ STOP / EVENT")
    page.locator(".who-tile").nth(0).tap()
    tablet.tap("Near-fall")
    tablet.tap("Not an event after all")
    expect(page.get_by_text("Both entries stay in the record.")).to_be_visible()
    expect(tablet.tile("P01")).to_have_attribute("data-standing", "present")
    tablet.wait_until_sent()
    first, second = tablet.ledger.of_kind("adverse_event")
    assert (second["value"], second["supersedes"]) == (None, first["id"])


def test_somebody_late_gets_a_station_and_a_prescription(tablet: TabletPage) -> None:
    tablet.reach_circuit(CODES[:3])
    expect(tablet.tile("P09")).to_have_attribute("data-standing", "expected")
    tablet.tile("P09").tap()
    tablet.tap("More")
    tablet.tap("She is here")
    expect(tablet.tile("P09")).to_have_attribute("data-standing", "present")
    expect(tablet.tile("P09")).to_have_attribute("data-late", "true")
    tablet.wait_until_sent()
    told = {one["about"] for one in tablet.ledger.of_kind("prescription")}
    assert told == {"P01", "P02", "P03", "P09"}


def test_only_one_is_held_and_goes_on_and_a_mistaken_stop_is_no_event(tablet: TabletPage) -> None:
    page = tablet.reach_circuit(CODES[:3])
    tablet.tile("P02").tap()
    tablet.tap("More")
    tablet.tap("Hold only her")
    expect(tablet.tile("P02")).to_have_attribute("data-standing", "held")
    tablet.tap("She goes on")
    tablet.tap("Done", ".drawer")
    tablet.tap("■ STOP / EVENT")
    page.locator(".who-tile").nth(2).tap()
    tablet.tap("Nothing happened: she goes on")
    expect(tablet.tile("P03")).to_have_attribute("data-standing", "present")
    tablet.wait_until_sent()
    assert [one["about"] for one in tablet.ledger.of_kind("person_resumed")] == ["P02"]
    slip = tablet.ledger.of_kind("person_held")[-1]
    assert (slip["about"], slip["value"]) == ("P03", None)
    assert tablet.ledger.of_kind("adverse_event") == []


def test_two_starts_of_the_clock_are_one(tablet: TabletPage) -> None:
    page = tablet.open()
    tablet.sign_in()
    tablet.start_room_check()
    tablet.go_to_arrivals()
    tablet.start_warm_up()
    page.get_by_role("button", name="Start the circuit").dblclick()
    page.locator('[data-screen="circuit"]').wait_for()
    tablet.wait_until_sent()
    assert len(tablet.ledger.of_kind("clock_started")) == 1


def test_hold_all_stops_the_clock_for_good_until_somebody_goes_on(tablet: TabletPage) -> None:
    page = tablet.reach_circuit(CODES[:2])
    tablet.tap("Hold all")
    expect(page.locator(".band")).to_contain_text("Held. Recording goes on")
    held = page.locator(".clock").inner_text()
    page.wait_for_timeout(1500)
    assert page.locator(".clock").inner_text() == held
    tablet.tap("Go on")
    tablet.tap("+15 s")
    expect(page.locator(".clock")).not_to_have_text(held)
    tablet.wait_until_sent()
    assert tablet.ledger.of_kind("clock_extended")[0]["value"]["seconds"] == 15


def test_tiles_never_move_by_themselves(tablet: TabletPage) -> None:
    page = tablet.reach_circuit()
    tablet.tap("Effort (RPE)")
    page.locator(".grade").nth(14).tap()
    page.locator(".effort .done").tap()
    expect(tablet.tile("P01")).to_have_attribute("data-alert", "look")
    order = page.locator(".tile").evaluate_all("all => all.map((one) => one.dataset.code)")
    assert order == list(CODES)


def test_a_make_up_that_nobody_planned_plans_itself(tablet: TabletPage) -> None:
    tablet.ledger.tonight = None
    page = tablet.open()
    tablet.sign_in()
    expect(page.get_by_text("No session planned today.")).to_be_visible()
    tablet.picture("t2-nothing-planned")
    tablet.tap("Start an unplanned make-up")
    page.locator('[data-screen="room_check"]').wait_for()
    tablet.wait_until_sent()
    (events,) = tablet.ledger.events.values()
    planned = events[0]["value"]
    assert (events[0]["kind"], planned["ordinal"]) == ("session_planned", None)
    assert planned["participants"] == list(CODES)


def test_notes_cooling_and_the_sync_moment_are_entries(tablet: TabletPage) -> None:
    take_clock(tablet)
    page = tablet.open()
    tablet.sign_in()
    tablet.start_room_check()
    tablet.go_to_arrivals()
    tablet.give_straps(["P06"])
    tablet.start_warm_up()
    tablet.wait_for_stream()
    tablet.tap("All together: three knocks now")
    tablet.show_straps([good_tile(6, knocked_age_s=0.5), good_tile(7)])
    expect(page.get_by_text("Knocks heard from 1 strap")).to_be_visible()
    expect(page.get_by_role("button", name="Listening: ")).to_be_disabled()
    pass_time(timedelta(seconds=12), tablet)
    expect(page.get_by_role("button", name="All together")).to_be_enabled()
    tablet.start_circuit()
    tablet.tap("Note")
    tablet.tap("Fox P06", ".note")
    page.get_by_label("Text").fill("Cramp in the left calf, gone after a stretch.")
    tablet.tap("Save note")
    tablet.tap("Note")
    tablet.tap("Fox P06", ".note")
    tablet.tap("Wet towel")
    tablet.wait_until_sent()
    assert tablet.ledger.of_kind("sync_moment")[0]["value"] == {"heard": ["8AA87D06"]}
    assert tablet.ledger.of_kind("note")[0]["about"] == "P06"
    assert tablet.ledger.of_kind("cooling_given")[0]["value"] == {"kind": "wet_towel"}
