"""Taps on whoever came when the circuit ran: what they don't say, and what breaks a warm-up off."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.passing_time import pass_time, pass_until, take_clock
from tests.browser.tablet_page import TabletPage
from tests.browser.test_tablet_latecomers import READ_SETS, begin, come_late, let_pass
from tests.tablet_evening import CODES, STATIONS, make_planned

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

# As before the last module has come in.
STOP_AT_ONCE = """async (code) => {
  const { warming } = await import("/tablet/app/state/people.js");
  const { holdPerson } = await import("/tablet/app/state/attendance.js");
  warming.value = {};
  await holdPerson(code, "stopped by a person", null);
}"""

HOLD = """async (code) => {
  const { holdPerson } = await import("/tablet/app/state/attendance.js");
  await holdPerson(code, "stopped by a person", null);
}"""
GO_ON = """async (code) => {
  const { resumePerson } = await import("/tablet/app/state/attendance.js");
  await resumePerson(code, null);
}"""
FORGET_AT_START = """async (code) => {
  const { enter } = await import("/tablet/app/state/entering.js");
  const { things } = await import("/tablet/app/state/model.js");
  const { shown: { id, value } } = things.value.all.find(({ kind }) => kind === "clock_started");
  const { [code]: own, ...start_station } = value.start_station;
  await enter(() => [{ kind: "clock_started", about: "clock", value: { ...value, start_station },
    supersedes: id, reason: "not planned" }]);
}"""
AWAY = """async (code, statuses = ["away"]) => {
  const { enter } = await import("/tablet/app/state/entering.js");
  const { draftAttendance } = await import("/tablet/app/state/attending.js");
  for (const status of statuses) await enter(() => [draftAttendance(code, status)]);
}"""
AWAY_AND_BACK = f"async (code) => ({AWAY})(code, ['away', 'back'])"


def begin_short(tablet: TabletPage) -> None:
    take_clock(tablet)
    tablet.ledger.planned = make_planned()
    tablet.ledger.planned["minutes"]["late_warmup"] = 5
    tablet.reach_circuit(CODES[:3])


def look_at(tablet: TabletPage, code: str, place: int) -> None:
    """Where she is; not as the clock turns, when a tap says nothing."""
    pass_time(timedelta(seconds=1), tablet)
    expect(tablet.tile(code)).to_contain_text(STATIONS[place][1])
    tablet.tile(code).tap()
    tablet.page.locator(".drawer").wait_for()


def list_seen(tablet: TabletPage) -> list[str]:
    tablet.wait_until_sent()
    return [one["about"] for one in tablet.ledger.of_kind("set") if one["value"]]


def expect_only_the_next_seen(tablet: TabletPage, code: str, slot: int) -> None:
    """A look now says nothing; one in the next slot that she works in is of its set."""
    look_at(tablet, code, 1)
    assert list_seen(tablet) == []
    tablet.tap("Done", ".drawer")
    pass_until(slot, "work", tablet)
    look_at(tablet, code, 2)
    assert list_seen(tablet) == [f"{code}/{STATIONS[2][0]}/1"]


def hold_for_a_while(tablet: TabletPage, code: str) -> None:
    tablet.page.evaluate(HOLD, code)
    pass_time(timedelta(seconds=5), tablet)
    tablet.page.evaluate(GO_ON, code)
    expect(tablet.tile(code)).to_have_attribute("data-standing", "present")


def test_a_look_at_whoever_may_still_warm_up_says_no_set_and_keeps_the_offer(
    tablet: TabletPage,
) -> None:
    begin_short(tablet)
    come_late(tablet, "P09")
    tablet.tap("Done", ".drawer")
    pass_until(2, "work", tablet)  # which began after she had come
    look_at(tablet, "P09", 1)
    assert list_seen(tablet) == []
    expect(tablet.page.locator(".late-panel")).to_contain_text("Short warm-up first: 5:00")
    tablet.tap("Done", ".drawer")
    pass_until(3, "work", tablet)  # she did the second without: the offer is over
    look_at(tablet, "P09", 2)
    assert list_seen(tablet) == [f"P09/{STATIONS[2][0]}/1"]


def test_a_look_says_nothing_of_work_that_began_before_she_was_back(tablet: TabletPage) -> None:
    begin_short(tablet)
    tablet.page.evaluate(AWAY_AND_BACK, "P02")
    expect(tablet.tile("P02")).to_have_attribute("data-standing", "present")
    expect_only_the_next_seen(tablet, "P02", 2)


def test_a_stations_card_says_nothing_of_work_that_began_before_she_was_back(
    tablet: TabletPage,
) -> None:
    """Neither that it was as planned nor that its form was good."""
    begin_short(tablet)
    tablet.page.evaluate(AWAY_AND_BACK, "P02")
    tablet.tap("Stations")
    key = tablet.page.locator(".station").nth(1).locator(".all-planned")
    expect(tablet.page.locator(".station").nth(1)).to_contain_text("P02")
    expect(key).to_be_disabled()
    expect(key).to_have_text("All as planned ✓")
    pass_until(2, "work", tablet)
    key = tablet.page.locator(".station").nth(2).locator(".all-planned")
    key.tap()
    expect(key).to_have_text("And good form ✓")
    assert list_seen(tablet) == [f"P02/{STATIONS[2][0]}/1"]


def test_a_look_says_nothing_of_work_in_which_she_still_warmed_up(tablet: TabletPage) -> None:
    """Nobody assumes that set either: she was told in at the next station."""
    begin(tablet)
    come_late(tablet, "P09")
    tablet.tap("Short warm-up first: 5:00")
    let_pass(tablet, 5.1)
    tablet.tap("In at station 3")
    tablet.tap("Done", ".drawer")
    expect_only_the_next_seen(tablet, "P09", 3)


def test_neither_a_look_nor_a_stations_card_says_what_she_did_while_she_was_held(
    tablet: TabletPage,
) -> None:
    begin_short(tablet)
    hold_for_a_while(tablet, "P02")
    look_at(tablet, "P02", 1)
    assert list_seen(tablet) == []
    tablet.tap("Done", ".drawer")
    tablet.tap("Stations")
    expect(tablet.page.locator(".station").nth(1).locator(".all-planned")).to_be_disabled()
    pass_until(1, "rest", tablet)
    sets = tablet.page.evaluate(READ_SETS, "P02")
    assert sets[f"{STATIONS[1][0]}/1"] == "held"  # nor does the clock assume it


def test_whoever_was_held_while_the_clock_was_is_seen_as_all_are(tablet: TabletPage) -> None:
    """She missed nothing of the work."""
    begin_short(tablet)
    tablet.tap("Hold all")
    hold_for_a_while(tablet, "P02")
    tablet.tap("Go on")
    look_at(tablet, "P02", 1)
    assert list_seen(tablet) == [f"P02/{STATIONS[1][0]}/1"]


def test_a_stations_card_says_nothing_of_work_that_she_had_no_place_in(tablet: TabletPage) -> None:
    """The start didn't count her, and she came in the rest after it."""
    begin_short(tablet)
    tablet.page.evaluate(FORGET_AT_START, "P09")
    pass_until(1, "rest", tablet)
    come_late(tablet, "P09")
    tablet.tap("Done", ".drawer")
    tablet.tap("Stations")
    card = tablet.page.locator(".station", has_text="P09")
    expect(card).to_contain_text("P01")
    card.locator(".all-planned").tap()
    assert list_seen(tablet) == [f"P01/{STATIONS[0][0]}/1"]


def test_a_stations_card_does_not_say_that_form_was_said_of_a_set_that_was_skipped(
    tablet: TabletPage,
) -> None:
    begin_short(tablet)
    look_at(tablet, "P02", 1)
    tablet.tap("How it was ▸")
    pass_time(timedelta(seconds=1), tablet)
    tablet.tap("Skipped", ".drawer")
    tablet.tap("Done", ".drawer")
    tablet.tap("Stations")
    key = tablet.page.locator(".station").nth(1).locator(".all-planned")
    expect(key).to_be_disabled()
    expect(key).to_have_text("All as planned ✓")


def test_whoever_was_aside_for_the_whole_of_a_cut_warm_up_is_offered_a_short_one(
    tablet: TabletPage,
) -> None:
    """Six of ten minutes: shorter than the plan's, and all that there was."""
    take_clock(tablet)
    planned = make_planned(work_s=180, rest_s=60)
    planned["minutes"]["late_warmup"] = 5
    tablet.ledger.planned = planned
    tablet.open()
    tablet.sign_in()
    tablet.start_room_check()
    tablet.go_to_arrivals()
    tablet.give_straps(CODES[:3])
    tablet.page.evaluate(AWAY, "P02")
    tablet.start_warm_up()
    let_pass(tablet, 6)
    tablet.start_circuit()
    tablet.tile("P02").tap()
    tablet.tap("More", ".drawer")
    tablet.tap("She is here", ".drawer")
    panel = tablet.page.locator(".late-panel")
    expect(panel).to_contain_text("She was away for 6:")
    expect(panel).to_contain_text("Short warm-up first: 5:00")


def test_a_stop_breaks_a_warm_up_off_also_before_everything_has_come_in(
    tablet: TabletPage,
) -> None:
    begin(tablet)
    come_late(tablet, "P09")
    tablet.tap("Short warm-up first: 5:00")
    expect(tablet.tile("P09")).to_contain_text("Warm-up")
    tablet.page.evaluate(STOP_AT_ONCE, "P09")
    expect(tablet.tile("P09")).to_contain_text("Held")
    tablet.page.evaluate(STOP_AT_ONCE, "P09")  # once is enough
    tablet.wait_until_sent()
    told = [one["value"]["why"] for one in tablet.ledger.of_kind("person_held")]
    assert told == ["short warm-up", "stopped by a person"]
