"""Later corrections are always possible: each set of hers tonight, said otherwise or not at all."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from server.sessions.domain.fold import fold_session
from tests.browser.passing_time import pass_time
from tests.browser.stopped_clock import A_SECOND, end_segment, let_run, reach_stopped, settle
from tests.browser.tablet_page import TabletPage
from tests.browser.test_tablet_access import examine, visit
from tests.browser.test_tablet_begun_offline import read_events
from tests.browser.test_tablet_bounced_keys import bounce, open_more
from tests.tablet_evening import CODES, make_planned

pytestmark = [pytest.mark.browser, pytest.mark.timeout(90)]

READ_SETS = """
async () => (await import("/tablet/app/state/people.js")).personOf("P01").sets
"""


def see_two(tablet: TabletPage) -> None:
    """P01 was seen at her first two stations; the second's rest runs."""
    reach_stopped(tablet)
    for _ in range(2):
        tablet.tile("P01").tap()
        settle(tablet)
        tablet.tap("Done", ".drawer")
        assert end_segment(tablet, A_SECOND)[0] == "rest"
        if tablet.page.evaluate(READ_SETS).keys() == {"sit-to-stand/1"}:
            end_segment(tablet, A_SECOND)


def open_sets(tablet: TabletPage, code: str = "P01") -> None:
    open_more(tablet, code)
    tablet.tap("Her sets tonight", ".drawer")
    pass_time(A_SECOND, tablet)


def row(tablet: TabletPage, words: str) -> Locator:
    return tablet.page.locator(".her-sets li").filter(has_text=words)


def list_sets(tablet: TabletPage) -> list[dict[str, Any]]:
    settle(tablet)
    return tablet.ledger.of_kind("set")


def test_a_set_that_was_not_seen_after_all_is_voided_and_the_clock_says_it_again(
    tablet: TabletPage,
) -> None:
    see_two(tablet)
    open_sets(tablet)
    expect(row(tablet, "Sit-to-stand")).to_contain_text("Set 1 · 9 · seen")
    row(tablet, "Sit-to-stand").get_by_role("button", name="Not seen after all").tap()
    first, second, void = list_sets(tablet)
    assert (void["about"], void["value"]) == ("P01/sit-to-stand/1", None)
    assert void["supersedes"] == first["id"]
    assert second["about"] == "P01/hip-abduction-band/1"
    expect(row(tablet, "Sit-to-stand")).to_contain_text("assumed so far")
    expect(row(tablet, "Hip abduction")).to_contain_text("seen")
    told = fold_session(read_events(tablet), tablet.ledger.now())["people"]["P01"]["sets"]
    shown = tablet.page.evaluate(READ_SETS)
    assert shown["sit-to-stand/1"] == told["sit-to-stand/1"]
    assert told["sit-to-stand/1"]["evidence"] == "assumed"
    tablet.tap("Undo")
    assert list_sets(tablet)[-1]["value"] == first["value"]


def test_a_set_of_a_station_left_behind_is_said_otherwise(tablet: TabletPage) -> None:
    see_two(tablet)
    page = tablet.page
    open_sets(tablet)
    row(tablet, "Sit-to-stand").locator(".wide-key").tap()
    expect(page.locator(".drawer .doing")).to_have_text("Sit-to-stand")
    pass_time(A_SECOND, tablet)
    page.locator(".amount").nth(2).tap()
    first, _, corrected = list_sets(tablet)
    assert (corrected["about"], corrected["supersedes"]) == (first["about"], first["id"])
    assert corrected["value"]["performed"]["amount"] == 7
    tablet.tap("Fatigue", ".drawer")
    assert list_sets(tablet)[-1]["value"]["shortfall_reason"] == "fatigue"
    assert list_sets(tablet)[-1]["about"] == first["about"]


def test_the_list_stays_under_the_finger_when_another_set_begins(tablet: TabletPage) -> None:
    see_two(tablet)
    open_sets(tablet)
    names = tablet.page.locator(".her-sets [role=group]").evaluate_all(
        "all => all.map((one) => one.getAttribute('aria-label'))"
    )
    assert names == ["Hip abduction, band, set 1", "Sit-to-stand, set 1"]
    assert end_segment(tablet) == ["work", 1, 3]
    again = tablet.page.locator(".her-sets [role=group]").evaluate_all(
        "all => all.map((one) => one.getAttribute('aria-label'))"
    )
    assert again == names


def test_a_bounce_on_not_seen_after_all_opens_nothing(tablet: TabletPage) -> None:
    """The row's other key comes up under the finger."""
    tablet.ledger.planned = make_planned(work_s=600)
    tablet.reach_circuit(CODES[:3])
    open_more(tablet, "P01")
    tablet.tap("Her sets tonight", ".drawer")
    assert bounce(tablet, ".her-sets .key", "Not seen after all") == {"set": 1}
    expect(row(tablet, "Sit-to-stand")).to_contain_text("not entered yet")
    expect(tablet.page.locator(".her-sets")).to_be_visible()


@pytest.mark.parametrize("size", [(1180, 820), (1024, 768)])
def test_the_list_of_her_sets_is_for_everybody(
    new_tablet: Callable[[dict[str, int] | None], TabletPage], size: tuple[int, int]
) -> None:
    tablet = new_tablet({"width": size[0], "height": size[1]})
    visit(tablet, _walk_sets(tablet), examine, f"{size[0]}x{size[1]}-")


def _walk_sets(tablet: TabletPage) -> Iterator[str]:
    see_two(tablet)
    let_run(tablet)
    open_more(tablet, "P01")
    yield "t7-more-sets"
    tablet.tap("Her sets tonight", ".drawer")
    yield "t7-her-sets"
    row(tablet, "Sit-to-stand").get_by_role("button", name="Not seen after all").tap()
    tablet.wait_until_sent()
    yield "t7-her-sets-unsaid"
    row(tablet, "Sit-to-stand").locator(".wide-key").tap()
    yield "t7-her-sets-one"
