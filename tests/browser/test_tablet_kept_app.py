"""What the connection sheet says of opening without Wi-Fi, also when that can't be made ready."""

from collections.abc import Callable, Iterator

import pytest
from fastapi import FastAPI, Request, Response
from playwright.sync_api import Browser, expect
from starlette.middleware.base import BaseHTTPMiddleware, RequestResponseEndpoint

from tests.browser.tablet_page import TabletPage
from tests.browser.tablet_site import TabletSite

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


def test_on_an_address_that_the_browser_does_not_trust_it_says_not_yet(
    tablet: TabletPage,
) -> None:
    tablet.open()
    tablet.sign_in()
    tablet.tap("Connection")
    expect(tablet.page.locator(".where-list")).to_contain_text(NOT_YET)


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
