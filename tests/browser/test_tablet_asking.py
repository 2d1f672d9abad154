"""Whom the trainer looks at and asks where: the sweep's place in a round, form by the card, who is
next, and which set of hers a tap means."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from protocol.ledger.validation import decode_event
from server.sessions.domain.fold import fold_session
from tests.browser.axe import find_violations
from tests.browser.passing_time import pass_time, pass_until, take_clock
from tests.browser.tablet_page import TabletPage
from tests.tablet_evening import CODES, STATIONS

pytestmark = pytest.mark.browser

SEND_TO_LAST = """async (code) => {
  const { enter, readNowUtc } = await import("/tablet/app/state/entering.js");
  const value = { at: readNowUtc(), start_station: 7 };
  await enter(() => [{ kind: "station_assigned", about: code, value }]);
}"""
EXERCISES = [station[0] for station in STATIONS]


def rotate(tablet: TabletPage, **changes: object) -> None:
    starts = {code: place % 8 for place, code in enumerate(CODES)}
    rotation = {"direction": 1, "start_station": starts, "asked_after": [8, 8, 8]}
    tablet.ledger.evening = {"rotation": rotation | changes}


def give(tablet: TabletPage, rating: int) -> None:
    tablet.page.locator(".grade", has_text=str(rating)).first.tap()


def test_effort_is_asked_after_the_slot_that_the_rotation_names_about_where_she_has_just_been(
    tablet: TabletPage,
) -> None:
    """Also when her turn to answer comes in the next work."""
    take_clock(tablet)
    rotate(tablet, asked_after=[2, 5, 8])
    page = tablet.reach_circuit(CODES[:3])
    pass_until(2, "work", tablet)
    expect(page.locator(".effort")).to_be_hidden()
    pass_until(2, "rest", tablet)
    expect(page.locator(".effort")).to_be_visible()
    give(tablet, 11)
    pass_until(3, "work", tablet)
    give(tablet, 12)
    tablet.wait_until_sent()
    told = {one["about"]: one["value"] for one in tablet.ledger.of_kind("rpe")}
    assert [(about, one["exercise"]) for about, one in told.items()] == [
        ("P01/1", EXERCISES[1]), ("P02/1", EXERCISES[2]),
    ]  # fmt: skip


def test_they_go_round_and_begin_as_the_evenings_rotation_says(tablet: TabletPage) -> None:
    starts = {code: (place + 3) % 8 for place, code in enumerate(CODES)}
    rotate(tablet, direction=-1, start_station=starts)
    tablet.reach_circuit(CODES[:3])
    tablet.wait_until_sent()
    (started,) = tablet.ledger.of_kind("clock_started")
    assert (started["value"]["direction"], started["value"]["start_station"]) == (-1, starts)
    expect(tablet.tile("P01")).to_contain_text(STATIONS[3][1])


def test_good_form_is_said_of_all_at_a_station_once_they_are_seen(
    tablet: TabletPage,
) -> None:
    page = tablet.reach_circuit(CODES)
    tablet.tap("Stations")
    card = page.locator(".station").first
    tablet.picture("t7-stations-good-form")
    assert find_violations(page) == []
    card.get_by_role("button", name="All as planned ✓").tap()
    card.get_by_role("button", name="And good form ✓").tap()
    expect(card.get_by_role("button", name="Form said ✓")).to_be_disabled()
    other = page.locator(".station").nth(1)
    other.get_by_role("button", name="All as planned ✓").tap()
    other.get_by_role("button", name="And good form ✓").tap()
    tablet.wait_until_sent()
    said = {one["about"]: one["value"]["technique"] for one in tablet.ledger.of_kind("set")}
    names = {"P01": 0, "P09": 0, "P02": 1, "P10": 1}
    assert said == {f"{code}/{EXERCISES[n]}/1": "good" for code, n in names.items()}


def test_lost_form_stays_lost_when_the_card_says_good(tablet: TabletPage) -> None:
    page = tablet.reach_circuit(CODES)
    tablet.tile("P09").tap()
    tablet.tap("How it was ▸")
    tablet.tap("Form lost")
    tablet.tap("Done", ".drawer")
    tablet.tap("Stations")
    card = page.locator(".station").first
    card.get_by_role("button", name="All as planned ✓").tap()
    card.get_by_role("button", name="And good form ✓").tap()
    tablet.wait_until_sent()
    said = {one["about"][:3]: one["value"]["technique"] for one in tablet.ledger.of_kind("set")}
    assert said == {"P09": "form_lost", "P01": "good"}


def test_next_is_who_shares_her_station_and_then_who_comes_to_it(tablet: TabletPage) -> None:
    """Forward: P08 and nobody else began one station behind P01 and P09."""
    page = tablet.reach_circuit(CODES)
    tablet.tile("P01").tap()
    for code in ("P09", "P08", "P07", "P15"):
        tablet.tap("Next ▸")
        expect(page.locator(".drawer header")).to_contain_text(code)


def test_a_set_has_the_number_that_the_server_gives_it_also_when_she_comes_there_twice(
    tablet: TabletPage,
) -> None:
    """Sent back in the second slot, she does the first exercise again: her second set of it."""
    take_clock(tablet)
    page = tablet.reach_circuit(CODES[:2])
    pass_until(2, "work", tablet)
    page.evaluate(SEND_TO_LAST, "P01")
    pass_time(timedelta(seconds=1), tablet)  # as her station changes a tap says nothing
    tablet.tile("P01").tap()
    tablet.wait_until_sent()
    (seen,) = tablet.ledger.of_kind("set")
    assert seen["about"] == f"P01/{EXERCISES[0]}/2"
    rows = next(iter(tablet.ledger.events.values()))
    keys = ("id", "kind", "about", "value", "actor", "device", "device_seq", "occurred_at",
            "clock_offset_ms", "supersedes", "reason")  # fmt: skip
    events = [decode_event({key: row[key] for key in keys}) for row in rows]
    state = fold_session(events, seen["occurred_at"])  # type: ignore[arg-type]
    assert state["people"]["P01"]["sets"][f"{EXERCISES[0]}/2"]["event"] == seen["id"]
    assert state["counts"]["extra"] == 0


def test_a_bounced_tap_on_a_card_says_nothing_of_anybodys_form(tablet: TabletPage) -> None:
    page = tablet.reach_circuit(CODES)
    tablet.tap("Stations")
    key = page.locator(".station").first.locator(".all-planned")
    expect(key).to_have_attribute("aria-disabled", "false")
    key.evaluate("(key) => { key.click(); setTimeout(() => key.click(), 120); }")
    expect(key).to_have_text("And good form ✓")
    page.wait_for_timeout(300)  # the second click has been, and its half second has not passed
    tablet.wait_until_sent()
    said = [one["value"]["technique"] for one in tablet.ledger.of_kind("set")]
    assert said == [None, None]
