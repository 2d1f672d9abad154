"""Evenings by chance fold to the same state on the tablet and on the server."""

import json
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from playwright.sync_api import Browser, Page

from protocol.ledger.event import LedgerEvent
from server.sessions.domain.fold import fold_session
from tests.browser.tablet_site import TabletSite
from tests.browser.test_tablet_fold import fold
from tests.ledger_entries import minute, to_json
from tests.ledger_stories import contested, evenings

pytestmark = pytest.mark.browser

NOW = minute(35)


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Iterator[Page]:
    site = TabletSite()
    site.start()
    context = chromium.new_context()
    page = context.new_page()
    page.goto(site.url + "/tablet/")
    yield page
    context.close()
    site.stop()


@settings(max_examples=150, deadline=None)
@given(events=evenings(max_size=20) | evenings(written=contested()))
def test_any_evening_is_the_same_on_both_sides(page: Page, events: list[LedgerEvent]) -> None:
    rows = [to_json(event) for event in events]
    assert fold(page, rows, NOW) == json.loads(json.dumps(fold_session(events, NOW)))
