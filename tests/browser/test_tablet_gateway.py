"""T3, T11: what the tablet says of the gateway, no more than is known of it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from server.live.frame import Gateway
from tests.browser.tablet_page import TabletPage
from tests.live_scene import circuit_tiles

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

NewTablet = Callable[[dict[str, int] | None], TabletPage]
UNKNOWN_CLOCK = "The gateway's isn't known: none is heard."


def _open_connection(tablet: TabletPage) -> None:
    tablet.open()
    tablet.sign_in()
    tablet.wait_for_stream()
    tablet.page.locator(".truth-facts").tap()


def test_t11_says_how_far_the_gateways_clock_is_off_and_that_it_isnt_known_where_it_isnt(
    tablet: TabletPage,
) -> None:
    _open_connection(tablet)
    said = tablet.page.locator(".where-list > div", has_text="Clocks").locator("dd")
    expect(said).to_contain_text(UNKNOWN_CLOCK)
    for gateway, words in (
        (Gateway("gym", 0.2, 3_400), "That of gym is 3 s behind, or what it sends takes that"),
        (Gateway("gym", 0.2, -61_000), "That of gym is 00:01:01 ahead of the server's;"),
        (Gateway("gym", 0.2, 999), "That of gym is within a second of the server's."),
        (Gateway("gym", 0.2, -999), "That of gym is within a second of the server's."),
        (Gateway("gym", 0.2, None), "That of gym isn't known."),
        (Gateway("gym", 31.0, 3_400), "That of gym isn't known."),
    ):
        tablet.site.show(circuit_tiles(), [gateway])
        expect(said).to_contain_text(words)
    tablet.site.show(circuit_tiles(), [Gateway("gym", 0.2, 3_400), Gateway("hall", 0.3, -40)])
    expect(said).to_contain_text("That of hall is within a second of the server's.")
    tablet.picture("t11-gateway-clock")
    tablet.site.show(circuit_tiles(), [])
    expect(said).to_contain_text(UNKNOWN_CLOCK)
    assert tablet.trouble == []
