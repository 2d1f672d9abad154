"""T2: what is offered as tonight's is tonight's, however old the plan on the tablet is."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.passing_time import pass_time, take_clock
from tests.browser.tablet_page import TabletPage
from tests.browser.test_tablet_begun_offline import DAY_MS, SET_CLOCK
from tests.tablet_evening import CODES, SESSION, format_utc

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]

PASSED = "{{ const real = Date.now.bind(Date); Date.now = () => real() + {ms}; }}"
LET_IN = """
async () => {
  const { actor, nowMs } = await import("/tablet/app/state/model.js");
  actor.value = { name: "sara", role: "trainer", sinceMs: nowMs.value };
}
"""
READ_PLANNED = """
async () => {
  const { bundle } = await import("/tablet/app/state/model.js");
  return bundle.value.sessions.map(({ ordinal }) => ordinal);
}
"""
TO_CLOSING = """
async () => {
  const { enterPhase } = await import("/tablet/app/state/clock_acts.js");
  await enterPhase("closing");
}
"""


def close_session(tablet: TabletPage) -> None:
    tablet.page.evaluate(TO_CLOSING)
    tablet.tap("3 End")
    tablet.tap("Hold to end")
    tablet.tap("Tap again to end")
    tablet.page.get_by_role("heading", name="The session is closed").wait_for()


def line(number: int, start: datetime, state: str = "planned") -> dict[str, Any]:
    return {"id": SESSION if number == 14 else f"01a22d78-7a00-7744-9d40-{number:012d}",
            "ordinal": number, "week": 5, "state": state,
            "planned_start": format_utc(start)}  # fmt: skip


@pytest.mark.parametrize("days", [2, 7])
@pytest.mark.kept_app
def test_a_plan_of_days_ago_is_no_plan_for_tonight(tablet: TabletPage, days: int) -> None:
    page = tablet.open()
    now = datetime.now(UTC)
    tablet.ledger.evening = {"sessions": [line(14, now), line(15, now + timedelta(days=2))]}
    tablet.sign_in()
    day = f"{now.astimezone():%A} {now.astimezone().day}"
    expect(page.locator(".tonight h2")).to_contain_text(f"Session 14 of 2 · week 5 · {day}")
    tablet.wait_for_worker()
    tablet.site.stop()
    tablet.context.add_init_script(PASSED.format(ms=days * 86_400_000))
    page.reload()
    tablet.wait_ready()
    page.evaluate(LET_IN)  # her PIN is asked by then, and no server to check it
    expect(page.locator(".today")).to_contain_text(f"Plan from {day}")
    if days == 2:
        expect(page.locator(".tonight h2")).to_contain_text("Session 15")
        expect(page.locator(".tonight")).to_contain_text("are those of session 14")
        return
    expect(page.locator(".today")).to_contain_text("No session planned today.")
    expect(page.get_by_role("button", name="Start room check")).to_have_count(0)


def test_the_plan_comes_anew_when_the_server_is_back_and_when_somebody_looks(
    tablet: TabletPage,
) -> None:
    page = tablet.open()
    now = datetime.now(UTC)
    tablet.sign_in()
    heading = page.locator(".tonight h2")
    expect(heading).to_contain_text("Session 14")
    tablet.site.stop()
    expect(page.locator(".truth")).to_contain_text("Server away")
    tablet.ledger.evening = {"sessions": [line(15, now)]}
    tablet.come_back()
    expect(heading).to_contain_text("Session 15")
    tablet.ledger.evening = {"sessions": [line(16, now)]}
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(heading).to_contain_text("Session 16")


NOTE_OFFERS = """
window.offers = new Set();
addEventListener("DOMContentLoaded", () => new MutationObserver(() => {
  const key = document.querySelector(".main-action");
  if (key !== null) window.offers.add(key.textContent.trim());
}).observe(document.body, { subtree: true, childList: true, characterData: true }));
"""


@pytest.mark.parametrize("off_ms", [DAY_MS, -DAY_MS], ids=["a day ahead", "a day behind"])
def test_t2_a_clock_a_day_off_never_offers_another_session_than_tonights(
    tablet: TabletPage, off_ms: int
) -> None:
    """Not for a moment: a tap then would begin a make-up beside it."""
    tablet.context.add_init_script(SET_CLOCK.format(ms=off_ms))
    tablet.context.add_init_script(NOTE_OFFERS)
    tablet.open()
    tablet.sign_in()
    expect(tablet.page.locator(".main-action")).to_have_text("Start room check")
    assert tablet.page.evaluate("[...window.offers]") == ["Start room check"]


def test_at_midnight_the_plan_comes_anew(tablet: TabletPage) -> None:
    page = tablet.page
    take_clock(tablet)
    tablet.open()
    tablet.sign_in()
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    tablet.ledger.evening = {"sessions": [line(15, tomorrow)]}
    pass_time(timedelta(days=1), tablet, asleep=True)
    for _ in range(100):
        if page.evaluate(READ_PLANNED) == [15]:
            return
        page.wait_for_timeout(50)
    raise AssertionError(page.evaluate(READ_PLANNED))


@pytest.mark.kept_app
def test_a_closed_session_is_not_offered_again(tablet: TabletPage) -> None:
    page = tablet.reach_circuit(CODES[:2])
    tablet.wait_until_sent()
    tablet.wait_for_worker()
    tablet.site.stop()
    close_session(tablet)
    tablet.tap("Back to today")
    expect(page.locator(".today")).to_contain_text("No session planned today.")
    page.reload()
    tablet.wait_ready()
    expect(page.locator(".today")).to_contain_text("No session planned today.")
    tablet.come_back()
    tablet.wait_until_sent()
    expect(page.locator(".today")).to_contain_text("No session planned today.")
