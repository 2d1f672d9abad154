"""Rounds that the circuit doesn't have for whoever came later: each is a set of its own."""

from datetime import timedelta
from typing import Any

import pytest

from tests.browser.passing_time import pass_time
from tests.browser.stopped_clock import A_SECOND, reach_stopped, settle
from tests.browser.tablet_page import TabletPage
from tests.browser.test_tablet_late_again import LATE_WITHOUT_STATION
from tests.tablet_evening import make_planned

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

TWO_ROUNDS = timedelta(seconds=2 * 8 * 50)  # eight stations, 30 s of work and 20 s of rest
CLOSE_SWEEP = """async () => {
  const { closeSheet } = await import("/tablet/app/state/ui.js");
  closeSheet();
}"""
GIVE_STATION = """async () => {
  const { giveStation } = await import("/tablet/app/state/late_warmup.js");
  await giveStation("P09", null);
}"""
NAME = """async ([code, station, round]) => {
  const { findSet } = await import("/tablet/app/state/set_acts.js");
  return findSet(code, station, round).name;
}"""


def come_in_the_third(tablet: TabletPage, planned: dict[str, Any] | None = None) -> None:
    reach_stopped(tablet, planned)
    pass_time(TWO_ROUNDS, tablet)
    settle(tablet)
    tablet.page.evaluate(CLOSE_SWEEP)
    tablet.page.evaluate(LATE_WITHOUT_STATION)
    tablet.page.evaluate(GIVE_STATION)
    settle(tablet)


def test_two_rounds_before_she_came_are_entered_as_two_sets(tablet: TabletPage) -> None:
    come_in_the_third(tablet)
    tablet.tile("P09").tap()
    for round_ in (1, 2):
        tablet.tap(f"Set {round_}", ".drawer")
        pass_time(A_SECOND, tablet)
        tablet.page.locator(".amount").nth(2).tap()
        settle(tablet)
        tablet.page.locator(".drawer .back").tap()
    told = {one["about"]: one["value"]["round"] for one in tablet.ledger.of_kind("set")}
    assert sorted(told.values()) == [1, 2]


def test_one_exercise_at_two_stations_has_a_name_for_each_round_of_both(
    tablet: TabletPage,
) -> None:
    planned = make_planned(work_s=30, rest_s=20)
    planned["stations"][5] = planned["stations"][1]
    come_in_the_third(tablet, planned)
    names = [
        tablet.page.evaluate(NAME, ["P09", station, round_])
        for station in (1, 5)
        for round_ in (1, 2, 3)
    ]
    assert len(set(names)) == 6
