"""The server on the gym's network, as `serve` serves it: trusted, not trusted, the way there."""

import base64
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from server.people.roles import Role
from server.web.pages import build_static_mount
from server.web.security_headers import SecurityHeaders
from server.web.self_test_page import build_self_test_router
from tests.browser.barriers import list_barriers_of_sizes
from tests.browser.test_strap_labels import READ_PICTURE
from tests.browser.trusting_browser import launch, trust_authority
from tests.browser.watching import PICTURES, TABLET, WATCH_POLICY
from tests.certificates import make_certificates
from tests.loopback_site import LoopbackSite
from tests.server_process import ServerProcess
from tests.staff import PASSWORD, add_person
from tests.studies import make_study
from tests.tablet_evening import PINS

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]

NAME = "gym.local"
DAY_AND_TWO_HOURS_AHEAD = """
const real = Date.now.bind(Date);
Date.now = () => real() + 26 * 3600_000;
"""


@dataclass(frozen=True)
class Gym:
    """Where a server is, its plain page, and its authority's certificate."""

    url: str
    trust_url: str
    authority: Path


@pytest.fixture(scope="module")
def gym(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gym]:
    study = make_study(tmp_path_factory.mktemp("gym") / "study")
    with study.open() as storage:
        add_person(storage.database, "sara", pin=PINS["sara"])
        add_person(storage.database, "root", Role.ADMIN)
    folder, _ = make_certificates(study.path)
    with ServerProcess(study, more=["--trust-port", "0"]) as server:
        plain = server.read_line().split()[-1]
        yield Gym(by_name(server.url), by_name(plain), folder.authority_certificate)


def by_name(url: str) -> str:
    return url.replace("127.0.0.1", NAME)


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="module")
def stranger(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A browser that never heard of our authority."""
    browser = launch(playwright, tmp_path_factory.mktemp("stranger"), NAME)
    yield browser
    browser.close()


def open_page(browser: Browser, **options: bool) -> Page:
    context = browser.new_context(viewport=TABLET, has_touch=True, **options)  # type: ignore[arg-type]
    context.add_init_script(WATCH_POLICY)
    page = context.new_page()
    page.set_default_timeout(30_000)
    return page


def run_self_test(page: Page, url: str) -> dict[str, str]:
    """What each line's state is, once all is tested."""
    page.goto(url + "/self-test/")
    page.locator("html[data-tested]").wait_for(timeout=20_000)
    return {
        line.get_attribute("id") or "": line.get_attribute("data-state") or ""
        for line in page.locator(".lines > li").all()
    }


def test_who_does_not_trust_it_gets_the_browsers_warning_and_no_offline_mode(
    gym: Gym, stranger: Browser
) -> None:
    with pytest.raises(PlaywrightError, match="ERR_CERT_AUTHORITY_INVALID"):
        open_page(stranger).goto(gym.url + "/tablet/")
    passed = open_page(stranger, ignore_https_errors=True)  # as whoever passes the warning
    states = run_self_test(passed, gym.url)
    assert (states["secure"], states["worker"], states["clock"]) == ("bad", "bad", "ok")
    expect(passed.locator("#secure .said")).to_contain_text("doesn't trust the address")
    expect(passed.locator("#worker .said")).to_contain_text("you'll need paper")
    passed.goto(gym.url + "/tablet/")
    passed.get_by_label("Your name").fill("sara")
    for digit in PINS["sara"]:
        passed.get_by_role("button", name=digit, exact=True).tap()
    passed.get_by_role("heading", name="Today").wait_for()
    expect(passed.get_by_text("Offline mode off")).to_be_visible()
    PICTURES.mkdir(parents=True, exist_ok=True)
    passed.screenshot(path=str(PICTURES / "tablet-warning-passed.png"))
    assert passed.evaluate("window.brokenPolicies") == []


def test_the_plain_page_shows_the_way_on_every_screen(gym: Gym, stranger: Browser) -> None:
    page = open_page(stranger)
    page.goto(gym.trust_url)
    assert page.evaluate("isSecureContext") is False
    pictures = page.locator("section img")
    expect(pictures).to_have_count(4)
    assert page.evaluate(
        "[...document.images].every((one) => one.complete && one.naturalWidth > 0)"
    )
    assert list_barriers_of_sizes(page, "trust") == []
    assert page.evaluate("window.brokenPolicies") == []
    with page.expect_download() as taken:
        page.get_by_role("link", name="Profile for iPad and iPhone").click()
    assert taken.value.suggested_filename == "doseline-authority.mobileconfig"


def test_where_it_is_trusted_the_app_is_kept_and_opens_without_a_network(
    gym: Gym, playwright: Playwright, tmp_path: Path
) -> None:
    trust_authority(tmp_path, gym.authority)
    browser = launch(playwright, tmp_path, NAME)
    page = open_page(browser)
    states = run_self_test(page, gym.url)
    assert (states["secure"], states["worker"], states["clock"]) == ("ok", "ok", "ok")
    assert states["sound"] == "open"
    page.get_by_role("button", name="Play a tone").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="I heard it").wait_for()
    assert page.evaluate("document.activeElement.closest('li').id") == "sound"
    page.keyboard.press("Enter")
    expect(page.locator("#sound")).to_have_attribute("data-state", "ok")
    assert list_barriers_of_sizes(page, "self-test") == []
    assert (
        page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0
    )
    read_code(page, gym)
    page.goto(gym.url + "/tablet/")
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    page.get_by_label("Your name").wait_for()
    assert page.evaluate("window.brokenPolicies") == []
    page.context.set_offline(True)
    page.reload()
    page.locator("html[data-ready=true]").wait_for()
    expect(page.get_by_label("Your name")).to_be_visible()
    browser.close()


def read_code(page: Page, gym: Gym) -> None:
    """The admin's page, and what a camera reads from it: a number, and the plain port."""
    page.goto(gym.url + "/address")
    page.get_by_label("Name").fill("root")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    picture = base64.b64encode(page.locator(".code").screenshot()).decode()
    port = gym.trust_url.partition(f"{NAME}:")[2]
    assert page.evaluate(READ_PICTURE, picture) == f"http://192.168.1.20:{port}"
    assert list_barriers_of_sizes(page, "address") == []
    page.set_viewport_size(TABLET)  # type: ignore[arg-type]


class BareSite(LoopbackSite):
    """The self-test alone, without encryption: none of our servers does this on a network."""

    def build_app(self) -> FastAPI:
        app = FastAPI()
        app.include_router(build_self_test_router(time.time_ns))
        app.router.routes.append(build_static_mount())
        app.add_middleware(SecurityHeaders)
        return app


def test_the_self_test_can_be_read_where_nothing_of_a_secure_address_is_there(
    stranger: Browser,
) -> None:
    site = BareSite()
    site.start()
    page = open_page(stranger)
    page.add_init_script(DAY_AND_TWO_HOURS_AHEAD)
    trouble: list[str] = []
    page.on("pageerror", lambda error: trouble.append(str(error)))
    states = run_self_test(page, by_name(site.url))
    site.close()
    assert page.evaluate("[isSecureContext, navigator.serviceWorker === undefined]") == [
        False,
        True,
    ]
    assert states == {
        "secure": "bad", "worker": "absent", "storage": "absent", "awake": "absent",
        "sound": "open", "clock": "bad",
    }  # fmt: skip
    expect(page.locator("#clock .said")).to_contain_text("1 d 2 h ahead of the server's")
    expect(page.locator("#summary")).to_have_text("0 of 6 are OK.")
    assert trouble == []
