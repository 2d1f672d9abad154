"""B5: an evening begun without a server, on a tablet whose clock somebody set to another day."""

import json
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from protocol.ledger.event import LedgerEvent
from protocol.ledger.instants import format_utc_ms, parse_utc_ms
from protocol.ledger.validation import decode_event
from server.sessions.domain.fold import fold_session
from tests.browser.tablet_page import TabletPage
from tests.tablet_evening import CODES, SESSION, make_planned

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

ENVELOPE = LedgerEvent.__struct_fields__
DAY_MS = 86_400_000
SET_CLOCK = "{{ const real = Date.now.bind(Date); Date.now = () => real() + {ms}; }}"
READ_STATE = """
async () => {
  const { state } = await import("/tablet/app/state/model.js");
  return JSON.stringify(state.value);
}
"""
TO_CLOSE = """
async () => {
  const { enterPhase } = await import("/tablet/app/state/clock_acts.js");
  await enterPhase("closing");
}
"""

# A wait looks again only at what is no promise: the module is here before it begins.
BRING_ENTRIES = """async () => {
  window.entries = (await import("/tablet/app/state/model.js")).entries;
}"""
HAS_MET = """() =>
  [...window.entries.value.values()].some(({ envelope }) => envelope.kind === "server_met")
"""
# As the server is met a note is on its way to a disk that is busy for a while.
ENTER_AS_IT_IS_MET = """
async () => {
  const { enter } = await import("/tablet/app/state/entering.js");
  const open = indexedDB.open("doseline-tablet");
  await new Promise((done) => (open.onsuccess = done));
  const real = window.fetch.bind(window);
  const busy = () => {
    const store = open.result.transaction("entries", "readwrite").objectStore("entries");
    const untilMs = performance.now() + 1500;
    const keep = () => performance.now() < untilMs && (store.count().onsuccess = keep);
    keep();
    enter(() => [{ kind: "note", about: "session", value: { text: "on its way" } }]);
  };
  let isFirst = true;
  window.fetch = async (...given) => {
    const answer = await real(...given);
    if (isFirst && answer.ok && String(given[0]).includes("/api/")) {
      isFirst = false;
      busy();
    }
    return answer;
  };
}
"""


def read_events(tablet: TabletPage) -> list[LedgerEvent]:
    rows = [
        {name: one[name] for name in ENVELOPE if name in one}
        for one in tablet.ledger.events[SESSION]
    ]
    events = [decode_event(row) for row in rows]
    return [event for event in events if isinstance(event, LedgerEvent)]


def read_clock_s(tablet: TabletPage) -> int:
    minutes, seconds = tablet.page.locator(".clock").inner_text().split(":")
    return int(minutes) * 60 + int(seconds)


def take_away_the_server(tablet: TabletPage, off_ms: int) -> None:
    tablet.context.add_init_script(SET_CLOCK.format(ms=off_ms))
    page = tablet.open()
    tablet.sign_in()
    tablet.wait_for_worker()
    page.wait_for_timeout(5500)  # what is remembered for the next start is written every 5 s
    tablet.site.stop()
    page.reload()
    tablet.wait_ready()


@pytest.mark.kept_app
@pytest.mark.parametrize("off_ms", [DAY_MS, -DAY_MS], ids=["a day ahead", "a day behind"])
def test_b5_an_evening_begun_offline_shows_the_right_times_and_keeps_them(
    tablet: TabletPage, off_ms: int
) -> None:
    began_ms = datetime.now(UTC).timestamp() * 1000
    take_away_the_server(tablet, off_ms)
    tablet.start_room_check()
    tablet.go_to_arrivals()
    tablet.give_straps(CODES[:2])
    tablet.start_warm_up()
    assert 580 <= read_clock_s(tablet) <= 600  # ten minutes, a few seconds gone
    tablet.start_circuit()
    assert 25 <= read_clock_s(tablet) <= 45
    tablet.tile("P01").tap()  # and another strap: its times are one old and one new
    tablet.tap("More", ".drawer")
    tablet.tap("Another strap")
    tablet.tap("1", ".strap-panel")
    tablet.tap("6", ".strap-panel")
    tablet.tap("This strap is hers")
    tablet.page.evaluate(TO_CLOSE)
    tablet.tap("3 End")
    tablet.tap("Hold to end")
    tablet.tap("Tap again to end")
    tablet.page.get_by_role("heading", name="The session is closed").wait_for()
    offline = json.loads(tablet.page.evaluate(READ_STATE))
    assert {one["envelope"]["clock_offset_ms"] for one in tablet.read_store("entries")} == {None}
    tablet.come_back()
    tablet.wait_until_sent()
    events = read_events(tablet)
    assert [event.kind for event in events].count("server_met") == 1
    now_ms = datetime.now(UTC).timestamp() * 1000
    folded = fold_session(events, format_utc_ms(int(now_ms)))
    for told in (offline, folded):
        for moment in (told["clock"]["started_at"], told["closed_at"]):
            assert began_ms - 2000 <= parse_utc_ms(moment) <= now_ms + 2000
        first, second = told["people"]["P01"]["wearing"]
        assert first["until"] is not None
        assert 0 <= parse_utc_ms(first["until"]) - parse_utc_ms(first["from"]) < 120_000
        assert abs(parse_utc_ms(second["from"]) - parse_utc_ms(first["until"])) < 1000
    tablet.page.reload()
    tablet.wait_ready()
    shown = json.loads(tablet.page.evaluate(READ_STATE))
    assert fold_session(read_events(tablet), shown["at"]) == shown


def begin_and_start_anew(tablet: TabletPage) -> None:
    """A session begun with its server; then the app opens without one."""
    tablet.open()
    tablet.sign_in()
    tablet.start_room_check()
    tablet.wait_until_sent()
    tablet.wait_for_worker()
    tablet.site.stop()
    tablet.page.reload()
    tablet.wait_ready()


def wait_until_told(tablet: TabletPage) -> None:
    """Until the tablet has an entry that says when it met the server."""
    tablet.page.evaluate(BRING_ENTRIES)
    tablet.page.wait_for_function(HAS_MET, timeout=20_000)


@pytest.mark.kept_app
@pytest.mark.parametrize("off_ms", [900_000, -900_000], ids=["ahead", "behind"])
def test_b5_a_circuit_begun_by_a_clock_that_was_set_meanwhile_is_right_once_the_server_is_met(
    tablet: TabletPage, off_ms: int
) -> None:
    """By a quarter of an hour, while the tablet was off: what it remembers is wrong."""
    tablet.ledger.planned = make_planned(work_s=600)
    page = tablet.open()
    tablet.sign_in()
    tablet.wait_for_worker()
    page.wait_for_timeout(5500)  # what is remembered for the next start is written every 5 s
    tablet.context.add_init_script(SET_CLOCK.format(ms=off_ms))
    tablet.site.stop()
    page.reload()
    tablet.wait_ready()
    tablet.start_room_check()
    tablet.go_to_arrivals()
    tablet.give_straps(CODES[:2])
    tablet.start_warm_up()
    tablet.start_circuit()
    assert 570 <= read_clock_s(tablet) <= 600
    tablet.come_back()
    wait_until_told(tablet)
    tablet.wait_until_sent()
    page.wait_for_timeout(500)  # the clock is looked at four times a second
    expect(page.locator(".band")).to_have_attribute("data-kind", "work")
    assert 540 <= read_clock_s(tablet) <= 600


@pytest.mark.kept_app
def test_b5_what_is_on_its_way_to_the_disk_as_the_server_is_met_is_told_too(
    tablet: TabletPage,
) -> None:
    tablet.context.add_init_script(SET_CLOCK.format(ms=DAY_MS))
    begin_and_start_anew(tablet)
    tablet.page.evaluate(ENTER_AS_IT_IS_MET)
    tablet.come_back()
    wait_until_told(tablet)
    tablet.wait_until_sent()
    (note,) = tablet.ledger.of_kind("note")
    (met,) = tablet.ledger.of_kind("server_met")
    assert (note["clock_offset_ms"], met["value"]) == (None, {"entries": 1})


def test_b5_a_tablet_that_was_never_off_the_air_says_nothing_more(tablet: TabletPage) -> None:
    tablet.reach_circuit(CODES[:2])
    tablet.wait_until_sent()
    assert tablet.ledger.of_kind("server_met") == []


@pytest.mark.kept_app
def test_b5_a_server_that_tells_its_time_only_later_is_met_then(tablet: TabletPage) -> None:
    """The tablet's clock was set a day ahead: it learns of a time that lies before its own."""
    begin_and_start_anew(tablet)
    tablet.page.evaluate(SET_CLOCK.format(ms=DAY_MS))
    tablet.tap("Fan on")
    tablet.ledger.tells_time = False
    tablet.come_back()
    tablet.wait_until_sent()
    assert tablet.ledger.of_kind("server_met") == []
    tablet.ledger.tells_time = True
    wait_until_told(tablet)
