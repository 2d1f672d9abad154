"""A STOP that was a slip: her set is hers again while its work runs; what was over stays missed."""

from datetime import timedelta
from typing import Any

import pytest

from tests.browser.passing_time import pass_time
from tests.browser.stopped_clock import A_SECOND, end_segment, reach_stopped, settle
from tests.browser.tablet_page import TabletPage
from tests.browser.test_tablet_event_acts import standing, stop
from tests.tablet_evening import STATIONS

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

READ_SETS = """
async (code) => {
  const { personOf } = await import("/tablet/app/state/people.js");
  return Object.fromEntries(Object.entries(personOf(code).sets).map(([name, set]) =>
    [name, set.missing ?? set.evidence]));
}
"""
# What another tablet said of her; the event's id is any.
HAVE_EVENT = """async () => {
  const { enter, makeId } = await import("/tablet/app/state/entering.js");
  const nothing = { exercise: null, room_c: null, hr_last_5min: null, strap: null };
  const value = { participant: "P02", what: "dizzy", context: { round: 1, set: 1, ...nothing } };
  await enter(() => [{ kind: "adverse_event", about: makeId(), value }]);
}"""
WARM_UP = """async () => {
  const { holdPerson } = await import("/tablet/app/state/attendance.js");
  const { SHORT_WARM_UP } = await import("/tablet/app/core/short_warm_up.js");
  await holdPerson("P02", SHORT_WARM_UP, null);
}"""
RELEASE_BROKEN = """async () => {
  const { release } = await import("/tablet/app/state/event_acts.js");
  return release("P02", { event: null, get hold() { throw new Error("a test said so"); } });
}"""
FIRST, SECOND = f"{STATIONS[1][0]}/1", f"{STATIONS[2][0]}/1"  # of P02, round by round


def read_sets(tablet: TabletPage) -> dict[str, Any]:
    found: dict[str, Any] = tablet.page.evaluate(READ_SETS, "P02")
    return found


def say_nothing_happened(tablet: TabletPage) -> None:
    tablet.tap("Nothing happened: she goes on")
    settle(tablet)


def test_while_its_work_runs_her_set_goes_on_as_if_she_had_not_been_stopped(
    tablet: TabletPage,
) -> None:
    reach_stopped(tablet)
    stop(tablet, "P02")
    pass_time(timedelta(seconds=5), tablet)
    say_nothing_happened(tablet)
    standing(tablet, "P02", "present")
    assert end_segment(tablet)[0] == "rest"
    assert read_sets(tablet) == {FIRST: "assumed"}
    first, back = tablet.ledger.of_kind("person_held")
    assert (back["supersedes"], back["value"]) == (first["id"], None)
    assert tablet.ledger.of_kind("person_resumed") == []


def test_a_tap_says_again_that_her_set_was_seen(tablet: TabletPage) -> None:
    reach_stopped(tablet)
    stop(tablet, "P02")
    pass_time(A_SECOND, tablet)
    say_nothing_happened(tablet)
    tablet.tile("P02").tap()
    settle(tablet)
    assert read_sets(tablet) == {FIRST: "observed"}


def test_a_set_that_was_over_meanwhile_stays_missed_and_the_next_is_hers(
    tablet: TabletPage,
) -> None:
    reach_stopped(tablet)
    stop(tablet, "P02")
    assert end_segment(tablet)[0] == "rest"
    say_nothing_happened(tablet)
    standing(tablet, "P02", "present")
    assert end_segment(tablet) == ["work", 1, 2]
    assert end_segment(tablet)[0] == "rest"
    assert read_sets(tablet) == {FIRST: "held", SECOND: "assumed"}
    assert [one["value"] is None for one in tablet.ledger.of_kind("person_held")] == [False]


def test_stopped_in_the_rest_by_mistake_she_missed_nothing(tablet: TabletPage) -> None:
    reach_stopped(tablet)
    assert end_segment(tablet)[0] == "rest"
    stop(tablet, "P02")
    assert end_segment(tablet, A_SECOND) == ["work", 1, 2]
    say_nothing_happened(tablet)
    assert end_segment(tablet)[0] == "rest"
    assert read_sets(tablet) == {FIRST: "assumed", SECOND: "assumed"}


def test_what_was_an_event_first_leaves_the_set_missed(tablet: TabletPage) -> None:
    """Somebody looked at her: that she worked meanwhile is not assumed."""
    reach_stopped(tablet)
    stop(tablet, "P02")
    pass_time(A_SECOND, tablet)
    tablet.tap("Pain")
    settle(tablet)
    tablet.tap("Not an event after all")
    settle(tablet)
    standing(tablet, "P02", "present")
    assert end_segment(tablet)[0] == "rest"
    assert read_sets(tablet) == {FIRST: "held"}


def stop_twice(tablet: TabletPage, *, over: bool) -> None:
    """Another tablet says what it was, before or after the work in which it was is over."""
    reach_stopped(tablet)
    stop(tablet, "P02")
    settle(tablet)
    if over:
        assert end_segment(tablet)[0] == "rest"
    tablet.page.evaluate(HAVE_EVENT)
    settle(tablet)
    tablet.tap("Nothing new: she stays stopped")
    settle(tablet)
    standing(tablet, "P02", "stopped")


def test_a_set_that_was_over_stays_missed_also_while_something_else_holds_her(
    tablet: TabletPage,
) -> None:
    """Her hold stays where it was; the other one began after that work."""
    stop_twice(tablet, over=True)
    assert read_sets(tablet) == {FIRST: "held"}
    assert [one["value"] is None for one in tablet.ledger.of_kind("person_held")] == [False]


def test_held_by_another_while_the_work_runs_only_what_this_sheet_did_is_taken_back(
    tablet: TabletPage,
) -> None:
    stop_twice(tablet, over=False)
    assert [one["value"] is None for one in tablet.ledger.of_kind("person_held")] == [False, True]
    assert end_segment(tablet)[0] == "rest"
    assert read_sets(tablet) == {FIRST: "stopped"}


def test_an_event_taken_back_leaves_the_hold_also_while_something_else_holds_her(
    tablet: TabletPage,
) -> None:
    reach_stopped(tablet)
    stop(tablet, "P02")
    settle(tablet)
    tablet.tap("Pain")
    settle(tablet)
    assert end_segment(tablet)[0] == "rest"
    tablet.page.evaluate(HAVE_EVENT)
    settle(tablet)
    tablet.tap("Not an event after all")
    settle(tablet)
    standing(tablet, "P02", "stopped")
    assert read_sets(tablet) == {FIRST: "held"}


def test_whoever_was_held_before_stays_so_and_a_slip_in_it_is_taken_back_whenever(
    tablet: TabletPage,
) -> None:
    """Her short warm-up held her all the time: it goes on, and no set becomes hers."""
    reach_stopped(tablet)
    tablet.page.evaluate(WARM_UP)
    settle(tablet)
    stop(tablet, "P02")
    settle(tablet)
    assert end_segment(tablet)[0] == "rest"
    tablet.tap("Nothing happened: her warm-up goes on")
    settle(tablet)
    assert read_sets(tablet) == {FIRST: "held"}
    told = [one["value"] is None for one in tablet.ledger.of_kind("person_held")]
    assert told == [False, False, True]


def test_what_could_not_be_worked_out_is_not_said_to_be_saved(tablet: TabletPage) -> None:
    reach_stopped(tablet)
    stop(tablet, "P02")
    settle(tablet)
    assert tablet.page.evaluate(RELEASE_BROKEN) is False
    standing(tablet, "P02", "held")
