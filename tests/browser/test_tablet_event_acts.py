"""STOP / EVENT: nobody is released by a slip, and what is not saved is not said."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.stopped_clock import A_SECOND, end_segment, reach_stopped, settle
from tests.browser.tablet_page import TabletPage
from tests.browser.test_tablet_substitution import choose, open_choices
from tests.browser.troubled_disk import BUSY_DISK, FULL_DISK, LET_GO, ROOM_AGAIN
from tests.tablet_evening import CODES, STATIONS, make_planned

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]


def stop(tablet: TabletPage, code: str) -> None:
    tablet.tap("■ STOP / EVENT")
    tablet.page.locator(".who-tile", has_text=code).tap()


def report(tablet: TabletPage, code: str, what: str) -> None:
    stop(tablet, code)
    tablet.tap(what)


def standing(tablet: TabletPage, code: str, expected: str) -> None:
    tablet.wait_until_sent()
    expect(tablet.tile(code)).to_have_attribute("data-standing", expected)


def test_an_event_taken_back_releases_nobody_whose_other_event_is_open(tablet: TabletPage) -> None:
    tablet.reach_circuit(CODES[:3])
    report(tablet, "P01", "Chest or breath")
    tablet.tap("Done", ".event-sheet")
    report(tablet, "P01", "Other")
    tablet.tap("Not an event after all")
    expect(tablet.page.locator(".event-sheet")).to_contain_text("She stays stopped")
    tablet.tap("Done", ".event-sheet")
    standing(tablet, "P01", "stopped")
    assert tablet.ledger.of_kind("person_resumed") == []


def test_nothing_happened_takes_back_only_what_this_sheet_did(tablet: TabletPage) -> None:
    tablet.reach_circuit(CODES[:3])
    report(tablet, "P02", "Fall")
    tablet.tap("Done", ".event-sheet")
    stop(tablet, "P02")
    tablet.tap("Nothing new: she stays stopped")
    standing(tablet, "P02", "stopped")
    stop(tablet, "P03")
    tablet.tap("Nothing happened: she goes on")
    standing(tablet, "P03", "present")
    held = [(one["about"], one["value"] is None) for one in tablet.ledger.of_kind("person_held")]
    assert held == [("P02", False), ("P03", False), ("P03", True)]
    assert tablet.ledger.of_kind("person_resumed") == []


def test_a_stop_of_another_tablet_outlives_a_mistaken_one(
    new_tablet: Callable[[dict[str, int] | None], TabletPage],
) -> None:
    here, there = new_tablet(None), new_tablet(None)
    here.reach_circuit(CODES[:3])
    there.join_circuit("leyla")
    stop(here, "P01")
    standing(here, "P01", "held")
    expect(there.tile("P01")).to_have_attribute("data-standing", "held")
    report(there, "P01", "Dizzy or faint")
    there.wait_until_sent()
    expect(here.tile("P01")).to_have_attribute("data-standing", "stopped")
    here.tap("Nothing new: she stays stopped")
    standing(here, "P01", "stopped")
    held = [(one["about"], one["value"] is None) for one in here.ledger.of_kind("person_held")]
    assert held == [("P01", False), ("P01", True)]  # its own hold is taken back, and no more
    assert here.ledger.of_kind("person_resumed") == []


def test_after_she_went_on_an_old_event_holds_her_no_more(tablet: TabletPage) -> None:
    tablet.reach_circuit(CODES[:3])
    report(tablet, "P01", "Pain")
    tablet.tap("She goes on")
    tablet.tap("Done", ".event-sheet")
    standing(tablet, "P01", "present")
    stop(tablet, "P01")
    tablet.tap("Nothing happened: she goes on")
    standing(tablet, "P01", "present")


def test_an_event_that_could_not_be_saved_says_so_and_the_sheet_stays(tablet: TabletPage) -> None:
    page = tablet.reach_circuit(CODES[:3])
    tablet.wait_until_sent()
    page.evaluate(FULL_DISK)
    stop(tablet, "P02")
    sheet = page.locator(".event-sheet")
    expect(page.locator(".undo.failure")).to_be_visible()
    expect(sheet).not_to_contain_text("is stopped")
    tablet.tap("Fall")
    expect(sheet.get_by_role("alert")).to_contain_text("Not saved: nothing is stored about this.")
    expect(sheet).not_to_contain_text("taken back")
    tablet.picture("event-not-saved")
    page.evaluate(ROOM_AGAIN)
    page.wait_for_timeout(600)  # a second tap at once is a bounce
    tablet.tap("Fall")
    expect(sheet).to_contain_text("Tea P02: Fall")
    tablet.tap("Done", ".event-sheet")
    standing(tablet, "P02", "stopped")
    assert len(tablet.ledger.of_kind("adverse_event")) == 1


def test_nothing_happened_closes_when_nothing_of_it_is_left(tablet: TabletPage) -> None:
    """A hold that couldn't be saved leaves nothing to take back; one that stands does."""
    page = tablet.reach_circuit(CODES[:3])
    tablet.wait_until_sent()
    sheet = page.locator(".event-sheet")
    page.evaluate(FULL_DISK)
    stop(tablet, "P02")
    expect(page.locator(".undo.failure")).to_be_visible()
    tablet.tap("Nothing happened: she goes on")
    sheet.wait_for(state="detached")
    page.evaluate(ROOM_AGAIN)
    stop(tablet, "P03")
    expect(sheet).to_contain_text("is stopped")
    page.evaluate(FULL_DISK)
    tablet.tap("Nothing happened: she goes on")
    expect(page.locator(".undo.failure")).to_be_visible()
    expect(sheet).to_be_visible()
    page.evaluate(ROOM_AGAIN)
    tablet.tap("Nothing happened: she goes on")
    sheet.wait_for(state="detached")
    standing(tablet, "P02", "present")
    standing(tablet, "P03", "present")


def test_her_hold_is_written_before_it_can_be_taken_back(tablet: TabletPage) -> None:
    page = tablet.reach_circuit(CODES[:3])
    tablet.wait_until_sent()
    page.evaluate(BUSY_DISK)
    stop(tablet, "P01")
    nothing = page.get_by_role("button", name="Nothing happened: she goes on")
    expect(nothing).to_be_disabled()
    nothing.tap(force=True)
    expect(page.locator(".event-sheet")).to_be_visible()
    page.evaluate(LET_GO)
    nothing.tap()
    standing(tablet, "P01", "present")
    held = [one["value"] is None for one in tablet.ledger.of_kind("person_held")]
    assert held == [False, True]


def test_an_event_is_kept_with_what_she_did_and_not_with_the_stations_own(
    tablet: TabletPage,
) -> None:
    tablet.ledger.planned = make_planned(work_s=600)
    tablet.reach_circuit(CODES[:2])
    open_choices(tablet, "P01")
    choose(tablet, "Wall squat")
    expect(tablet.tile("P01")).to_contain_text("Wall squat")
    tablet.tap("Done", ".drawer")
    for code in ("P01", "P02"):
        report(tablet, code, "Pain")
        tablet.tap("Done", ".event-sheet")
    tablet.wait_until_sent()
    told = [one["value"]["context"] for one in tablet.ledger.of_kind("adverse_event")]
    assert [one["exercise"] for one in told] == ["wall-squat", STATIONS[1][0]]


def test_an_event_is_kept_with_where_she_was_when_she_was_stopped(tablet: TabletPage) -> None:
    """What it was is said when a hand is free; by then the others are at their next station."""
    reach_stopped(tablet)
    stop(tablet, "P02")
    assert end_segment(tablet)[0] == "rest"
    assert end_segment(tablet, A_SECOND) == ["work", 1, 2]
    tablet.tap("Near-fall")
    settle(tablet)
    (event,) = tablet.ledger.of_kind("adverse_event")
    assert event["value"]["context"]["exercise"] == STATIONS[1][0]


def test_a_note_that_could_not_be_saved_stays_on_the_screen(tablet: TabletPage) -> None:
    page = tablet.reach_circuit(CODES[:2])
    tablet.tap("Note")
    page.locator("textarea").fill("the fan is loud")
    page.evaluate(FULL_DISK)
    tablet.tap("Save note")
    expect(page.locator(".undo.failure")).to_be_visible()
    expect(page.locator("textarea")).to_have_value("the fan is loud")
    page.evaluate(ROOM_AGAIN)
    tablet.tap("Save note")
    page.locator(".note").wait_for(state="detached")
    tablet.wait_until_sent()
    assert [one["value"]["text"] for one in tablet.ledger.of_kind("note")] == ["the fan is loud"]


def test_the_reason_of_a_hold_corrects_the_hold_so_that_a_resume_elsewhere_stands(
    new_tablet: Callable[[dict[str, int] | None], TabletPage],
) -> None:
    here, there = new_tablet(None), new_tablet(None)
    here.reach_circuit(CODES[:2])
    there.join_circuit("leyla")
    here.tap("Hold all")
    here.wait_until_sent()
    here.context.set_offline(True)
    expect(there.page.locator(".band")).to_have_attribute("data-state", "held")
    there.tap("Go on")
    there.wait_until_sent()
    here.tap("Equipment", ".why")
    expect(here.page.get_by_role("button", name="Equipment")).to_have_attribute(
        "aria-pressed", "true"
    )
    here.context.set_offline(False)
    here.wait_until_sent()
    first, second = here.ledger.of_kind("clock_held")
    assert (second["supersedes"], second["value"]) == (
        *(first["id"], {"at": first["value"]["at"], "why": "equipment"}),
    )
    for tablet in (here, there):
        expect(tablet.page.locator(".band")).to_have_attribute("data-state", "running")


@pytest.mark.kept_app
def test_the_reason_of_a_hold_made_without_a_server_keeps_its_moment(tablet: TabletPage) -> None:
    """This tablet's wall clock is a day off, and it was started anew without a server."""
    tablet.context.add_init_script(
        "{ const now = Date.now.bind(Date); Date.now = () => now() + 86_400_000; }"
    )
    page = tablet.reach_circuit(CODES[:2])
    tablet.wait_until_sent()
    tablet.wait_for_worker()
    page.wait_for_timeout(5500)  # what it knows of the server's clock is kept every five seconds
    tablet.site.stop()
    page.reload()
    tablet.wait_ready()
    tablet.tap("Hold all")
    expect(page.locator(".band")).to_have_attribute("data-state", "held")
    shown = page.locator(".clock").inner_text()
    tablet.tap("Heat", ".why")
    expect(page.get_by_role("button", name="Heat")).to_have_attribute("aria-pressed", "true")
    page.wait_for_timeout(1500)
    expect(page.locator(".clock")).to_have_text(shown)
    tablet.come_back()
    tablet.wait_until_sent()
    first, second = tablet.ledger.of_kind("clock_held")
    assert first["value"]["at"] == second["value"]["at"]
