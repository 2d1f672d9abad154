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
