"""A tablet from woman to woman: what each entered is hers, kept, and not seen by the other."""

import json
from collections.abc import Iterator
from typing import Any, Final

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.browser.own_site import OwnPage, OwnSite

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]

TO_EVENTS: Final = "**/api/v1/own/sessions/*/events"


@pytest.fixture
def tablet(chromium: Browser, own_site: OwnSite) -> Iterator[OwnPage]:
    """P07's page on it; her session has begun and is over."""
    own_site.write(own_site.evening.make_beginning())
    own_site.evening.wall.pass_min(9)
    page = OwnPage(chromium, own_site)
    page.open(own_site.make_address("P07"))
    page.page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    yield page
    page.context.close()


def say_feeling(tablet: OwnPage, grade: int) -> None:
    tablet.tap("How it went")
    tablet.tap(str(grade))
    expect(tablet.page.get_by_text(f"You feel {grade} of 10.")).to_be_visible()
    tablet.tap("Back")


def scan(tablet: OwnPage, address: str) -> None:
    """The code of a card, while this page is open."""
    tablet.page.evaluate("(hash) => { location.hash = hash }", address.partition("#")[2])


def read_grades(site: OwnSite) -> list[tuple[str, int]]:
    return [(one["about"], one["value"]["feeling_0_10"]) for one in site.read_events("feeling")]


def answer(status: int, code: str) -> Any:
    body = json.dumps({"code": code, "detail": "no"})
    return lambda route: route.fulfill(status=status, body=body, content_type="application/json")


def test_what_she_entered_goes_under_her_own_session_before_the_next_womans_code_is_used(
    tablet: OwnPage, own_site: OwnSite
) -> None:
    page = tablet.page
    tablet.context.set_offline(True)
    say_feeling(tablet, 3)
    tablet.tap("Give the tablet back")
    expect(page.get_by_text("sent as soon as there is a network")).to_be_visible()
    next_card = own_site.make_address("P08")
    scan(tablet, next_card)
    expect(page.get_by_text("What was entered here before isn't sent yet.")).to_be_visible()
    assert "#" not in page.url
    tablet.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("header.top")).to_contain_text("P08")
    assert read_grades(own_site) == [("P07", 3)]
    (event,) = own_site.read_events("feeling")
    assert event["actor"] == "participant.p07"


def test_whose_session_is_over_has_what_she_entered_kept_for_her_own_next_code(
    tablet: OwnPage, own_site: OwnSite
) -> None:
    page = tablet.page
    tablet.context.set_offline(True)
    say_feeling(tablet, 4)
    own_site.end_own_sessions()
    tablet.context.set_offline(False)
    tablet.open(own_site.make_address("P08"))
    expect(page.locator("header.top")).to_contain_text("P08")
    kept = page.get_by_text("1 answer that somebody gave here before isn't sent yet.")
    expect(kept).to_be_visible()
    assert "P07" not in page.locator("body").inner_text()
    assert tablet.look("others-wait") == []
    assert read_grades(own_site) == []
    tablet.tap("Give the tablet back")
    expect(page.get_by_text("Your page is closed.")).to_be_visible()
    expect(kept).to_be_visible()
    tablet.open(own_site.make_address("P07"))
    expect(page.locator("header.top")).to_contain_text("P07")
    expect(kept).to_be_hidden()
    expect(page.locator(".way")).to_be_empty()
    tablet.reload()
    assert read_grades(own_site) == [("P07", 4)]


def test_what_the_server_refuses_for_good_is_told_and_what_it_refuses_for_now_waits(
    tablet: OwnPage, own_site: OwnSite
) -> None:
    page = tablet.page
    busy = answer(503, "storage_unavailable")
    page.route(TO_EVENTS, busy)
    say_feeling(tablet, 5)
    expect(page.locator(".way")).to_contain_text("didn't take 1 answer yet")
    page.unroute(TO_EVENTS)
    forbid = answer(403, "not_permitted")
    page.route(TO_EVENTS, forbid)
    page.evaluate("dispatchEvent(new Event('online'))")
    way = page.locator(".way")
    expect(way).to_contain_text("The study couldn't take this of you: how you feel.")
    assert tablet.look("set-aside") == []
    page.unroute(TO_EVENTS)
    assert read_grades(own_site) == []


def test_one_entry_that_is_too_much_holds_up_no_other(tablet: OwnPage, own_site: OwnSite) -> None:
    """A post that is refused as a whole goes again in halves."""

    def refuse_effort(route: Route) -> None:
        if "session_rpe" in (route.request.post_data or ""):
            answer(413, "request_too_large")(route)
        else:
            route.continue_()

    page = tablet.page
    tablet.context.set_offline(True)
    say_feeling(tablet, 7)
    tablet.tap("Say how hard it was")
    page.locator(".grade", has_text="13").tap()
    tablet.tap("It was 13")
    tablet.tap("Back")
    tablet.tap("How it went")
    tablet.tap("Say it otherwise")
    tablet.tap("8")
    page.route(TO_EVENTS, refuse_effort)
    tablet.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator(".way")).to_contain_text(
        "The study couldn't take this of you: how hard it was."
    )
    expect(page.locator(".way")).not_to_contain_text("waits for a network")
    assert read_grades(own_site) == [("P07", 7), ("P07", 8)]


def test_the_trainers_app_on_it_asks_for_a_pin_again(tablet: OwnPage, own_site: OwnSite) -> None:
    """Who was at work is forgotten; what she entered stays."""
    page = tablet.page
    page.evaluate(TRAINER_AT_WORK)
    tablet.open(own_site.make_address("P08"))
    expect(page.locator("header.top")).to_contain_text("P08")
    assert page.evaluate(TRAINERS_STORE) == [None, 1]


TRAINER_AT_WORK: Final = """async () => {
  const { keep, openDatabase } = await import("/tablet/app/shell/database.js");
  const database = await openDatabase();
  await keep(database, "actor", { name: "sara", role: "trainer", sinceMs: Date.now() });
  await database.add("entries", { id: "x", state: "waiting", session: "s" });
  database.close();
}"""
TRAINERS_STORE: Final = """async () => {
  const { openDatabase, readKept } = await import("/tablet/app/shell/database.js");
  const database = await openDatabase();
  return [(await readKept(database, "actor")) ?? null, await database.count("entries")];
}"""
