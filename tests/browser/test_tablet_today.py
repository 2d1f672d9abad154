"""T2: what changes today in words, how warm it was last time, and what past sessions came to."""

import msgspec
import pytest
from playwright.sync_api import Locator, expect

from protocol.ledger.event import LedgerEvent
from tests.browser.axe import find_violations
from tests.browser.tablet_page import TabletPage
from tests.ledger_entries import Tablet, minute
from tests.tablet_evening import FIRST_NAMES, make_bundle, make_planned, make_prescriptions

pytestmark = pytest.mark.browser

PAST = f"01a22d78-7a00-7744-9d40-{13:012d}"


def today(tablet: TabletPage) -> Locator:
    tablet.open()
    tablet.sign_in()
    return tablet.page.locator(".tonight")


def move_bands(stepping: int, down: int = 0) -> dict[str, dict[str, dict[str, object]]]:
    """So many women go up on the band at two stations, so many down at one; nobody else moves."""
    hold = {"decision": "hold", "axis": None, "from": None, "to": None, "stay": None}
    everybody = {
        code: {exercise: one | hold for exercise, one in own.items()}
        for code, own in make_prescriptions().items()
    }
    for place, own in enumerate(everybody.values()):
        move = {"axis": "band", "decision": "step_up" if place < stepping else "step_down"}
        if place < stepping + down:
            own["hip-abduction-band"] |= move
        if place < stepping:
            own["shoulder-flexion-band"] |= move
    return everybody


def test_what_changes_is_said_by_band_amount_and_exercise(tablet: TabletPage) -> None:
    card = today(tablet)
    expect(card).to_contain_text("Repetitions: 11 go up")
    expect(card).to_contain_text("Slalom walk becomes Zigzag walk for 2")
    expect(card).not_to_contain_text("Band:")
    expect(card).to_contain_text("8 stations, 3 rounds, rest 60 s")


def test_a_woman_who_goes_up_at_two_stations_is_counted_once(tablet: TabletPage) -> None:
    tablet.ledger.evening = {"prescriptions": move_bands(4)}
    expect(today(tablet)).to_contain_text("Band: 4 go up, 11 stay")


def test_who_goes_down_is_said_too(tablet: TabletPage) -> None:
    tablet.ledger.evening = {"prescriptions": move_bands(0, down=1)}
    expect(today(tablet)).to_contain_text("Band: 1 goes down, 14 stay")


def test_an_evening_without_steps_says_that_nothing_changes(tablet: TabletPage) -> None:
    tablet.ledger.evening = {"prescriptions": move_bands(0)}
    expect(today(tablet)).to_contain_text("Nothing: everybody stays as she was.")


def test_the_room_of_last_time_is_told_with_its_day(tablet: TabletPage) -> None:
    card = today(tablet)
    expect(card).to_contain_text("Last time 23.5 °C (")
    tablet.picture("t2-today-words")


def test_without_a_known_temperature_it_says_so(tablet: TabletPage) -> None:
    tablet.ledger.evening = {"last_room": None}
    expect(today(tablet)).to_contain_text("No earlier session has a temperature.")


def hold_past_session(tablet: TabletPage) -> None:
    """Two came, one didn't; one set seen; an effort; a near-fall."""
    hand = Tablet()

    def store(event: LedgerEvent) -> None:
        tablet.ledger.append(PAST, msgspec.to_builtins(event))

    for code, status in (("P01", "present"), ("P02", "late"), ("P03", "absent")):
        store(hand.write("attendance", code, {"status": status, "why": None}, minute(0)))
    store(hand.write("room_climate", "end", {
        "temperature_c": 22.0, "humidity_pct": None, "source": "typed"}, minute(3)))  # fmt: skip
    store(hand.write("session_closed", "session", {"summary": {}}, minute(90)))


def open_past(tablet: TabletPage) -> None:
    today(tablet)
    tablet.tap("Past sessions")
    tablet.page.locator(".past").wait_for()


def test_past_sessions_are_listed_and_one_tells_what_it_came_to(tablet: TabletPage) -> None:
    hold_past_session(tablet)
    open_past(tablet)
    page = tablet.page
    lines = page.locator(".past .wide-key")
    expect(lines.first).to_contain_text("Session 13 ·")
    expect(lines.first).to_contain_text("· closed")
    expect(lines).to_have_count(13)
    lines.first.tap()
    facts = page.locator("dl.past-facts")
    for said in ("2 of 3", "P03", "0 observed, 0 assumed, 0 missed", "0 given, 0 missing", "none"):
        expect(facts).to_contain_text(said)
    tablet.picture("t2-past")
    assert find_violations(page) == []
    told = page.locator(".past").inner_text()
    assert not [name for name in FIRST_NAMES if name in told]


def test_a_session_that_was_not_held_says_so(tablet: TabletPage) -> None:
    sessions = make_bundle(["sara"], make_planned(), tablet.ledger.now())["sessions"]
    sessions[11]["state"] = "planned"
    tablet.ledger.evening = {"sessions": sessions}
    open_past(tablet)
    line = tablet.page.locator(".past .wide-key").nth(1)
    expect(line).to_contain_text("Session 12 ·")
    expect(line).to_contain_text("· not held")
    line.tap()
    expect(tablet.page.locator(".past-facts")).to_have_text(
        "Nothing was written down in this session."
    )


@pytest.mark.kept_app
def test_without_the_server_the_list_stands_and_a_sentence_says_why(tablet: TabletPage) -> None:
    open_past(tablet)
    tablet.wait_for_worker()
    tablet.site.stop()
    tablet.page.locator(".past .wide-key").first.tap()
    expect(tablet.page.locator(".past-facts")).to_contain_text("The server can't be reached")
    expect(tablet.page.locator(".past .wide-key")).to_have_count(13)
    tablet.picture("t2-past-away")
