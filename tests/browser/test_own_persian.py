"""P1 to P6 in Persian, without a network meanwhile: words, digits, direction, sizes."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.in_persian import choose_persian, find_english, say
from tests.browser.own_site import OwnPage, OwnSite
from tests.own_phone import PIN, one_day_later

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]
LATIN_DIGITS = """
() => [...document.querySelectorAll("body *")].filter((one) => one.checkVisibility() &&
  !one.closest("code, [data-latin]") && [...one.childNodes].some((node) => node.nodeType === 3 &&
  /(^|[^A-Za-z0-9])[0-9]/.test(node.data))).map((one) => one.textContent)
"""


def look(phone: OwnPage, name: str) -> list[str]:
    own = ("Ambulance", "heel raises")  # of the test, in no catalogue
    english = find_english(phone.page, own)
    digits: list[str] = phone.page.evaluate(LATIN_DIGITS)
    return phone.look(f"fa-{name}") + english + digits


def test_every_screen_in_persian_with_the_network_away_meanwhile(
    chromium: Browser, own_site: OwnSite
) -> None:
    phone = OwnPage(chromium, own_site)
    page, evening = phone.page, own_site.evening
    phone.open(own_site.make_address())
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    phone.context.set_offline(True)
    choose_persian(page, own_site.url)  # as the key does, which keeps the cookie over HTTPS alone
    phone.reload()
    assert page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == [
        "fa", "rtl",
    ]  # fmt: skip
    expect(page.get_by_role("heading", name=say("Today"), exact=True)).to_be_visible()
    changed = say("You changed the language without a network. The names of your exercises "
                  "change when there is one.")  # fmt: skip
    expect(page.locator(".way")).to_contain_text(changed)
    assert phone.look("fa-changed-offline") == []
    phone.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator(".way")).to_be_empty()
    page.locator("summary").tap()
    assert look(phone, "p1-plan") == []

    own_site.write(evening.make_beginning())
    evening.wall.pass_min(0.2)
    phone.reload()
    assert look(phone, "p1-today") == []
    phone.tap(say("My exercise and my clock"))
    assert look(phone, "p2-during") == []
    evening.wall.pass_min(8 + 25)
    phone.reload()
    phone.tap(say("Say how hard it was"))
    assert look(phone, "p3-effort") == []
    phone.tap(say("Back"))
    phone.tap(say("How it went"))
    assert look(phone, "p4-after") == []
    one_day_later(evening)
    phone.reload()
    phone.tap(say("Answer"))
    assert look(phone, "p5-next-day") == []
    phone.tap(say("Yes"))
    assert look(phone, "p5-what") == []
    phone.tap(say("Back"))
    phone.tap(say("My path"))
    assert look(phone, "p6-pin") == []
    one, three = (page.locator(".pad .key", has_text=say(n)).bounding_box() for n in "13")
    assert one is not None
    assert three is not None
    assert one["x"] < three["x"]  # as on a telephone
    for digit in PIN * 2:
        phone.tap(say(digit))
    expect(page.locator(".weeks .dot")).to_have_count(24)
    assert look(phone, "p6-path") == []
    assert phone.trouble == []
    phone.context.close()
