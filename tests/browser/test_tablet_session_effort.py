"""The whole session's effort: of whom it is asked, and how long after the circuit's end."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.passing_time import pass_time, take_clock
from tests.browser.tablet_page import TabletPage
from tests.browser.test_tablet_begun_offline import TO_CLOSE
from tests.browser.test_tablet_latecomers import NOT_TODAY
from tests.tablet_evening import CODES, make_planned

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

S = timedelta(seconds=1)
RATE = """
async () => {
  const { rateSession } = await import("/tablet/app/state/effort_acts.js");
  await rateSession("P01", { rating: 12, source: "said" }, null);
}
"""


def test_the_minutes_since_the_end_count_from_when_it_was_over_also_after_a_hold(
    tablet: TabletPage,
) -> None:
    """Held for twelve minutes, and asked a minute after its end: one, not thirteen."""
    take_clock(tablet)
    tablet.ledger.planned = make_planned(rounds=1, work_s=30, rest_s=10)
    page = tablet.reach_circuit(CODES[:2])
    band = page.locator(".band")
    pass_time(S, tablet)
    tablet.tap("Hold all")
    pass_time(timedelta(minutes=12), tablet, asleep=True)
    pass_time(S, tablet)
    tablet.tap("Go on")
    (started,) = tablet.ledger.of_kind("clock_started")
    total_s = sum(segment["seconds"] for segment in started["value"]["segments"])
    pass_time((total_s - 10) * S, tablet, asleep=True)
    expect(band).to_have_attribute("data-state", "running")
    pass_time(70 * S, tablet, asleep=True)
    pass_time(S, tablet)
    expect(band).to_have_attribute("data-state", "done")
    page.evaluate(RATE)
    tablet.wait_until_sent()
    (given,) = tablet.ledger.of_kind("session_rpe")
    assert given["value"]["minutes_after_end"] == 1


BEGAN_EARLIER = """
async (days) => {
  const { enter } = await import("/tablet/app/state/entering.js");
  const { things } = await import("/tablet/app/state/model.js");
  const { shown: { id, value } } = things.value.all.find(({ kind }) => kind === "clock_started");
  const at = new Date(Date.parse(value.at) - days * 86_400_000).toISOString();
  await enter(() => [{ kind: "clock_started", about: "clock", value: { ...value, at },
    supersedes: id, reason: "held on later" }]);
}
"""


def test_an_effort_that_is_asked_for_days_later_is_kept_without_the_minutes(
    tablet: TabletPage,
) -> None:
    """The ledger takes no more than two days: a session that is opened again on Monday."""
    page = tablet.reach_circuit(CODES[:2])
    page.evaluate(BEGAN_EARLIER, 3)
    expect(page.locator(".band")).to_have_attribute("data-state", "done")
    page.evaluate(RATE)
    tablet.wait_until_sent()
    assert tablet.list_refused() == []
    (given,) = tablet.ledger.of_kind("session_rpe")
    assert (given["value"]["rating"], given["value"]["minutes_after_end"]) == (12, None)


def test_whoever_does_not_train_tonight_is_not_still_to_ask(tablet: TabletPage) -> None:
    """The sweep leaves her out, so the count before it does."""
    page = tablet.reach_circuit(CODES[:2])
    page.evaluate(NOT_TODAY, "P02")
    page.evaluate(TO_CLOSE)
    expect(page.locator(".ending [role=status]")).to_have_text("1 still to ask")
    page.evaluate(RATE)
    expect(page.locator(".ending [role=status]")).to_have_text("Everybody is asked ✓")
