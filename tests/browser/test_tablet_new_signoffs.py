"""A no to jumps that was said of another session reaches a tablet in the middle of a circuit."""

import pytest
from playwright.sync_api import expect

from tests.browser.tablet_page import TabletPage
from tests.browser.test_tablet_new_limits import count_bundles
from tests.tablet_evening import CODES, SESSION, let_jump, make_people, make_planned

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]


def jump_at_work(tablet: TabletPage) -> list[str]:
    """P01 jumps, as prescribed; what is asked for from then on."""
    tablet.ledger.planned = make_planned(work_s=600)
    tablet.ledger.evening = let_jump("P01")
    tablet.reach_circuit(CODES[:2])
    expect(tablet.tile("P01").locator(".ex")).to_contain_text("Vertical jump 4")
    tablet.wait_until_sent()
    return count_bundles(tablet)


def say_no_elsewhere(tablet: TabletPage) -> None:
    """As the server tells it: what she was prescribed is worked out without her jump, too."""
    tablet.ledger.evening |= {"people": make_people(), "signoffs_n": 7}


def test_it_is_shown_at_once_and_nothing_is_entered(tablet: TabletPage) -> None:
    fetched = jump_at_work(tablet)
    tablet.page.wait_for_timeout(5000)  # two of its rounds of asking
    assert fetched == []
    ids = tablet.ledger.ids
    say_no_elsewhere(tablet)
    expect(tablet.tile("P01").locator(".ex")).to_contain_text("No jump: Sit-to-stand 10")
    tablet.page.wait_for_timeout(5000)
    assert [url.partition("?")[2] for url in fetched] == [f"session={SESSION}"]
    assert tablet.ledger.ids == ids


def test_said_while_there_was_no_server_it_is_shown_with_the_server_and_no_entry_is_lost(
    tablet: TabletPage,
) -> None:
    fetched = jump_at_work(tablet)
    tablet.lose_server()
    say_no_elsewhere(tablet)
    tablet.tile("P02").tap()
    tablet.tap("Done", ".drawer")
    expect(tablet.tile("P01").locator(".ex")).to_contain_text("Vertical jump 4")
    tablet.come_back()
    expect(tablet.tile("P01").locator(".ex")).to_contain_text("No jump: Sit-to-stand 10")
    tablet.wait_until_sent()
    assert len(fetched) == 1
    assert [one["about"].split("/")[0] for one in tablet.ledger.of_kind("set")] == ["P02"]
