"""Who must be thought cold when the circuit runs, and a short warm-up that was broken off."""

from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.tablet_page import TabletPage
from tests.browser.test_tablet_access import examine
from tests.browser.test_tablet_core import Run, run  # noqa: F401
from tests.browser.test_tablet_latecomers import BEAT, begin, come_late, let_pass, put_strap_on
from tests.tablet_evening import serial

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

STARTED, GROUPS_WARM_UP = 100, 10
# What another tablet wrote that knew nothing of the circuit.
LATE_WITHOUT_STATION = """async () => {
  const { enter } = await import("/tablet/app/state/entering.js");
  const { draftAttendance } = await import("/tablet/app/state/attending.js");
  const { state, things } = await import("/tablet/app/state/model.js");
  const { id, value } = things.value.all.find(({ kind }) => kind === "clock_started").shown;
  const { P09, ...start_station } = value.start_station;
  await enter(() => [draftAttendance("P09", "late"), { kind: "clock_started", about: "clock",
    value: { ...value, start_station }, supersedes: id, reason: "without her" }]);
}"""
KNOW_WARM_UP = """async (code) => {
  const { draftFact, enter } = await import("/tablet/app/state/entering.js");
  await enter(() => draftFact("warmup_hr", code,
    { bpm: 88, n_values: 300, coverage_pct: 100, from: null, to: null, missing_reason: null }));
}"""


def attend(*told: tuple[str, int]) -> dict[str, Any]:
    acts = [
        {
            "kind": "attendance",
            "about": "P01",
            "root": {"time": at},
            "shown": {"actor": "sara", "value": {"status": status, "why": None}},
        }
        for status, at in told
    ]
    return {"all": acts}


@pytest.mark.parametrize(
    ("told", "came", "gone"),
    [
        ((), None, None),
        ((("present", 50),), None, None),
        ((("late", 50),), None, None),  # into the group's warm-up
        ((("late", 120),), 120, None),
        ((("present", 120),), 120, None),  # whatever it was called
        ((("absent", 50), ("late", 120)), 120, None),
        ((("present", 50), ("away", 110), ("back", 119)), None, None),
        ((("present", 50), ("away", 110), ("back", 120)), 120, 10),
        ((("present", 50), ("away", 90), ("back", 120)), 120, 30),
        ((("present", 50), ("away", 110), ("left", 115), ("back", 121)), 121, 11),
        ((("late", 120), ("away", 130), ("back", 133)), 120, None),
        ((("late", 120), ("away", 130), ("back", 150)), 150, 20),
        ((("late", 120), ("late", 125)), 120, None),  # said on two tablets
    ],
)
def test_whoever_comes_when_the_circuit_runs_or_was_gone_for_a_whole_warm_up_is_cold(
    run: Run,  # noqa: F811
    told: tuple[tuple[str, int], ...],
    came: int | None,
    gone: int | None,
) -> None:
    found = run("late_warmup", "findComing", attend(*told), "P01", STARTED, GROUPS_WARM_UP)
    assert found == (None if came is None else {"cameMs": came, "goneMs": gone})


def enter_warm_up(at: int) -> dict[str, Any]:
    return {
        "kind": "phase_entered",
        "about": "session",
        "root": {"time": at},
        "shown": {"actor": "sara", "value": {"phase": "warmup"}},
    }


@pytest.mark.parametrize(
    ("began", "told", "came", "gone"),
    [
        (94, (("present", 80), ("away", 93), ("back", 101)), 101, 8),  # it was cut to six minutes
        (90, (("present", 95), ("left", 96), ("late", 104)), 104, 8),  # a slip, a minute long
        (94, (("present", 80), ("away", 96), ("back", 101)), 101, 5),
        (94, (("present", 80), ("away", 97), ("back", 101)), None, None),  # half of it
        (94, (("away", 93), ("back", 99), ("away", 105), ("back", 106)), None, None),
        (94, (("late", 99),), None, None),
    ],
)  # fmt: skip
def test_whoever_missed_more_than_half_of_the_warm_up_that_there_was_is_cold(
    run: Run,  # noqa: F811
    began: int,
    told: tuple[tuple[str, int], ...],
    came: int | None,
    gone: int | None,
) -> None:
    things = {"all": [enter_warm_up(70), enter_warm_up(began), *attend(*told)["all"]]}
    found = run("late_warmup", "findComing", things, "P01", STARTED, GROUPS_WARM_UP)
    assert found == (None if came is None else {"cameMs": came, "goneMs": gone})


def look_at_drawer(tablet: TabletPage, name: str) -> None:
    tablet.picture(name)
    found = examine(tablet.page)
    assert not any(found.values()), (name, found)


def stop(tablet: TabletPage, code: str) -> None:
    tablet.tap("Done", ".drawer")
    tablet.tap("■ STOP / EVENT")
    tablet.page.locator(".who-tile", has_text=code).tap()


def open_panel(tablet: TabletPage, code: str) -> Locator:
    tablet.tile(code).tap()
    tablet.tap("More", ".drawer")
    return tablet.page.locator(".late-panel")


def test_a_warm_up_that_was_stopped_is_said_to_be_broken_off_and_offered_again(
    tablet: TabletPage,
) -> None:
    begin(tablet)
    come_late(tablet, "P09")
    put_strap_on(tablet, "P09")
    tablet.tap("Short warm-up first: 5:00")
    let_pass(tablet, 2)
    stop(tablet, "P09")
    tablet.tap("Pain")
    tablet.tap("Done", ".event-sheet")
    panel = open_panel(tablet, "P09")
    expect(panel).to_contain_text("Her short warm-up was broken off after 2:0")
    expect(panel).to_contain_text("she was stopped.")
    expect(panel).to_contain_text("Her warm-up heart rate: none, it was broken off.")
    expect(panel.get_by_role("button")).to_have_count(0)  # first a person lets her go on
    look_at_drawer(tablet, "t4-late-broken-off")
    tablet.tap("She goes on", ".drawer")
    look_at_drawer(tablet, "t4-late-again")
    tablet.tap("Short warm-up again: 5:00")
    expect(tablet.tile("P09")).to_contain_text("Warm-up 5:00")
    let_pass(tablet, 5.1)
    tablet.page.evaluate(BEAT, [serial(9), 310])
    panel.get_by_role("button").tap()
    expect(tablet.page.locator(".drawer")).to_contain_text("Her warm-up heart rate: 104 bpm")
    assert "broken off" not in tablet.page.locator(".drawer").inner_text()


def test_whoever_goes_aside_in_her_warm_up_begins_it_anew(tablet: TabletPage) -> None:
    """Time that she was away for isn't time in which she got warm."""
    begin(tablet)
    come_late(tablet, "P09")
    tablet.tap("Short warm-up first: 5:00")
    let_pass(tablet, 2)
    tablet.tap("Away (toilet, rest)")
    let_pass(tablet, 4)
    tablet.tap("She is here")
    panel = tablet.page.locator(".late-panel")
    expect(panel).to_contain_text("broken off after 2:0")
    expect(panel).to_contain_text("she went away.")
    expect(tablet.tile("P09")).not_to_contain_text("Warm")
    tablet.tap("Short warm-up again: 5:00")
    expect(tablet.tile("P09")).to_contain_text("Warm-up 5:00")
    expect(tablet.tile("P09")).to_have_attribute("data-alert", "none")
    tablet.tap("In at station", exact=False)
    expect(tablet.page.locator(".drawer")).to_contain_text("none, she wore no strap at its end")


def test_a_stop_breaks_a_warm_up_off_before_anybody_says_what_it_is(tablet: TabletPage) -> None:
    begin(tablet)
    come_late(tablet, "P09")
    tablet.tap("Short warm-up first: 5:00")
    stop(tablet, "P09")
    expect(tablet.tile("P09")).to_contain_text("Held")
    tablet.tap("Nothing happened: her warm-up goes on")
    expect(tablet.tile("P09")).to_contain_text("Warm-up 4:")
    tablet.tap("■ STOP / EVENT")
    tablet.page.locator(".who-tile", has_text="P09").tap()
    expect(tablet.tile("P09")).to_contain_text("Held")
    let_pass(tablet, 6)
    expect(tablet.tile("P09")).not_to_contain_text("Warm")


def test_in_the_circuit_there_is_one_word_for_coming_and_it_is_late(tablet: TabletPage) -> None:
    begin(tablet)
    tablet.tile("P09").tap()
    tablet.tap("More")
    drawer = tablet.page.locator(".drawer")
    expect(drawer.get_by_role("button", name="Came late")).to_have_count(0)
    tablet.tap("She is here")
    expect(tablet.page.locator(".late-panel")).to_contain_text("Short warm-up first: 5:00")
    tablet.wait_until_sent()
    assert tablet.ledger.of_kind("attendance")[-1]["value"]["status"] == "late"


@pytest.mark.parametrize(("minutes", "is_cold"), [(9, False), (11, True)])
def test_one_who_was_away_for_a_whole_warm_up_is_offered_a_short_one(
    tablet: TabletPage, minutes: int, is_cold: bool
) -> None:
    """It is advice: nothing holds her, and her heart rate of the group's warm-up stays hers."""
    begin(tablet)
    tablet.page.evaluate(KNOW_WARM_UP, "P02")
    open_panel(tablet, "P02")
    tablet.tap("Away (toilet, rest)")
    let_pass(tablet, minutes)
    tablet.tap("She is here")
    expect(tablet.tile("P02")).to_have_attribute("data-standing", "present")
    panel = tablet.page.locator(".late-panel")
    if not is_cold:
        expect(panel).to_have_count(0)
        return
    expect(panel).to_contain_text(f"She was away for {minutes}:0")
    look_at_drawer(tablet, "t4-back-after-long")
    tablet.tap("Short warm-up first: 5:00")
    let_pass(tablet, 5.1)
    tablet.page.evaluate(BEAT, [serial(2), 310])
    tablet.tap("In at station", exact=False)
    expect(tablet.page.locator(".drawer")).to_contain_text("Her warm-up heart rate: 88 bpm")
    tablet.wait_until_sent()
    told = [one["value"]["status"] for one in tablet.ledger.of_kind("attendance")]
    assert told[-2:] == ["away", "back"]


def test_without_a_station_it_says_so_and_gives_her_one(tablet: TabletPage) -> None:
    begin(tablet)
    tablet.page.evaluate(LATE_WITHOUT_STATION)
    panel = open_panel(tablet, "P09")
    expect(panel).to_contain_text("She has no station yet.")
    expect(panel).not_to_contain_text("No more stations begin tonight")
    expect(panel).not_to_contain_text("would be over")
    look_at_drawer(tablet, "t4-late-no-station")
    tablet.tap("Give her the station where fewest are")
    expect(panel).to_contain_text("begins in")
    tablet.wait_until_sent()
    assert [one["about"] for one in tablet.ledger.of_kind("station_assigned")] == ["P09"]


@pytest.mark.parametrize(
    ("told", "seated", "warmed_up"),
    [
        ((), False, False),
        ((("present", 50),), True, True),
        ((("absent", 50),), False, False),
        ((("late", 70),), False, True),  # as the first of the two began it
        ((("late", 80),), False, True),
        ((("late", 120),), False, False),
        ((("present", 50), ("away", 60), ("back", 120)), True, False),
        ((("absent", 50), ("late", 85), ("left", 90), ("back", 120)), False, True),
    ],
)
def test_in_which_parts_of_the_evening_she_was_here(
    run: Run,  # noqa: F811
    told: tuple[tuple[str, int], ...],
    seated: bool,
    warmed_up: bool,
) -> None:
    """The warm-up from 70 on, the circuit from 100 on; each was begun on two tablets."""
    begun = (
        ("arrivals", 10),
        ("warmup", 70),
        ("warmup", 71),
        ("circuit", STARTED),
        ("circuit", 101),
    )
    phases = [
        {"kind": "phase_entered", "about": "session", "root": {"time": at},
         "shown": {"actor": "sara", "value": {"phase": phase}}}
        for phase, at in begun
    ]  # fmt: skip
    things = {"all": [*attend(*told)["all"], *phases]}
    found = [run("moves", "wasHereIn", things, "P01", part) for part in ("arrivals", "warmup")]
    assert found == [seated, warmed_up]
