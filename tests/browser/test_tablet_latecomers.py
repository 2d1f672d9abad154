"""Somebody who comes when the circuit runs: her named station, short warm-up and heart rate."""

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from server.live.strap_state import State
from tests.browser.passing_time import pass_time, take_clock
from tests.browser.tablet_page import TabletPage
from tests.browser.test_tablet_access import examine
from tests.live_scene import told_tile
from tests.tablet_evening import CODES, STATIONS, make_planned, serial

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

FIND = """([clock, start, ready, now]) => import("/tablet/app/core/late_entry.js")
  .then((m) => m.findEntry(clock, start, ready, now))"""
# A value a second: slow in the first three minutes, then as quick as she gets.
BEAT = """async ([serial, seconds]) => {
  const { heartRates } = await import("/tablet/app/state/live.js");
  const { readNowMs } = await import("/tablet/app/shell/time.js");
  const beganMs = readNowMs() - seconds * 1000;
  heartRates.set(serial, Array.from({ length: seconds }, (_, second) =>
    ({ ms: beganMs + second * 1000, bpm: second < 180 ? 80 : 104 })));
}"""
READ_SETS = """async (code) => {
  const { state } = await import("/tablet/app/state/model.js");
  const { sets } = state.value.people[code];
  return Object.fromEntries(Object.entries(sets).map(([name, one]) => [name, one.missing ?? one.evidence]));
}"""  # noqa: E501


def at(second: float) -> str:
    return f"2026-11-30T17:{int(second) // 60:02d}:{int(second) % 60:02d}.000Z"


def circuit(**changes: Any) -> dict[str, Any]:
    """Three stations, 60 s of work and 30 s of rest; 20 s of the first work are over at 17:00."""
    segments = [
        {"index": 2 * place + n, "kind": kind, "round": 1, "slot": place + 1, "seconds": seconds,
         "cut": False}
        for place in range(3)
        for n, (kind, seconds) in enumerate((("work", 60), ("rest", 30)))
    ]  # fmt: skip
    return {"segment": 0, "segments": segments, "ends_at": at(40), "remaining_ms": 40_000,
            "direction": 1, "stations": ["a", "b", "c"], **changes}  # fmt: skip


NOW = 1_796_058_000_000  # 2026-11-30T17:00:00Z


@pytest.mark.parametrize(
    ("changes", "ready_s", "station", "begins_s"),
    [
        ({}, 0, 2, 70),  # not the one that runs: she hasn't done all of it
        ({}, 70, 2, 70),
        ({}, 71, 0, 160),
        ({}, 161, None, None),
        ({"segment": 1, "ends_at": at(10)}, 0, 2, 10),  # in a rest
        ({"ends_at": None}, 0, 2, 70),  # held
        ({"direction": -1}, 0, 0, 70),
        ({"segment": None}, 0, None, None),  # it is over
    ],
)
def test_she_goes_in_where_the_first_work_begins_once_she_is_ready(
    tablet: TabletPage, changes: dict[str, Any], ready_s: int, station: int | None, begins_s: int
) -> None:
    page = tablet.open()
    found = page.evaluate(FIND, [circuit(**changes), 1, NOW + 1000 * ready_s, NOW])
    if station is None:
        assert found is None
    else:
        assert found == {"station": station, "round": 1, "beginsMs": NOW + 1000 * begins_s}


def come_late(tablet: TabletPage, code: str) -> None:
    tablet.tile(code).tap()
    tablet.tap("More")
    tablet.tap("She is here")


def let_pass(tablet: TabletPage, minutes: float) -> None:
    pass_time(timedelta(minutes=minutes), tablet)


def begin(tablet: TabletPage, late_warmup: int = 5) -> None:
    take_clock(tablet)
    planned = make_planned(work_s=180, rest_s=60)
    planned["minutes"]["late_warmup"] = late_warmup
    tablet.ledger.planned = planned
    tablet.reach_circuit(CODES[:3])


def put_strap_on(tablet: TabletPage, code: str) -> None:
    tablet.tap("Give her a strap")
    tablet.tap("As last time: " + f"{CODES.index(code) + 1:02d}")


def test_a_latecomer_warms_up_for_five_minutes_and_goes_in_at_her_named_station(
    tablet: TabletPage,
) -> None:
    begin(tablet)
    page, tile = tablet.page, tablet.tile("P09")
    come_late(tablet, "P09")
    panel = page.locator(".late-panel")
    expect(panel).to_contain_text(f"Station 2, {STATIONS[1][1]}, begins in 3:")
    expect(panel).to_contain_text(f"After it: station 3, {STATIONS[2][1]}.")
    tablet.picture("t4-late-offer")
    found = examine(page)
    assert not any(found.values()), found
    put_strap_on(tablet, "P09")
    tablet.show_until_seen(told_tile(9, State.LOST, "Lost 1:24", "Come closer.", bpm=None))
    expect(tile).to_have_attribute("data-alert", "act")
    tablet.tap("Short warm-up first: 5:00")
    expect(tile).to_contain_text("Warm-up 5:00")
    expect(tile).to_contain_text(f"→ 3 {STATIONS[2][1]}")
    expect(tile).to_have_attribute("data-alert", "none")
    expect(page.get_by_role("button", name="Hold only her")).to_have_count(0)
    let_pass(tablet, 5.1)
    expect(tile).to_contain_text("Warm ✓")
    expect(tile).to_have_attribute("data-alert", "look")
    expect(panel).to_contain_text("Her warm-up is over.")
    page.evaluate(BEAT, [serial(9), 310])
    tablet.picture("t4-late-over")
    found = examine(page)
    assert not any(found.values()), found
    tablet.tap("In at station 3")
    expect(page.locator(".drawer")).to_contain_text("Her warm-up heart rate: 104 bpm")
    expect(tile).to_have_attribute("data-standing", "present")
    let_pass(tablet, 7)
    names = [f"{STATIONS[place][0]}/1" for place in range(3)]
    sets = page.evaluate(READ_SETS, "P09")
    assert [sets[name] for name in names] == ["expected", "held", "assumed"]
    tablet.wait_until_sent()
    (held,) = tablet.ledger.of_kind("person_held")
    assert (held["about"], held["value"]["why"]) == ("P09", "short warm-up")
    assert tablet.list_refused() == []


def test_a_warm_up_that_was_too_short_gives_no_heart_rate_and_says_so(tablet: TabletPage) -> None:
    begin(tablet)
    come_late(tablet, "P09")
    put_strap_on(tablet, "P09")
    tablet.tap("Short warm-up first: 5:00")
    let_pass(tablet, 3.5)
    tablet.page.evaluate(BEAT, [serial(9), 210])
    tablet.tap("In at station 3")
    expect(tablet.page.locator(".drawer")).to_contain_text(
        "Her warm-up heart rate: none, her warm-up was too short."
    )
    tablet.wait_until_sent()
    last = tablet.ledger.of_kind("warmup_hr")[-1]
    assert (last["about"], last["value"]["missing_reason"]) == ("P09", "warmup_too_short")


def test_a_short_warm_up_that_was_a_slip_is_undone(tablet: TabletPage) -> None:
    begin(tablet)
    come_late(tablet, "P09")
    tablet.tap("Short warm-up first: 5:00")
    expect(tablet.tile("P09")).to_contain_text("Warm-up")
    tablet.tap("Undo")
    expect(tablet.tile("P09")).to_have_attribute("data-standing", "present")
    expect(tablet.page.locator(".late-panel")).to_contain_text("Short warm-up first: 5:00")


def test_whoever_falls_while_she_warms_up_is_stopped_and_not_told_in(tablet: TabletPage) -> None:
    page = tablet.page
    begin(tablet)
    come_late(tablet, "P09")
    tablet.tap("Short warm-up first: 5:00")
    tablet.tap("Done", ".drawer")
    tablet.tap("■ STOP / EVENT")
    page.locator(".who-tile", has_text="P09").tap()
    tablet.tap("Near-fall")
    tablet.tap("Done", ".event-sheet")
    let_pass(tablet, 6)
    expect(tablet.tile("P09")).to_contain_text("Stopped")
    expect(tablet.tile("P09")).to_have_attribute("data-standing", "stopped")


def test_a_plan_without_a_short_warm_up_offers_none(tablet: TabletPage) -> None:
    begin(tablet, late_warmup=0)
    come_late(tablet, "P09")
    panel = tablet.page.locator(".late-panel")
    expect(panel).to_contain_text(f"Station 2, {STATIONS[1][1]}, begins in")
    expect(panel.get_by_role("button")).to_have_count(0)


NOT_TODAY = """async (code) => {
  const { decide } = await import("/tablet/app/state/arrival_acts.js");
  await decide(code, "not_today", null, null);
}"""


def test_nobody_is_offered_a_warm_up_who_came_late_and_does_not_train(tablet: TabletPage) -> None:
    begin(tablet)
    come_late(tablet, "P09")
    offer = tablet.page.locator(".late-panel")
    expect(offer).to_contain_text("Short warm-up first: 5:00")
    tablet.page.evaluate(NOT_TODAY, "P09")
    expect(tablet.tile("P09")).to_have_attribute("data-standing", "not_today")
    expect(offer).to_have_count(0)


def test_nobody_is_offered_a_warm_up_who_is_not_here_any_more(tablet: TabletPage) -> None:
    begin(tablet)
    come_late(tablet, "P09")
    offer = tablet.page.locator(".late-panel")
    expect(offer).to_contain_text("Short warm-up first: 5:00")
    tablet.page.clock.run_for(600)  # keys that change under the finger wait for half a second
    tablet.tap("Away (toilet, rest)", ".drawer")
    expect(tablet.tile("P09")).to_have_attribute("data-standing", "away")
    expect(offer).to_have_count(0)


def test_whoever_goes_home_from_her_warm_up_does_not_warm_up_any_more(tablet: TabletPage) -> None:
    begin(tablet)
    come_late(tablet, "P09")
    tablet.tap("Short warm-up first: 5:00")
    expect(tablet.tile("P09")).to_contain_text("Warm-up")
    tablet.page.clock.run_for(600)
    tablet.tap("Went home", ".drawer")
    expect(tablet.tile("P09")).to_have_attribute("data-standing", "left")
    expect(tablet.tile("P09")).to_contain_text("Went home")
    expect(tablet.tile("P09")).not_to_contain_text("Warm-up")
    let_pass(tablet, 6)
    expect(tablet.tile("P09")).to_have_attribute("data-alert", "none")
