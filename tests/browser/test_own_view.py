"""P1 to P6 on a phone: from the code of a card to her own path, with the network away meanwhile."""

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.browser.barriers import list_barriers_of_sizes
from tests.browser.own_site import OwnPage, OwnSite, StaffPage
from tests.own_phone import PIN, one_day_later

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]


def test_from_her_code_to_her_own_path_with_the_network_away_meanwhile(
    chromium: Browser, own_site: OwnSite
) -> None:
    phone = OwnPage(chromium, own_site)
    page, evening = phone.page, own_site.evening
    address = own_site.make_address()
    phone.open(address)
    assert page.url == own_site.url + "/me/"  # the code is gone from the address
    expect(page.get_by_role("heading", name="Today", exact=True)).to_be_focused()
    expect(page.locator('[data-card="next"]')).to_contain_text("Session 1.")
    assert phone.look("p1-today") == []
    page.locator("summary").tap()
    assert phone.look("p1-plan") == []
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")

    own_site.write(evening.make_beginning())
    evening.wall.pass_min(0.2)
    phone.reload()
    phone.tap("My exercise and my clock")
    expect(page.locator(".exercise")).to_contain_text("8 times.")
    assert phone.look("p2-during") == []
    lose_one_answer(phone)
    phone.tap("I need a break")
    expect(page.get_by_text("your trainer doesn't see it yet. Raise your hand.")).to_be_visible()
    expect(page.get_by_text("your trainer knows")).to_be_visible()
    (asked,) = own_site.read_events("person_held")
    assert (asked["actor"], asked["about"]) == ("participant.p07", "P07")

    evening.wall.pass_min(0.2)
    goes_on = {"at": evening.now, "why": None}
    own_site.write(evening.make_rows(("person_resumed", "P07", goes_on)))

    evening.wall.pass_min(8 + 25)
    phone.reload()
    expect(page.locator('[data-card="effort"]')).to_contain_text("A reminder")
    phone.tap("Say how hard it was")
    assert phone.look("p3-effort") == []
    phone.context.set_offline(True)
    page.locator(".grade", has_text="13").tap()
    phone.tap("It was 13")
    expect(page.get_by_text("You said 13. Thank you.")).to_be_visible()
    expect(page.locator(".way")).to_contain_text("We couldn't send this. It's kept on your phone.")
    phone.reload()  # without a network, from what the phone kept
    expect(page.locator(".way")).to_contain_text("1 answer waits for a network.")
    assert phone.look("p3-kept") == []
    phone.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator(".way")).not_to_contain_text("It's kept on your phone.")
    phone.reload()
    (given,) = own_site.read_events("session_rpe")
    assert (given["value"]["rating"], given["value"]["source"]) == (13, "self_report")
    assert given["value"]["minutes_after_end"] == 25

    phone.tap("How it went")
    assert phone.look("p4-after") == []
    phone.tap("7")
    expect(page.get_by_text("You feel 7 of 10. Thank you.")).to_be_visible()

    one_day_later(evening)
    phone.reload()
    expect(page.locator('[data-card="next-day"]')).to_contain_text("since yesterday?")
    phone.tap("Answer")
    assert phone.look("p5-next-day") == []
    phone.tap("Yes")
    phone.tap("Pain")
    phone.tap("Please call me")
    assert phone.look("p5-what") == []
    with page.expect_response("**/api/v1/own/next-day"):
        phone.tap("Send")
    expect(page.get_by_text("A person of the study looks at it.")).to_be_visible()
    expect(page.get_by_role("link", name="Ambulance: 115")).to_be_visible()
    expect(page.locator(".way")).to_be_empty()
    assert "Please call her" in own_site.read_page("/next-day")

    phone.tap("Done")
    phone.tap("My path")
    assert phone.look("p6-pin") == []
    for _twice in range(2):
        for digit in PIN:
            phone.tap(digit)
    expect(page.locator(".weeks .dot")).to_have_count(24)
    expect(page.get_by_text("Kept closed until the study ends")).to_be_visible()
    assert phone.look("p6-path") == []
    phone.tap("Today")
    phone.tap("My path")  # for ten minutes after her PIN
    expect(page.locator(".weeks .dot")).to_have_count(24)

    give_back_without_a_network(phone)
    phone.open(address)
    expect(
        page.get_by_text("This code can't be used. Ask your trainer for a new one.")
    ).to_be_visible()
    assert phone.look("refused") == []
    assert page.evaluate("window.brokenPolicies") == []
    assert phone.trouble == []
    phone.context.close()


def lose_one_answer(phone: OwnPage) -> None:
    """The server stores what comes next, and its answer doesn't arrive."""

    def store_and_lose(route: Route) -> None:
        assert route.fetch().status == 200
        route.abort("internetdisconnected")

    phone.page.route("**/api/v1/own/sessions/*/events", store_and_lose, times=1)


def give_back_without_a_network(phone: OwnPage) -> None:
    """From the tap on nothing of hers is seen; what she entered is sent before her session ends."""
    page = phone.page
    phone.tap("Today")
    phone.tap("How it went")
    phone.context.set_offline(True)
    phone.tap("Say it otherwise")
    phone.tap("8")
    phone.tap("Back")
    phone.tap("Give the tablet back")
    expect(page.get_by_text("sent as soon as there is a network")).to_be_visible()
    phone.reload()
    expect(page.get_by_text("Your page is closed.")).to_be_visible()
    assert "P07" not in page.locator("body").inner_text()
    phone.context.set_offline(False)
    with page.expect_response("**/api/v1/own/sign-out"):
        page.evaluate("dispatchEvent(new Event('online'))")
    grades = [one["value"]["feeling_0_10"] for one in phone.site.read_events("feeling")]
    assert grades == [7, 8]
    phone.reload()
    expect(page.get_by_text("Nobody is signed in on this phone.")).to_be_visible()


def test_staff_make_a_card_end_a_session_and_answer_a_yes(
    chromium: Browser, own_site: OwnSite
) -> None:
    phone = OwnPage(chromium, own_site)
    phone.open(own_site.make_address())
    desk = StaffPage(chromium, own_site)
    page = desk.page
    page.goto(own_site.url + "/cards")
    page.get_by_role("button", name="Make a code for her phone").click()
    expect(page.get_by_role("img", name="Code of P07")).to_be_visible()
    expect(page.get_by_text("This address works on this machine only")).to_be_visible()
    assert list_barriers_of_sizes(page, "cards") == []
    page.get_by_role("button", name="Withdraw this code").click()
    expect(page.get_by_role("status")).to_contain_text("open nothing any more")
    page.get_by_role("button", name="Sign out there: Fig P07").click()
    expect(page.get_by_text("No phone or tablet is signed in for a participant.")).to_be_visible()
    phone.reload()
    expect(phone.page.get_by_text("Nobody is signed in on this phone.")).to_be_visible()
    own_site.say_worse("P08")
    page.goto(own_site.url + "/next-day")
    expect(page.locator("#open ~ ul")).to_contain_text("P08: pain")
    assert list_barriers_of_sizes(page, "next-day") == []
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_role("alert")).to_contain_text("Say what was done")
    page.get_by_label("What was done about P08").fill("called her")
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_text("Nothing to look at.")).to_be_visible()
    expect(page.get_by_text("Done: called her (sara, ")).to_be_visible()
    for one in (desk.context, phone.context):
        one.close()
