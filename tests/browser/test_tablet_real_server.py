"""The tablet against the whole server: one evening, and both say the same of it."""

import json

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.real_site import RealSite
from tests.browser.tablet_page import TabletPage
from tests.tablet_evening import CODES

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

FOLD_AT = """
async (at) => {
  const { things } = await import("/tablet/app/state/model.js");
  const { foldThings } = await import("/tablet/app/core/fold/fold.js");
  return JSON.stringify(foldThings(things.value, at));
}
"""
READ_SESSION = """
async () => (await import("/tablet/app/state/model.js")).sessionId.value
"""


def run_evening(tablet: TabletPage) -> None:
    """From a first sign-in to a closed session, through the real screens."""
    page = tablet.page
    tablet.start_room_check()
    tablet.tap("It is 21.0 °C")
    tablet.tap("Fan on")
    tablet.go_to_arrivals()
    tablet.give_straps(CODES[:13])
    tablet.tile("P02").tap()
    tablet.tap("Hand over: how are you today?")
    for row in page.locator(".yes-no").all():
        row.get_by_role("button", name="No").tap()
    page.locator(".readiness .main-action").tap()
    tablet.start_warm_up()
    tablet.start_circuit()
    for code in CODES[:3]:
        tablet.tile(code).tap()
        page.locator(".amount").nth(2).tap()
        tablet.tap("Fatigue", ".drawer")
        tablet.tap("Support", ".drawer")
        tablet.tap("Done", ".drawer")
    tablet.tap("Stations")
    page.get_by_role("button", name="All as planned ✓").nth(4).tap()
    tablet.tap("Tiles")
    tablet.tap("+15 s")
    tablet.tap("Effort (RPE)")
    for grade in (6, 5, 7, 3, 9):
        tablet.rate_next(grade)
    tablet.tap("She'd rather not")
    page.locator(".effort .done").tap()
    tablet.tap("■ STOP / EVENT")
    page.locator(".who-tile").nth(6).tap()
    tablet.tap("Fall")
    tablet.tap("Resting")
    tablet.tap("Settled now")
    tablet.tap("Done", ".event-sheet")
    tablet.tap("Equipment")
    tablet.tap("Go on")
    tablet.tile("P14").tap()
    tablet.tap("More")
    tablet.tap("She is here")
    tablet.tap("Note or cooling")
    tablet.tap("Wet towel")
    tablet.tap("Cut last round")


def test_an_evening_on_the_real_server_and_both_folds_agree(
    chromium: Browser, real_site: RealSite
) -> None:
    tablet = TabletPage(real_site, chromium)
    tablet.open()
    tablet.sign_in()
    tablet.wait_for_stream()
    tablet.show_straps()
    expect(tablet.page.locator(".truth")).to_contain_text("Straps heard 13")
    run_evening(tablet)
    n_entries = tablet.wait_until_sent()
    session = tablet.page.evaluate(READ_SESSION)
    told = real_site.ask(f"/api/v1/sessions/{session}")
    folded = json.loads(tablet.page.evaluate(FOLD_AT, told["at"]))
    assert {key: told[key] for key in folded} == folded
    assert told["counts"]["entries"] == n_entries + 1  # and the one that planned the session
    assert told["counts"]["rpe_given"] == 5
    expect(tablet.tile("P07")).to_have_attribute("data-standing", "stopped")
    assert tablet.broken_policies() == []
    assert tablet.trouble == []
    tablet.picture("real-server")
    tablet.context.close()


def test_the_real_server_goes_and_comes_and_a_second_trainer_writes_under_her_own_name(
    chromium: Browser, real_site: RealSite
) -> None:
    tablet = TabletPage(real_site, chromium)
    tablet.reach_circuit(CODES[:4])
    tablet.wait_until_sent()
    real_site.stop()
    tablet.switch_to("leyla")
    tablet.tile("P01").tap()
    tablet.tap("Done", ".drawer")
    tablet.switch_to("sara")
    tablet.tile("P02").tap()
    tablet.come_back()
    expect(tablet.page.locator(".truth")).to_contain_text("leyla: enter your PIN")
    tablet.switch_to("leyla")
    tablet.wait_until_sent()
    session = tablet.page.evaluate(READ_SESSION)
    told = real_site.ask(f"/api/v1/sessions/{session}/events?after=0")["events"]
    assert {(e["about"], e["actor"]) for e in told if e["kind"] == "set"} == {
        ("P01/" + _exercise(told, 0) + "/1", "leyla"),
        ("P02/" + _exercise(told, 1) + "/1", "sara"),
    }
    tablet.context.close()


def _exercise(events: list[dict[str, object]], station: int) -> str:
    start = next(event["value"] for event in events if event["kind"] == "clock_started")
    assert isinstance(start, dict)
    return str(start["stations"][station])
