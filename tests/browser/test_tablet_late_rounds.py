"""Rounds that the circuit doesn't have for whoever came later: each is a set of its own."""

from datetime import timedelta
from typing import Any

import pytest

from tests.browser.passing_time import pass_time
from tests.browser.stopped_clock import A_SECOND, reach_stopped, settle
from tests.browser.tablet_page import TabletPage
from tests.browser.test_tablet_late_again import LATE_WITHOUT_STATION
from tests.tablet_evening import STATIONS, make_planned

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
# What another tablet wrote without the server: that she came two rounds, or one, earlier.
COME_EARLIER = """async (round) => {
  const { enter } = await import("/tablet/app/state/entering.js");
  const { clock } = await import("/tablet/app/state/model.js");
  const { personOf } = await import("/tablet/app/state/people.js");
  const { started_at, segments } = clock.value;
  const before = segments.slice(0, segments.findIndex((one) => one.round === round));
  const at = Date.parse(started_at) + 1000 * before.reduce((sum, { seconds }) => sum + seconds, 1);
  const value = { at: new Date(at).toISOString(), start_station: personOf("P09").start_station };
  await enter(() => [{ kind: "station_assigned", about: "P09", value }]);
}"""
READ_SAID = """async (station) => {
  const { readSet } = await import("/tablet/app/state/set_acts.js");
  return [1, 2, 3].map((round) => {
    const { isEntered, value } = readSet("P09", station, round);
    return isEntered ? [value.round, value.performed.amount] : null;
  });
}"""
STATION_NOW = """async () => {
  const { stationOf } = await import("/tablet/app/state/people.js");
  return stationOf("P09");
}"""


def come_in_the_third(tablet: TabletPage, planned: dict[str, Any] | None = None) -> None:
    reach_stopped(tablet, planned)
    pass_time(TWO_ROUNDS, tablet)
    settle(tablet)
    tablet.page.evaluate(CLOSE_SWEEP)
    tablet.page.evaluate(LATE_WITHOUT_STATION)
    tablet.page.evaluate(GIVE_STATION)
    settle(tablet)


def count_sets(tablet: TabletPage, *counted: tuple[int, int]) -> None:
    """In her drawer, by round: the how-many-th of the keys, each less than was planned."""
    for round_, key in counted:
        tablet.tap(f"Set {round_}", ".drawer")
        pass_time(A_SECOND, tablet)
        tablet.page.locator(".amount").nth(key).tap()
        settle(tablet)
        tablet.page.locator(".drawer .back").tap()


def test_two_rounds_before_she_came_are_entered_as_two_sets(tablet: TabletPage) -> None:
    come_in_the_third(tablet)
    tablet.tile("P09").tap()
    count_sets(tablet, (1, 2), (2, 2))
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


@pytest.mark.parametrize("earlier", [(1,), (2,), (2, 1)], ids=str)
def test_a_correction_meets_its_set_also_when_she_was_there_earlier_after_all(
    tablet: TabletPage, earlier: tuple[int, ...]
) -> None:
    """Then the circuit has sets for her in rounds that were entered as none of its own."""
    come_in_the_third(tablet)
    station = tablet.page.evaluate(STATION_NOW)
    tablet.tile("P09").tap()
    count_sets(tablet, (1, 1), (2, 2))
    said = tablet.page.evaluate(READ_SAID, station)
    assert [told and told[0] for told in said] == [1, 2, None]
    for round_ in earlier:
        tablet.page.evaluate(COME_EARLIER, round_)
        settle(tablet)
        assert tablet.page.evaluate(READ_SAID, station) == said
    count_sets(tablet, (1, 3), (2, 1), (3, 0))
    one, two, again, other, new = tablet.ledger.of_kind("set")
    assert (again["supersedes"], other["supersedes"]) == (one["id"], two["id"])
    assert [entry["value"]["round"] for entry in (again, other, new)] == [1, 2, 3]
    assert new["supersedes"] is None
    # as many as were done: none of the circuit's own is assumed beside them
    numbers = {entry["about"].rpartition("/")[2] for entry in (one, two, new)}
    assert numbers == {"1", "2", "3"}


def test_a_set_of_the_circuits_own_keeps_its_name_when_she_was_there_earlier_after_all(
    tablet: TabletPage,
) -> None:
    """What was its first is its third then; an entry under its name is of another round."""
    come_in_the_third(tablet)
    station = tablet.page.evaluate(STATION_NOW)
    tablet.tile("P09").tap()
    count_sets(tablet, (3, 2))
    said = tablet.page.evaluate(READ_SAID, station)
    tablet.page.evaluate(COME_EARLIER, 1)
    settle(tablet)
    assert tablet.page.evaluate(READ_SAID, station) == said
    count_sets(tablet, (1, 1), (3, 1))
    old, first, again = tablet.ledger.of_kind("set")
    assert (again["supersedes"], first["supersedes"]) == (old["id"], None)
    assert [entry["value"]["round"] for entry in (first, again)] == [1, 3]
    tablet.tap("More", ".drawer")
    tablet.tap("Her sets tonight")
    pass_time(A_SECOND, tablet)
    hers = tablet.page.locator(".her-sets li", has_text=STATIONS[station][1])
    assert hers.count() == 3
