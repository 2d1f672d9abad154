"""E6, decision 0016: names and emergency cards go when the session is closed, and only then."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.tablet_page import TabletPage
from tests.browser.test_tablet_tonight import TO_CLOSING, close_session
from tests.browser.troubled_disk import FULL_DISK
from tests.tablet_evening import CODES

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]

COUNT_NAMED = """
async () => {
  const { names, cards } = await import("/tablet/app/state/model.js");
  const { openDatabase } = await import("/tablet/app/shell/database.js");
  const { unseal } = await import("/tablet/app/shell/vault.js");
  const kept = await unseal(await openDatabase(), "people");
  return [names.value, cards.value, kept?.names ?? {}].map((one) => Object.keys(one).length);
}
"""
EVERYBODY, NOBODY = [15, 12, 15], [0, 0, 0]
NOTE_KEPT = """
window.kept = [];
const put = IDBObjectStore.prototype.put;
IDBObjectStore.prototype.put = function (value, key) {
  window.kept.push(key);
  return put.call(this, value, key);
};
"""


def expect_named(tablet: TabletPage, counts: list[int]) -> None:
    """In time, so many women have names here, cards here, and names in the store."""
    for _ in range(100):
        if tablet.page.evaluate(COUNT_NAMED) == counts:
            return
        tablet.page.wait_for_timeout(50)
    raise AssertionError(tablet.page.evaluate(COUNT_NAMED))


def test_e6_names_go_from_every_tablet_that_sees_the_close_and_stay_gone(
    tablet: TabletPage, new_tablet: Callable[[None], TabletPage]
) -> None:
    tablet.reach_circuit(CODES[:2])
    tablet.wait_until_sent()
    other = new_tablet(None)
    other.join_circuit("leyla")
    assert other.page.evaluate(COUNT_NAMED) == EVERYBODY
    close_session(tablet)
    tablet.wait_until_sent()
    for one in (tablet, other):
        expect_named(one, NOBODY)
        one.context.add_init_script(NOTE_KEPT)
        one.page.reload()
        one.wait_ready()
        one.page.wait_for_function("() => window.kept.includes('bundle')")  # fetched again
        assert one.page.evaluate("() => window.kept.includes('sealed/people')") is False
        expect_named(one, NOBODY)
    tablet.tap("Open it again")
    tablet.tap("Something was forgotten")
    tablet.enter_pin("271828")
    tablet.page.locator('[data-screen="closing"]').wait_for()
    expect_named(tablet, EVERYBODY)  # the session goes on again


def test_e1_a_close_that_could_not_be_saved_destroys_nothing(tablet: TabletPage) -> None:
    page = tablet.reach_circuit(CODES[:2])
    tablet.wait_until_sent()
    page.evaluate(TO_CLOSING)
    tablet.tap("3 End")
    tablet.wait_until_sent()
    page.evaluate(FULL_DISK)
    tablet.tap("Hold to end")
    tablet.tap("Tap again to end")
    expect(page.locator(".undo.failure")).to_contain_text("could not save that (full)")
    assert page.evaluate(COUNT_NAMED) == EVERYBODY
    expect(page.locator('[data-screen="closing"]')).to_be_visible()
