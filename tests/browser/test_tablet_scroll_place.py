"""Whoever comes back from one set finds the list where she left it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.passing_time import pass_time
from tests.browser.stopped_clock import reach_stopped, settle
from tests.browser.tablet_page import TabletPage
from tests.browser.test_tablet_her_sets import open_sets
from tests.browser.test_tablet_late_rounds import CLOSE_SWEEP, TWO_ROUNDS
from tests.browser.test_tablet_sets_tonight import KEY, begin, end_circuit
from tests.tablet_evening import CODES

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

SHOW = "(row) => row.scrollIntoView({ block: 'center' })"
READ_PLACE = "(list) => list.scrollTop"
NewTablet = Callable[[dict[str, int] | None], TabletPage]


def reach(new_tablet: NewTablet) -> TabletPage:
    tablet = new_tablet({"width": 1024, "height": 768})
    begin(tablet, 3, CODES[:14])
    end_circuit(tablet)
    return tablet


def show(ul: Locator, row: Locator) -> float:
    """In the middle, where keys count already; how far the list is scrolled then."""
    ul.page.locator(".assumed-sets:not([inert])").wait_for()
    row.evaluate(SHOW)
    place: float = ul.evaluate(READ_PLACE)
    assert place > 0
    return place


def test_the_list_of_her_sets_is_where_it_was_left(new_tablet: NewTablet) -> None:
    tablet = reach(new_tablet)
    ul = tablet.page.locator(".her-sets")
    tablet.tap(KEY)
    tablet.page.locator(".who-came button", has_text="P02").tap()
    row = ul.locator("li").nth(18)
    place = show(ul, row)
    row.locator(".wide-key").tap()
    tablet.tap("◂ Tea P02: her sets")
    expect(row).to_be_in_viewport()
    assert ul.evaluate(READ_PLACE) == place
    tablet.picture("t10-sets-left-there")
    tablet.tap("◂ Everybody")
    tablet.page.locator(".who-came button", has_text="P03").tap()
    assert ul.evaluate(READ_PLACE) == 0  # another woman's begins at its top


def test_the_list_in_her_drawer_is_where_it_was_left(new_tablet: NewTablet) -> None:
    """The drawer scrolls with what stands over the list; another woman's begins at its top."""
    tablet = new_tablet({"width": 1024, "height": 768})
    reach_stopped(tablet)
    pass_time(TWO_ROUNDS, tablet)
    settle(tablet)
    tablet.page.evaluate(CLOSE_SWEEP)
    drawer = tablet.page.locator(".drawer")
    body, row = drawer.locator(".drawer-body"), drawer.locator(".her-sets li").nth(12)
    open_sets(tablet, "P02")
    row.evaluate(SHOW)
    place = body.evaluate(READ_PLACE)
    assert place > 0
    row.locator(".wide-key").tap()
    expect(drawer.locator(".amounts")).to_be_visible()
    assert body.evaluate(READ_PLACE) == 0
    tablet.tap("More", ".drawer")
    tablet.tap("Her sets tonight", ".drawer")
    expect(row).to_be_in_viewport()
    assert body.evaluate(READ_PLACE) == place
    tablet.tap("Done", ".drawer")
    open_sets(tablet, "P03")
    expect(row).to_have_count(1)
    assert body.evaluate(READ_PLACE) == 0


def test_the_list_of_sets_that_nobody_saw_is_where_it_was_left(new_tablet: NewTablet) -> None:
    tablet = reach(new_tablet)
    tablet.tap("To the end")
    tablet.tap("2 Check")
    ul = tablet.page.locator(".assumed-sets ul")
    tablet.page.locator(".odd", has_text="assumed").get_by_role("button", name="Fix").first.tap()
    row = ul.locator("li").nth(20)
    place = show(ul, row)
    row.get_by_role("button", name="Seen, different ▸").tap()
    tablet.tap("Back to the sets")
    expect(ul).to_be_visible()
    assert ul.evaluate(READ_PLACE) == place
