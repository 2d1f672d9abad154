"""Promises that the trainer relies on without looking: signals, colours of warning, PINs."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.passing_time import pass_time, take_clock
from tests.browser.tablet_page import TabletPage
from tests.browser.test_tablet_access import CHECKS
from tests.browser.test_tablet_core import Run, run  # noqa: F401
from tests.tablet_evening import CODES, make_planned

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

RECORD = """
window.signals = [];
const start = OscillatorNode.prototype.start;
OscillatorNode.prototype.start = function (...given) {
  window.signals.push(`tone ${Math.round(this.frequency.value)}`);
  return start.apply(this, given);
};
speechSynthesis.speak = (sentence) => window.signals.push(`voice ${sentence.text}`);
addEventListener("DOMContentLoaded", () => new MutationObserver((changes) => {
  for (const { target } of changes)
    if (target.dataset.on) window.signals.push(`flash ${target.dataset.on}`);
}).observe(document.body, { subtree: true, attributes: true, attributeFilter: ["data-on"] }));
"""
SAY_RESUMED = """async () => {
  const { resumed } = await import("/tablet/app/state/ui.js");
  resumed.value = { awayMs: 1000, clock: "running", missing: 0 };
}"""
CHANGE = {"tone 880", "tone 1175", "voice Change station", "flash Change station"}
KINDS = {"Tones": "tone", "Voice": "voice", "Flash": "flash"}


def wait_for_signals(tablet: TabletPage, wanted: set[str]) -> set[str]:
    tablet.page.wait_for_function(
        "(wanted) => wanted.every((one) => window.signals.includes(one))", arg=sorted(wanted)
    )
    return set(tablet.page.evaluate("window.signals"))


def wait_until_kept(tablet: TabletPage, value: object) -> None:
    """Until it is on the tablet's disk, some milliseconds after it is on the screen."""
    for _ in range(500):
        if value in tablet.read_store("kept"):
            return
        tablet.page.wait_for_timeout(20)
    raise TimeoutError(f"{value} was never kept")


@pytest.mark.parametrize("off", [None, "Tones", "Voice", "Flash"])
def test_a_change_of_station_is_heard_said_and_seen_and_each_can_be_off(
    tablet: TabletPage, off: str | None
) -> None:
    tablet.context.add_init_script(RECORD)
    tablet.ledger.planned = make_planned(work_s=3, rest_s=3)
    page = tablet.open()
    tablet.sign_in()
    if off is not None:
        tablet.tap("Connection")
        tablet.tap(f"{off} on")
        expect(page.get_by_role("button", name=f"{off} off")).to_be_visible()
        wait_until_kept(tablet, [KINDS[off]])
        page.reload()  # it stays so
        tablet.wait_ready()
        page.locator("h1", has_text="Today").tap()  # browsers let sound begin with a tap
    tablet.start_room_check()
    tablet.go_to_arrivals()
    tablet.start_warm_up()
    tablet.start_circuit()
    silent = KINDS.get(off or "", "nothing")
    wanted = {one for one in CHANGE if not one.startswith(silent)}
    heard = wait_for_signals(tablet, wanted | ({"tone 660"} if silent != "tone" else set()))
    page.wait_for_timeout(300)
    heard = set(page.evaluate("window.signals"))
    assert not [one for one in heard if one.startswith(silent)]


def test_each_change_says_what_it_is_and_the_end_says_that_it_is_over(tablet: TabletPage) -> None:
    """Whoever hears "Change station" as her work begins goes away from it."""
    tablet.context.add_init_script(RECORD)
    planned = make_planned(rounds=1, work_s=3, rest_s=2)
    planned["stations"] = planned["stations"][:2]
    tablet.ledger.planned = planned
    tablet.reach_circuit(CODES[:2])
    wait_for_signals(tablet, {"voice The circuit is over", "flash The circuit is over"})
    said = tablet.page.evaluate("window.signals")
    words = ["Change station", "Begin", "The circuit is over"]
    for way in ("voice", "flash"):
        own = [one.removeprefix(f"{way} ") for one in said if one.startswith(way)]
        assert own[-3:] == words
        assert own[:-3] in ([], ["Begin"])  # the first work begins with a tap on this screen


def test_whoever_joins_a_circuit_hears_of_no_change_before_there_is_one(
    tablet: TabletPage, new_tablet: Callable[[dict[str, int] | None], TabletPage]
) -> None:
    """A second tablet says nothing in the middle of their work, and at its end that it is over."""
    take_clock(tablet)
    tablet.ledger.planned = make_planned(work_s=40, rest_s=600)
    tablet.reach_circuit(CODES[:2])
    tablet.wait_until_sent()
    pass_time(timedelta(seconds=15), tablet)
    other = new_tablet(None)
    other.context.add_init_script(RECORD)
    other.join_circuit("leyla")
    expect(other.page.locator(".band")).to_have_attribute("data-kind", "work")
    other.page.wait_for_timeout(500)
    words = [one for one in other.page.evaluate("window.signals") if "tone" not in one]
    assert words == []
    wait_for_signals(other, {"voice Change station", "flash Change station"})


def test_dizzy_or_faint_and_fall_hold_the_clock_for_all_and_pain_does_not(
    tablet: TabletPage,
) -> None:
    page = tablet.reach_circuit(CODES[:4])
    band = page.locator(".band")
    for place, (what, clock) in enumerate(
        [("Pain", "running"), ("Dizzy or faint", "held"), ("Chest or breath", "held"),
         ("Fall", "held")]
    ):  # fmt: skip
        tablet.tap("■ STOP / EVENT")
        page.locator(".who-tile").nth(place).tap()
        tablet.tap(what)
        tablet.tap("Done", ".event-sheet")
        tablet.wait_until_sent()
        expect(band).to_have_attribute("data-state", clock)
        if clock == "held":
            tablet.tap("Go on")
            expect(band).to_have_attribute("data-state", "running")


def test_turned_to_her_the_sheet_shows_nobodys_numbers(tablet: TabletPage) -> None:
    page = tablet.reach_circuit(CODES[:3])
    tablet.tap("Effort (RPE)")
    page.locator(".grade").nth(7).tap()
    given = page.locator(".ask-tile", has_text="P01").locator(".given")
    expect(given).to_have_text("13")
    tablet.tap("Turn to her")
    for code in CODES[:3]:
        expect(page.locator(".ask-tile", has_text=code).locator(".given")).to_have_text("")
    expect(page.locator('.effort[data-turned="true"] .scale')).to_have_css("rotate", "180deg")
    tablet.tap("Turn to her")
    expect(given).to_have_text("13")


@pytest.mark.parametrize(("tired", "red"), [(7, False), (8, True)])
def test_tiredness_of_eight_asks_for_a_decision(tablet: TabletPage, tired: int, red: bool) -> None:
    page = tablet.open()
    tablet.sign_in()
    tablet.start_room_check()
    tablet.go_to_arrivals()
    tablet.tile("P01").tap()
    tablet.tap("Readiness")
    tablet.tap("Hand over: how are you today?")
    page.locator(".eleven .key").nth(tired).tap()
    page.locator(".readiness .main-action").tap()
    tablet.wait_until_sent()
    expect(page.locator(".decision", has_text=f"tiredness {tired}")).to_have_count(int(red))


def test_above_22_degrees_the_room_says_for_whom_it_is_warm(tablet: TabletPage) -> None:
    page = tablet.open()
    tablet.sign_in()
    tablet.start_room_check()
    warm = page.get_by_text("Warm for heat-sensitive participants: Maryam.")
    for word in ("It is 21.0 °C", "Half a degree more", "Half a degree more"):
        tablet.tap(word)
    tablet.wait_until_sent()
    assert tablet.ledger.of_kind("room_climate")[-1]["value"]["temperature_c"] == 22.0
    expect(warm).to_have_count(0)
    tablet.tap("Half a degree more")
    expect(warm).to_be_visible()


SHELL_CALL = """
async ([module, name, given]) =>
  (await import(`/tablet/app/shell/${module}.js`))[name](...given)
"""
HOUR_MS = 3600_000


@pytest.mark.parametrize(
    ("age_ms", "valid"),
    [(0, True), (12 * HOUR_MS - 1, True), (12 * HOUR_MS, False), (-12 * HOUR_MS, False)],
)
def test_a_verifier_is_believed_for_twelve_hours(
    tablet: TabletPage, age_ms: int, valid: bool
) -> None:
    page = tablet.open()
    given = ["2026-11-20T00:00:00.000Z", 1_795_132_800_000 + age_ms]
    assert page.evaluate(SHELL_CALL, ["pin", "areVerifiersValid", given]) is valid


@pytest.mark.kept_app
def test_after_twelve_hours_without_the_server_no_pin_is_believed(tablet: TabletPage) -> None:
    page = tablet.reach_circuit(CODES[:2])
    tablet.wait_until_sent()
    tablet.wait_for_worker()
    tablet.site.stop()
    later = f"{{ const now = Date.now.bind(Date); Date.now = () => now() + {13 * HOUR_MS}; }}"
    tablet.context.add_init_script(later)
    page.reload()
    tablet.wait_ready()
    page.locator(".truth-who").tap()
    page.locator(".staff-card", has_text="leyla").tap()
    tablet.enter_pin("314159")
    expect(page.locator(".said")).to_contain_text("more than 12 h since this tablet met it")


@pytest.mark.kept_app
def test_five_wrong_pins_wait_30_s_over_a_reload_and_the_session_stays_visible(
    tablet: TabletPage,
) -> None:
    page = tablet.reach_circuit(CODES[:2])
    tablet.wait_until_sent()
    tablet.wait_for_worker()
    tablet.site.stop()

    def try_wrong(times: int) -> None:
        page.locator(".truth-who").tap()
        page.locator(".staff-card", has_text="leyla").tap()
        for _ in range(times):
            tablet.enter_pin("000000")
            expect(page.locator('.dots span[data-filled="true"]')).to_have_count(0)

    try_wrong(3)
    expect(page.locator(".said")).to_contain_text("isn't leyla's")
    page.reload()  # three of five are still counted
    tablet.wait_ready()
    try_wrong(2)
    said = re.compile(r"Wrong too often\. Wait (2\d|30) s\. The session goes on\.")
    expect(page.locator(".said")).to_have_text(said)
    page.reload()  # and so is the wait
    tablet.wait_ready()
    page.locator(".truth-who").tap()
    expect(page.locator(".said")).to_contain_text("Wrong too often. Wait")
    expect(page.locator(".pad .key").first).to_be_disabled()
    box = page.locator(".who").bounding_box()
    assert box is not None
    assert box["x"] >= 1180 - 640  # beside the session, which can be read
    expect(page.locator(".stage")).to_have_attribute("inert", "")
    expect(page.locator(".band")).to_have_attribute("data-state", "running")
    page.evaluate(SAY_RESUMED)
    page.locator(".resume").wait_for()
    tablet.picture("t1-locked")
    page.evaluate(CHECKS)
    for width, height in ((1180, 820), (1024, 768)):
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("findHiddenWords()") == []


def test_the_wait_ends_and_a_clock_that_was_set_locks_nobody_out(
    new_tablet: Callable[[dict[str, int] | None], TabletPage],
) -> None:
    tablet = new_tablet(None)
    tablet.page.clock.install()
    page = tablet.open()
    tablet.sign_in()
    kept: dict[str, Any] = {"wrong": 0, "untilMs": 4_000_000_000_000, "forMs": 30_000}
    page.evaluate(
        """async (kept) => {
          const { keep, openDatabase } = await import("/tablet/app/shell/database.js");
          await keep(await openDatabase(), "tries", kept);
        }""",
        kept,
    )
    page.reload()
    tablet.wait_ready()
    page.locator(".truth-who").tap()
    page.locator(".staff-card", has_text="leyla").tap()
    expect(page.locator(".said")).to_contain_text("Wrong too often. Wait")
    page.clock.fast_forward(31_000)
    tablet.enter_pin("314159")
    page.locator(".who").wait_for(state="detached")
