"""Signing in as people do it: with and without JavaScript, by keyboard, in Chromium over http."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from server.people.registry import Registry
from server.people.roles import Role
from tests.browser.axe import find_violations
from tests.browser.barriers import CONTRASTS
from tests.browser.conftest import WatchedPage
from tests.live_scene import circuit_tiles
from tests.live_site import LiveSite
from tests.staff import PASSWORD, PIN, add_person

pytestmark = pytest.mark.browser


def fill(page: Page, name: str, secret: str) -> None:
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(secret)
    page.get_by_role("button", name="Sign in").click()


def test_f2_the_cookie_is_taken_over_http_on_loopback_and_no_script_sees_it(
    watched: WatchedPage,
) -> None:
    page = watched.sign_in("/home")
    (cookie,) = watched.context.cookies()
    assert cookie["name"] == "__Host-doseline"
    assert (cookie["secure"], cookie["httpOnly"], cookie["sameSite"]) == (True, True, "Lax")
    assert (cookie["path"], cookie["expires"]) == ("/", -1)
    assert page.evaluate("document.cookie") == ""
    expect(page.locator("main")).to_contain_text("You are sara, trainer.")


def test_without_javascript(chromium: Browser, site: LiveSite) -> None:
    add_person(site.database, "sara")
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site.url + "/home")
    expect(page).to_have_url(site.url + "/sign-in?next=/home")
    fill(page, "sara", "wrong")
    expect(page.get_by_role("alert")).to_contain_text("don't belong together")
    expect(page.get_by_label("Name")).to_have_value("sara")
    fill(page, "sara", PASSWORD)
    expect(page).to_have_url(site.url + "/home")
    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(site.url + "/sign-in")
    page.goto(site.url + "/home")
    expect(page).to_have_url(site.url + "/sign-in?next=/home")
    context.close()


def test_by_keyboard_alone(watched: WatchedPage) -> None:
    add_person(watched.site.database, "sara")
    page = watched.page
    page.goto(watched.site.url + "/sign-in")
    expect(page.get_by_label("Name")).to_be_focused()
    page.keyboard.type("sara")
    page.keyboard.press("Tab")
    page.keyboard.type(PIN)
    page.keyboard.press("Enter")
    expect(page).to_have_url(watched.site.url + "/live")


def test_f6_after_five_wrong_ones_the_page_says_how_long_to_wait(watched: WatchedPage) -> None:
    add_person(watched.site.database, "sara")
    page = watched.page
    page.goto(watched.site.url + "/sign-in")
    for _ in range(6):
        fill(page, "sara", "wrong")
    sentence = re.compile(r"Too many wrong tries\. Wait (29|30) s, then try again\.")
    expect(page.get_by_role("alert")).to_contain_text(sentence)
    watched.picture("sign-in-wait")


def test_axe_finds_nothing_on_any_page(watched: WatchedPage) -> None:
    page, url = watched.page, watched.site.url
    page.goto(url + "/sign-in")
    watched.picture("sign-in")
    assert find_violations(page) == []
    fill(page, "nobody", "wrong")
    watched.picture("sign-in-trouble")
    assert find_violations(page) == []
    watched.sign_in("/home")
    watched.picture("home")
    assert find_violations(page) == []
    page.goto(url + "/live")
    watched.wait_for_viewers(1)
    watched.site.show(circuit_tiles(simulated=True))
    expect(page.locator(".tile")).to_have_count(15)
    watched.picture("live-signed-in")
    assert find_violations(page) == []


def test_axe_would_find_something(watched: WatchedPage) -> None:
    page = watched.page
    page.goto(watched.site.url + "/sign-in")
    page.locator("label").first.evaluate("node => node.remove()")
    assert [found.partition(":")[0] for found in find_violations(page)] == ["label"]


@pytest.mark.parametrize("size", [(1180, 820), (590, 410), (390, 844), (320, 568)])
def test_sizes_and_contrast_on_any_screen(watched: WatchedPage, size: tuple[int, int]) -> None:
    page = watched.page
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(watched.site.url + "/sign-in")
    fill(page, "nobody", "wrong")
    expect(page.get_by_role("alert")).to_be_visible()
    watched.picture(f"sign-in-{size[0]}x{size[1]}")
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    for control in page.locator("input:visible, button").all():
        box = control.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 64
    found = page.evaluate(CONTRASTS)
    assert [(text, round(ratio, 2)) for text, ratio in found if ratio < 7] == []
    assert watched.broken_policies() == []


def test_a_laboratory_is_led_to_its_own_pages(watched: WatchedPage) -> None:
    add_person(watched.site.database, "noor", Role.LAB)
    page = watched.page
    page.goto(watched.site.url + "/live")
    fill(page, "noor", PASSWORD)
    expect(page).to_have_url(watched.site.url + "/home")
    expect(page.locator("main")).to_contain_text("You are noor, laboratory.")
    expect(page.get_by_role("link", name="Samples")).to_be_visible()
    expect(page.get_by_role("link", name="Live")).to_have_count(0)


def test_f2_who_is_signed_out_elsewhere_is_told_and_sees_no_more(watched: WatchedPage) -> None:
    page = watched.open()
    watched.site.show(circuit_tiles())
    expect(page.locator(".tile")).to_have_count(15)
    Registry(watched.site.database, "test").disable("sara")
    expect(page.locator("#connection")).to_have_text(
        re.compile("You are signed out. The gateways go on recording."), timeout=10_000
    )
    expect(page.get_by_role("link", name="Sign in again")).to_be_visible()
    for button in ("Try now", "Sign out"):
        expect(page.get_by_role("button", name=button)).to_be_hidden()
    watched.picture("live-signed-out")
    assert watched.site.n_viewers == 0
    Registry(watched.site.database, "test").enable("sara")
    page.get_by_role("link", name="Sign in again").click()
    fill(page, "sara", PIN)
    watched.wait_for_viewers(1)


def test_signing_out_on_the_live_page(watched: WatchedPage) -> None:
    page = watched.open()
    expect(page.locator(".person")).to_contain_text("sara")
    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(watched.site.url + "/sign-in")
    assert watched.context.cookies() == []


@pytest.mark.parametrize("elsewhere", ["http://127.0.0.1:9/", "http://localhost:9/"])
def test_f3_a_form_on_another_site_signs_nobody_out(watched: WatchedPage, elsewhere: str) -> None:
    """The first is another origin of the same site, so it even sends the cookie."""
    page = watched.sign_in("/home")
    form = f'<form method="post" action="{watched.site.url}/sign-out"><button>Win</button></form>'
    page.route(elsewhere, lambda route: route.fulfill(body=form, content_type="text/html"))
    page.goto(elsewhere)
    with page.expect_response("**/sign-out") as answered:
        page.get_by_role("button").click()
    assert (answered.value.status, answered.value.json()["code"]) == (403, "cross_site")
    page.goto(watched.site.url + "/home")
    expect(page.locator("main")).to_contain_text("You are sara")


def test_sentences_in_another_language_and_their_plurals(watched: WatchedPage) -> None:
    page = watched.page
    page.goto(watched.site.url + "/sign-in")
    said = page.evaluate("""async () => {
      const { t, tn, useCatalogue } = await import("/static/translate.js");
      const { formOf } = await import("/static/plural_forms.js");
      const say = (n) => tn("{n} person", "{n} people", n);
      const english = [t("Wait {s} s, {x}", { s: 3 }), say(1), say(2), say(0)];
      useCatalogue({
        language: "ar",
        sentences: { "Wait {s} s, {x}": "\u0627\u0646\u062a\u0638\u0631 {s}" },
        plurals: { "{n} person": ["zero", "one", "two", "few {n}", "many {n}", "other {n}"] },
      }, formOf);
      return [english, [t("Wait {s} s, {x}", { s: 3 }), t("Not {n}", { n: 1 }),
        ...[0, 1, 2, 3, 11, 100].map(say)]];
    }""")
    assert said == [
        ["Wait 3 s, {x}", "1 person", "2 people", "0 people"],
        [
            "\u0627\u0646\u062a\u0638\u0631 3",
            "Not 1",
            "zero",
            "one",
            "two",
            "few 3",
            "many 11",
            "other 100",
        ],
    ]
