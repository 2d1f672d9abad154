"""Chromium on the live page. Without a browser tests skip loudly, and in CI they fail."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from tests.browser.looking_often import look_often
from tests.browser.own_site import OwnSite
from tests.browser.real_site import RealSite
from tests.browser.tablet_page import TabletPage
from tests.browser.tablet_site import TabletSite
from tests.browser.watching import PICTURES, QUIET_ARGUMENTS, TABLET, WATCH_POLICY, find_browser
from tests.live_site import LiveSite
from tests.staff import PIN, add_person


@pytest.fixture(scope="session", autouse=True)
def patient_and_prompt() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        look_often(patch)
        yield


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    path = find_browser()
    if path is None:
        message = "NO CHROMIUM HERE: `make browser` installs what these tests need"
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def real_site(tmp_path: Path) -> Iterator[RealSite]:
    """The whole server with a study for one evening."""
    site = RealSite(tmp_path)
    site.start()
    yield site
    site.close()


@pytest.fixture
def own_site(tmp_path: Path) -> Iterator[OwnSite]:
    """The whole server with one woman in each arm."""
    site = OwnSite(tmp_path)
    site.start()
    yield site
    site.close()


@pytest.fixture
def site(tmp_path: Path) -> Iterator[LiveSite]:
    site = LiveSite(tmp_path)
    site.start()
    yield site
    site.close()


class WatchedPage:
    """A page at the live address, and everything that went wrong in it."""

    def __init__(self, browser: Browser, site: LiveSite) -> None:
        self.site = site
        self.context = browser.new_context(viewport=TABLET)  # type: ignore[arg-type]
        self.context.add_init_script(WATCH_POLICY)
        self.page: Page = self.context.new_page()
        self.trouble: list[str] = []
        self.page.on("pageerror", lambda error: self.trouble.append(str(error)))
        self.page.on("console", self._note_error)

    def _note_error(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.trouble.append(message.text)

    def sign_in(self, path: str = "/live") -> Page:
        """Go to a page as a trainer who isn't signed in yet."""
        add_person(self.site.database, "sara")
        self.page.goto(self.site.url + path)
        self.page.get_by_label("Name").fill("sara")
        self.page.get_by_label("Password").fill(PIN)
        self.page.get_by_role("button", name="Sign in").click()
        self.page.wait_for_url(self.site.url + path)
        return self.page

    def open(self) -> Page:
        """Load the live page and wait until its stream is open."""
        self.sign_in()
        self.wait_for_viewers(1)
        return self.page

    def wait_for_viewers(self, n_viewers: int) -> None:
        for _ in range(500):
            if self.site.n_viewers == n_viewers:
                return
            self.page.wait_for_timeout(20)
        raise TimeoutError(f"{self.site.n_viewers} viewers, not {n_viewers}")

    def picture(self, name: str) -> None:
        """Kept in out/browser for people to look at."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=str(PICTURES / f"{name}.png"))

    def broken_policies(self) -> list[str]:
        found: list[str] = self.page.evaluate("window.brokenPolicies")
        return found


@pytest.fixture
def watched(chromium: Browser, site: LiveSite) -> Iterator[WatchedPage]:
    watched = WatchedPage(chromium, site)
    yield watched
    watched.context.close()


@pytest.fixture
def tablet_site() -> Iterator[TabletSite]:
    site = TabletSite()
    site.start()
    yield site
    site.stop()


@pytest.fixture
def new_tablet(
    request: pytest.FixtureRequest, chromium: Browser, tablet_site: TabletSite
) -> Iterator[Callable[[dict[str, int] | None], TabletPage]]:
    """As many tablets as a test wants, each with a store of its own.

    Only a test marked `kept_app` has a service worker: to keep 200 files costs two seconds.
    """
    tablets: list[TabletPage] = []
    keeps_app = request.node.get_closest_marker("kept_app") is not None

    def make(size: dict[str, int] | None = None) -> TabletPage:
        tablets.append(TabletPage(tablet_site, chromium, size=size, keeps_app=keeps_app))
        return tablets[-1]

    yield make
    for tablet in tablets:
        refused = tablet.list_refused()
        tablet.context.close()
        assert tablet.trouble == []
        assert set(refused) == set(tablet_site.ledger.refused_ids.values())


@pytest.fixture
def tablet(new_tablet: Callable[[dict[str, int] | None], TabletPage]) -> TabletPage:
    return new_tablet(None)
