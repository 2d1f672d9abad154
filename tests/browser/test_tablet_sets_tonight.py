"""When the circuit is over each set of anybody's can still be said otherwise, or not at all."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from server.sessions.domain.fold import fold_session
from tests.browser.passing_time import pass_to_end, take_clock
from tests.browser.tablet_page import TabletPage
from tests.browser.test_tablet_begun_offline import read_events
from tests.browser.test_tablet_tonight import close_session
from tests.tablet_evening import CODES, PINS, make_planned

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

KEY = "Somebody's sets tonight"
READ_PEOPLE = """
async () => (await import("/tablet/app/state/model.js")).state.value.people
"""


def begin(tablet: TabletPage, rounds: int = 1, codes: tuple[str, ...] = CODES[:4]) -> None:
    """P01 was seen at her first station."""
    take_clock(tablet)
    tablet.ledger.planned = make_planned(rounds=rounds)
    tablet.reach_circuit(codes)
    tablet.tile("P01").tap()
    tablet.tap("Done", ".drawer")


def end_circuit(tablet: TabletPage) -> None:
    pass_to_end(tablet)
    tablet.page.locator(".effort .done").tap()
    tablet.tap("Cool-down", exact=False)
    tablet.page.locator('[data-screen="cooldown"]').wait_for()


def reach_cooldown(tablet: TabletPage) -> None:
    begin(tablet)
    end_circuit(tablet)


def reach_check(tablet: TabletPage) -> None:
    reach_cooldown(tablet)
    tablet.tap("To the end")
    tablet.tap("2 Check")


def reach_reopened(tablet: TabletPage) -> None:
    reach_cooldown(tablet)
    close_session(tablet)
    expect(tablet.page.get_by_role("button", name=KEY)).to_have_count(0)
    tablet.tap("Open it again")
    tablet.tap("Something was forgotten")
    tablet.enter_pin(PINS["sara"])
    tablet.tap("2 Check")


PLACES = pytest.mark.parametrize("reach", [reach_cooldown, reach_check, reach_reopened])


def open_hers(tablet: TabletPage, code: str = "P01") -> None:
    """Two taps."""
    tablet.tap(KEY)
    tablet.page.locator(".who-came button", has_text=code).tap()


def row(tablet: TabletPage, words: str = "Sit-to-stand") -> Locator:
    return tablet.page.locator(".her-sets li").filter(has_text=words)


def list_sets(tablet: TabletPage) -> list[dict[str, Any]]:
    tablet.wait_until_sent()
    return tablet.ledger.of_kind("set")


def expect_agreed(tablet: TabletPage) -> dict[str, Any]:
    """P01's sets, as both folds have them."""
    told = fold_session(read_events(tablet), tablet.ledger.now())["people"]["P01"]["sets"]
    assert tablet.page.evaluate(READ_PEOPLE)["P01"]["sets"] == told
    return dict(told)


@PLACES
def test_an_observed_set_is_corrected_after_the_circuit_within_five_taps(
    tablet: TabletPage, reach: Callable[[TabletPage], None]
) -> None:
    reach(tablet)
    (first,) = list_sets(tablet)
    open_hers(tablet)
    expect(row(tablet)).to_contain_text("Set 1 · 9 · seen")
    row(tablet).locator(".wide-key").tap()
    tablet.page.locator(".amount").nth(2).tap()
    _, corrected = list_sets(tablet)
    assert (corrected["about"], corrected["supersedes"]) == (first["about"], first["id"])
    assert corrected["value"]["performed"]["amount"] == 7
    assert corrected["value"]["evidence"] == "observed"
    tablet.tap("Fatigue")
    assert list_sets(tablet)[-1]["value"]["shortfall_reason"] == "fatigue"
    assert expect_agreed(tablet)["sit-to-stand/1"]["shortfall_reason"] == "fatigue"
    tablet.tap("Undo")
    assert list_sets(tablet)[-1]["value"] == corrected["value"]
    assert (tablet.trouble, tablet.list_refused()) == ([], [])


@PLACES
def test_a_set_was_not_seen_after_all_also_after_the_circuit(
    tablet: TabletPage, reach: Callable[[TabletPage], None]
) -> None:
    reach(tablet)
    open_hers(tablet)
    row(tablet).get_by_role("button", name="Not seen after all").tap()
    first, void = list_sets(tablet)
    assert (void["about"], void["value"]) == (first["about"], None)
    assert void["supersedes"] == first["id"]
    expect(row(tablet)).to_contain_text("assumed so far")
    assert expect_agreed(tablet)["sit-to-stand/1"]["evidence"] == "assumed"
    tablet.tap("Undo")
    assert list_sets(tablet)[-1]["value"] == first["value"]
    assert tablet.trouble == []


@pytest.mark.parametrize("reach", [reach_cooldown, reach_check])
def test_sets_are_corrected_after_the_circuit_without_a_server(
    tablet: TabletPage, reach: Callable[[TabletPage], None]
) -> None:
    reach(tablet)
    (first,) = list_sets(tablet)
    tablet.lose_server()
    open_hers(tablet)
    row(tablet).locator(".wide-key").tap()
    tablet.page.locator(".amount").nth(2).tap()
    expect(tablet.page.get_by_role("group", name="Why less?")).to_be_visible()
    tablet.come_back()
    _, corrected = list_sets(tablet)
    assert corrected["supersedes"] == first["id"]
    assert corrected["value"]["performed"]["amount"] == 7
    assert expect_agreed(tablet)["sit-to-stand/1"]["performed"]["amount"] == 7
