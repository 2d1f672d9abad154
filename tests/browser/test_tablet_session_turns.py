"""From one session to the next, out of it for a while, and back into one that was closed."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.passing_time import pass_time, take_clock
from tests.browser.tablet_page import TabletPage
from tests.browser.test_tablet_event_acts import report
from tests.browser.test_tablet_forgets import EVERYBODY, expect_named
from tests.browser.test_tablet_tonight import close_session
from tests.browser.test_tablet_wearing import read_worn
from tests.tablet_evening import CODES, SESSION

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]

READ_KNOWN = """
async () => {
  const { clock, received, state } = await import("/tablet/app/state/model.js");
  const people = Object.values(state.value.people);
  return {
    phase: state.value.phase?.phase ?? null, clock: clock.value.state,
    received: received.value.size, events: Object.keys(state.value.events).length,
    standing: people.filter((one) => one.standing !== "expected").length,
  };
}
"""
NOBODY_YET = {"clock": "idle", "received": 0, "events": 0, "standing": 0}


def test_a_make_up_session_begins_with_nothing_of_the_one_before(
    tablet: TabletPage, new_tablet: Callable[[None], TabletPage]
) -> None:
    page = tablet.reach_circuit(CODES[:2])
    tablet.wait_until_sent()
    other = new_tablet(None)
    other.join_circuit("leyla")
    report(other, "P02", "Pain")
    other.wait_until_sent()
    expect(tablet.tile("P02")).to_have_attribute("data-standing", "stopped")
    close_session(tablet)
    tablet.wait_until_sent()
    tablet.tap("Back to today")
    expect(page.locator(".today")).to_contain_text("No session planned today.")
    assert page.evaluate(READ_KNOWN) == {"phase": None, **NOBODY_YET}
    tablet.tap("Start an unplanned make-up")
    page.locator('[data-screen="room_check"]').wait_for()
    assert page.evaluate(READ_KNOWN) == {"phase": "room_check", **NOBODY_YET}
    tablet.wait_until_sent()
    (made_up,) = tablet.ledger.events.keys() - {SESSION}
    kinds = [one["kind"] for one in tablet.ledger.events[made_up]]
    assert kinds == ["session_planned", "staff_present", "phase_entered"]
    expect_named(tablet, EVERYBODY)  # a session goes on again: its women have names


@pytest.mark.parametrize("outcome", ["Went home", "Ambulance"])
def test_a_strap_does_not_go_with_her(tablet: TabletPage, outcome: str) -> None:
    tablet.reach_circuit(CODES[:2])
    report(tablet, "P01", "Dizzy or faint")
    tablet.tap("Resting", ".event-sheet")
    tablet.wait_until_sent()
    assert [one["until"] for one in read_worn(tablet, "P01")] == [None]
    tablet.page.wait_for_timeout(600)  # a second tap at once is a bounce
    tablet.tap(outcome, ".event-sheet")
    tablet.wait_until_sent()
    assert [one["until"] is None for one in read_worn(tablet, "P01")] == [False]
    assert [one["until"] for one in read_worn(tablet, "P02")] == [None]


def test_stop_over_an_open_event_asks_about_whom(tablet: TabletPage) -> None:
    page = tablet.reach_circuit(CODES[:3])
    report(tablet, "P01", "Pain")
    expect(page.locator(".event-sheet").last).to_contain_text("Fig P01: Pain")
    page.locator(".event-sheet .stop").tap()
    expect(page.locator(".event-sheet").last).to_contain_text("Who?")
    page.locator(".who-tile", has_text="P03").tap()
    page.locator(".event-sheet").last.get_by_role("button", name="Spasm").tap()
    expect(page.locator(".event-sheet").last).to_contain_text("Sea P03: Spasm")
    page.locator(".event-sheet").last.get_by_role("button", name="Done").tap()
    expect(page.locator(".event-sheet").last).to_contain_text("Fig P01: Pain")
    tablet.wait_until_sent()
    tablet.picture("stop-over-event")
    told = [
        (one["value"]["participant"], one["value"]["what"])
        for one in tablet.ledger.of_kind("adverse_event")
    ]
    assert told == [("P01", "pain"), ("P03", "spasm")]


@pytest.mark.parametrize(
    ("why", "worn"), [("It was closed by mistake", True), ("Something was forgotten", False)]
)
def test_who_wore_a_strap_when_it_was_closed_by_mistake_wears_it(
    tablet: TabletPage, why: str, worn: bool
) -> None:
    tablet.reach_circuit(CODES[:3])
    tablet.tile("P02").tap()
    tablet.tap("More", ".drawer")
    tablet.tap("Went home", ".drawer")
    tablet.tap("Done", ".drawer")
    close_session(tablet)
    tablet.wait_until_sent()
    tablet.tap("Open it again")
    tablet.tap(why)
    tablet.enter_pin("271828")
    tablet.page.locator('[data-screen="closing"]').wait_for()
    tablet.wait_until_sent()
    for code in ("P01", "P03"):
        assert [one["until"] is None for one in read_worn(tablet, code)] == [worn]
    assert [one["until"] is None for one in read_worn(tablet, "P02")] == [False]


def test_nobody_is_asked_for_a_pin_in_mid_circuit(tablet: TabletPage) -> None:
    """Decision 0014: held for thirteen hours is a mistake; STOP is under her thumb all the same."""
    page = tablet.page
    take_clock(tablet)
    tablet.reach_circuit(CODES[:2])
    page.clock.run_for(600)
    tablet.tap("Hold all")
    tablet.wait_until_sent()
    pass_hours(tablet, 13)
    expect(page.locator('[data-screen="circuit"]')).to_be_visible()
    tablet.tap("Go on")
    expect(page.locator(".band")).to_have_attribute("data-state", "running")
    pass_hours(tablet, 2)  # and when the clock has done its work she is asked
    expect(page.locator('[data-screen="who"]')).to_be_visible()


def pass_hours(tablet: TabletPage, hours: int) -> None:
    pass_time(timedelta(hours=hours), tablet, asleep=True)
    tablet.page.clock.run_for(5000)


PROBE = """
async ([answers, repeat]) => {
  const { openDatabase } = await import("/tablet/app/shell/database.js");
  const { changeEntries, readEntries } = await import("/tablet/app/shell/outbox.js");
  const { probe } = await import("/tablet/app/shell/restored.js");
  const database = await openDatabase();
  if (repeat) {
    const [first, second] = await readEntries(database);
    await changeEntries(database, [[first.id, (entry) => ({ ...entry, n: second.n })]]);
  }
  const asked = [];
  const unknown = new Set();
  const told = [];
  for (const answer of answers) {
    const ask = async (_method, _path, [envelope]) => {
      asked.push(envelope.actor);
      const own = { id: envelope.id, ...answer.result };
      return { status: answer.status, body: { code: answer.code, results: [own] } };
    };
    told.push((await probe(database, ask, unknown))?.length ?? null);
  }
  return { asked, told, unknown: [...unknown] };
}
"""


def _probe(tablet: TabletPage, answers: list[dict[str, Any]], *, repeat: bool = False) -> Any:
    tablet.site.stop()  # nothing else asks the server meanwhile
    return tablet.page.evaluate(PROBE, [answers, repeat])


def test_e2_whether_the_server_is_whole_is_asked_by_who_is_signed_in_there(
    tablet: TabletPage,
) -> None:
    tablet.reach_circuit(CODES[:2])
    tablet.wait_until_sent()
    tablet.switch_to("leyla")
    tablet.tap("Hold all")
    tablet.wait_until_sent()
    newest = tablet.ledger.of_kind("clock_held")[-1]
    sara = max(one["n"] for one in tablet.ledger.events[SESSION] if one["actor"] == "sara")
    assert newest["actor"] == "leyla"
    signed_out = {"status": 403, "code": "actor_not_signed_in"}
    told = _probe(tablet, [signed_out, {"status": 200, "result": {"result": "known", "n": sara}}])
    assert told == {"asked": ["leyla", "sara"], "told": [None, 0], "unknown": ["leyla"]}


def test_e2_a_place_in_the_ledger_that_was_given_twice_means_that_it_was_restored(
    tablet: TabletPage,
) -> None:
    tablet.reach_circuit(CODES[:2])
    saved = tablet.wait_until_sent()
    assert _probe(tablet, [{"status": 500}], repeat=True) == {
        "asked": [], "told": [saved], "unknown": [],
    }  # fmt: skip
