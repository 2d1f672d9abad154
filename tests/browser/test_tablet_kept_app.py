"""What the connection sheet says of opening without Wi-Fi, also when that can't be made ready."""

from collections.abc import Callable, Iterator

import pytest
from fastapi import FastAPI, Request, Response
from playwright.sync_api import Browser, expect
from starlette.middleware.base import BaseHTTPMiddleware, RequestResponseEndpoint

from tests.browser.tablet_page import TabletPage
from tests.browser.tablet_site import TabletSite
from tests.browser.watching import PICTURES

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]

NOT_YET = "Doesn't open without Wi-Fi yet: keep this page open."
# As the browser does by itself, now and then; over when what it found is given up.
LOOK_FOR_NEWER = """async () => {
  const registration = await navigator.serviceWorker.getRegistration("/tablet/");
  await registration.update();
  const { installing } = registration;
  if (installing) await new Promise((done) => installing.addEventListener("statechange", done));
  return registration.installing || registration.waiting ? "newer" : "nothing newer";
}"""
BRING_WORKER = """async () => void (window.worker = await import("/tablet/app/shell/worker.js"))"""
HAS_REGISTERED = """() => window.worker.offlineReady.value === "ready" """
OpenWithout = Callable[[str], TabletPage]


class LackingSite(TabletSite):
    """A server that has trouble with one file."""

    def __init__(self, lacking: str) -> None:
        super().__init__()
        self.lacking = lacking
        self.newer = b""
        self.n_refused = 0

    def build_app(self) -> FastAPI:
        app = super().build_app()
        app.add_middleware(BaseHTTPMiddleware, dispatch=self._refuse)
        return app

    async def _refuse(self, request: Request, call_next: RequestResponseEndpoint) -> Response:
        if request.url.path == self.lacking:
            self.n_refused += 1
            return Response(status_code=503)
        response = await call_next(request)
        if request.url.path != "/tablet/service-worker.js":
            return response
        script = b"".join([part async for part in response.body_iterator])  # type: ignore[attr-defined]
        return Response(script + self.newer, media_type="text/javascript")


@pytest.fixture
def open_without(chromium: Browser) -> Iterator[OpenWithout]:
    opened: list[tuple[LackingSite, TabletPage]] = []

    def open_at(lacking: str) -> TabletPage:
        site = LackingSite(lacking)
        site.start()
        opened.append((site, TabletPage(site, chromium)))
        opened[-1][1].open()
        return opened[-1][1]

    yield open_at
    for site, tablet in opened:
        assert tablet.trouble == []
        tablet.context.close()
        site.stop()


def test_on_an_address_that_the_browser_does_not_trust_it_runs_and_says_what_is_missing(
    tablet: TabletPage,
) -> None:
    tablet.page.add_init_script("delete Navigator.prototype.storage;")
    tablet.open()
    tablet.sign_in()
    expect(tablet.page.locator(".truth [data-wrong]", has_text="Offline mode off")).to_be_visible()
    tablet.tap("Connection")
    expect(tablet.page.locator(".where-list")).to_contain_text("Offline mode is off: this browser")
    expect(tablet.page.locator(".where-list")).to_contain_text("may be cleared by the browser")
    way = tablet.page.get_by_role("link", name="How to trust it")
    expect(way).to_have_attribute("href", "/trust")
    expect(way).to_have_attribute("target", "_blank")  # the session's page stays open
    PICTURES.mkdir(parents=True, exist_ok=True)
    tablet.page.screenshot(path=str(PICTURES / "tablet-untrusted.png"))


@pytest.mark.parametrize(
    "lacking", ["/tablet/service-worker.js", "/tablet/app/pictures/walk-slowly.svg"]
)
def test_what_could_not_be_kept_is_said_and_not_for_ever_getting_ready(
    open_without: OpenWithout, lacking: str
) -> None:
    tablet = open_without(lacking)
    tablet.sign_in()
    tablet.tap("Connection")
    expect(tablet.page.locator(".where-list")).to_contain_text(NOT_YET)


def test_without_trouble_it_opens_without_wi_fi(open_without: OpenWithout) -> None:
    tablet = open_without("/nothing")
    tablet.sign_in()
    tablet.tap("Connection")
    expect(tablet.page.locator(".where-list")).to_contain_text("Opens without Wi-Fi \N{CHECK MARK}")
    expect(tablet.page.get_by_text("Offline mode off")).to_have_count(0)


def test_an_update_that_fails_after_a_hard_reload_leaves_the_old_files(
    open_without: OpenWithout,
) -> None:
    """Such a page has no worker of its own, and the one that is kept still opens the app."""
    tablet = open_without("/nothing")
    tablet.wait_for_worker()
    assert isinstance(tablet.site, LackingSite)
    tablet.site.newer, tablet.site.lacking = b"\n// newer", "/tablet/app/pictures/walk-slowly.svg"
    tablet.page.context.new_cdp_session(tablet.page).send("Page.reload", {"ignoreCache": True})
    tablet.page.wait_for_function("() => !navigator.serviceWorker?.controller")
    tablet.wait_ready()
    tablet.page.evaluate(BRING_WORKER)
    tablet.page.wait_for_function(HAS_REGISTERED)
    assert tablet.page.evaluate(LOOK_FOR_NEWER) == "nothing newer"
    assert tablet.site.n_refused > 0
    tablet.sign_in()
    tablet.tap("Connection")
    expect(tablet.page.locator(".where-list")).to_contain_text("Opens without Wi-Fi \N{CHECK MARK}")
