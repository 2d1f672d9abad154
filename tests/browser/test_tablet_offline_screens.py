"""What comes only when it is opened is on the tablet before anybody opens it."""

import pytest
from playwright.sync_api import expect

from tests.browser.tablet_page import TabletPage
from tests.tablet_evening import CODES

pytestmark = pytest.mark.browser

TO_CLOSING = """
async () => {
  const { enterPhase } = await import("/tablet/app/state/clock_acts.js");
  await enterPhase("closing");
}
"""


@pytest.mark.kept_app
def test_every_screen_of_the_circuit_opens_at_once_after_a_start_without_a_server(
    tablet: TabletPage,
) -> None:
    page = tablet.reach_circuit(CODES[:3])
    tablet.wait_until_sent()
    tablet.wait_for_worker()
    tablet.site.stop()
    page.reload()
    tablet.wait_ready()
    tablet.tile("P01").tap()
    expect(page.locator(".set-panel")).to_be_visible()
    tablet.tap("More", ".drawer")
    tablet.tap("Another strap")
    expect(page.locator(".strap-panel")).to_be_visible()
    tablet.tap("Done", ".drawer")
    tablet.tap("Stations")
    expect(page.locator(".stations")).to_be_visible()
    tablet.tap("Effort (RPE)")
    expect(page.locator(".effort")).to_be_visible()
    page.locator(".effort .done").tap()
    page.locator(".truth-facts").tap()
    expect(page.locator(".connection")).to_be_visible()
    tablet.tap("Close", ".connection")
    page.evaluate(TO_CLOSING)
    tablet.tap("3 End")
    expect(page.locator(".summary")).to_be_visible()
    tablet.tap("2 Check")
    tablet.tap("Somebody's sets tonight")
    page.locator(".who-came button", has_text="P01").tap()
    expect(page.locator(".her-sets .wide-key").first).to_be_visible()
    expect(page.locator(".opening")).to_have_count(0)


def test_a_look_whose_part_of_the_app_does_not_come_is_said_not_to_be_saved(
    tablet: TabletPage,
) -> None:
    """This tablet keeps no files, and the server has none to give."""
    tablet.context.route("**/state/looking.js", lambda route: route.fulfill(status=503))
    page = tablet.reach_circuit(CODES[:2])
    tablet.tile("P01").tap()
    expect(page.locator(".undo.failure")).to_be_visible()
    assert tablet.ledger.of_kind("set") == []
