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
OpenWithout = Callable[[str], TabletPage]


class LackingSite(TabletSite):
    """A server that has trouble with one file."""

    def __init__(self, lacking: str) -> None:
        super().__init__()
        self._lacking = lacking

    def build_app(self) -> FastAPI:
        app = super().build_app()
        app.add_middleware(BaseHTTPMiddleware, dispatch=self._refuse)
        return app

    async def _refuse(self, request: Request, call_next: RequestResponseEndpoint) -> Response:
        if request.url.path == self._lacking:
            return Response(status_code=503)
        return await call_next(request)


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


def test_it_says_when_the_app_opens_without_wi_fi(tablet: TabletPage) -> None:
    """This tablet is on an address that its browser doesn't trust."""
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
