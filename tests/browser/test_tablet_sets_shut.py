"""When and for whom there is no key to everybody's sets."""

import pytest
from playwright.sync_api import expect

from tests.browser.tablet_page import TabletPage
from tests.browser.test_tablet_sets_tonight import KEY, open_hers, reach_cooldown, row
from tests.ledger_entries import TABLET_B, Tablet, to_json
from tests.tablet_evening import SESSION

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]


def expect_no_sets(tablet: TabletPage) -> None:
    """Neither a list of them nor a key to one."""
    expect(tablet.page.locator(".her-sets")).to_have_count(0)
    expect(tablet.page.get_by_role("button", name=KEY)).to_have_count(0)


def test_nothing_is_entered_once_the_session_is_closed(tablet: TabletPage) -> None:
    """By another tablet, while the list is open here and something can be undone."""
    reach_cooldown(tablet)
    open_hers(tablet)
    row(tablet).get_by_role("button", name="Not seen after all").tap()
    expect(tablet.page.locator(".undo")).to_be_visible()
    tablet.wait_until_sent()
    closed = Tablet(TABLET_B, "leyla").write(
        "session_closed", "session", {"summary": {}}, tablet.ledger.now()
    )
    tablet.ledger.append(SESSION, to_json(closed))
    tablet.page.evaluate("dispatchEvent(new Event('online'))")  # it asks at once
    tablet.page.get_by_role("heading", name="The session is closed").wait_for()
    expect(tablet.page.locator(".undo")).to_be_hidden(timeout=1000)
    expect_no_sets(tablet)


def test_an_assistant_has_no_key_to_sets(tablet: TabletPage) -> None:
    reach_cooldown(tablet)
    open_hers(tablet)
    tablet.switch_to("mina")
    tablet.page.locator('[data-screen="assistant"]').wait_for()
    expect_no_sets(tablet)
