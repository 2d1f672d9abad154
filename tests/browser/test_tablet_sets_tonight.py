"""When the circuit is over each set of anybody's can still be said otherwise, or not at all."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from server.sessions.domain.fold import fold_session
from tests.browser.passing_time import pass_to_end, take_clock
from tests.browser.tablet_page import TabletPage
from tests.browser.test_tablet_access import examine, visit
from tests.browser.test_tablet_begun_offline import read_events
from tests.browser.test_tablet_bounced_keys import bounce, open_more
from tests.browser.test_tablet_tonight import close_session
from tests.ledger_entries import TABLET_B, Tablet, to_json
from tests.tablet_evening import CODES, PINS, SESSION, make_planned

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

KEY = "Somebody's sets tonight"
READ_PEOPLE = """
async () => (await import("/tablet/app/state/model.js")).state.value.people
"""
SAY_GONE = """
async ([code, status]) => {
  const { setAttendance } = await import("/tablet/app/state/attending.js");
  await setAttendance(code, status, "gone");
}
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


def test_each_step_has_a_way_back_and_done(tablet: TabletPage) -> None:
    page = tablet.page
    reach_check(tablet)
    open_hers(tablet)
    row(tablet).locator(".wide-key").tap()
    tablet.tap("How it was ▸")
    tablet.tap("◂ How many")
    expect(page.locator(".amounts")).to_be_visible()
    tablet.tap("◂ Fig P01: her sets")
    expect(row(tablet)).to_be_visible()
    tablet.tap("◂ Everybody")
    expect(page.locator(".who-came button", has_text="P01")).to_contain_text("1 of 8 entered")
    tablet.tap("Done")
    expect(page.locator(".check-list")).to_be_visible()
    for taps in (["P02"], ["P02", "Hip abduction"]):
        tablet.tap(KEY)
        for words in taps:
            page.locator(".sets-tonight .wide-key", has_text=words).tap()
        tablet.tap("Done")
        expect(page.locator(".check-list")).to_be_visible()


def test_all_who_came_are_listed_and_what_was_missed_or_cut_is_as_in_the_drawer(
    tablet: TabletPage,
) -> None:
    begin(tablet, rounds=2)
    for code, status in (("P02", "away"), ("P03", "left")):
        tablet.page.evaluate(SAY_GONE, [code, status])  # a tap on her tile would say a set, too
    tablet.tap("Cut last round", exact=False)
    open_more(tablet, "P02")
    tablet.tap("Her sets tonight", ".drawer")
    expect(row(tablet)).to_have_count(0)
    tablet.tap("Done", ".drawer")
    end_circuit(tablet)
    tablet.tap(KEY)
    signs = tablet.page.locator(".who-came .sign-code").all_inner_texts()
    assert signs == ["Fig P01", "Tea P02", "Sea P03", "Oak P04"]
    tablet.page.locator(".who-came button", has_text="P02").tap()
    expect(tablet.page.locator(".her-sets li")).to_have_count(8)  # the second round was cut
    expect(row(tablet, "Tandem")).to_contain_text("Set 1 · missed")


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
    expect(tablet.page.locator(".her-sets")).to_have_count(0)
    expect(tablet.page.get_by_role("button", name=KEY)).to_have_count(0)


def test_an_assistant_has_no_key_to_sets(tablet: TabletPage) -> None:
    reach_cooldown(tablet)
    open_hers(tablet)
    tablet.switch_to("mina")
    tablet.page.locator('[data-screen="assistant"]').wait_for()
    expect(tablet.page.locator(".her-sets")).to_have_count(0)
    expect(tablet.page.get_by_role("button", name=KEY)).to_have_count(0)


def test_stop_is_there_over_the_list_of_sets(tablet: TabletPage) -> None:
    reach_cooldown(tablet)
    open_hers(tablet)
    tablet.tap("■ STOP / EVENT")
    expect(tablet.page.locator(".event-sheet")).to_contain_text("Who?")
    tablet.tap("Close", ".event-sheet")
    expect(row(tablet)).to_be_visible()


def test_a_bounce_goes_one_step_at_a_time(tablet: TabletPage) -> None:
    page = tablet.page
    reach_check(tablet)
    for selector, words, opened in (
        (".check-list .pair:not([inert]) .key", KEY, ".who-came"),
        (".sets-tonight:not([inert]) .who-came button", "P01", ".her-sets"),
        (".sets-tonight:not([inert]) .her-sets .wide-key", "Sit-to-stand", ".amounts"),
        (".sets-tonight:not([inert]) .done", "Done", ".check-list"),
    ):
        page.locator(selector, has_text=words).wait_for()
        assert bounce(tablet, selector, words) == {}
        expect(page.locator(opened)).to_be_visible()


@pytest.mark.parametrize("size", [(1180, 820), (1024, 768)])
def test_everybodys_sets_are_for_everybody(
    new_tablet: Callable[[dict[str, int] | None], TabletPage], size: tuple[int, int]
) -> None:
    tablet = new_tablet({"width": size[0], "height": size[1]})
    visit(tablet, _walk_sets(tablet), examine, f"{size[0]}x{size[1]}-")


def _walk_sets(tablet: TabletPage) -> Iterator[str]:
    begin(tablet, 3, CODES[:14])
    end_circuit(tablet)
    yield "t10-sets-cooldown"
    yield from _walk_parts(tablet, "cooldown")
    tablet.tap("To the end")
    tablet.tap("2 Check")
    yield "t10-sets-check"
    yield from _walk_parts(tablet, "check")


def _walk_parts(tablet: TabletPage, where: str) -> Iterator[str]:
    settled = tablet.page.locator(".sets-tonight:not([inert])")
    tablet.tap(KEY)
    settled.wait_for()
    yield f"t10-sets-{where}-whose"
    tablet.page.locator(".who-came button", has_text="P01").tap()
    settled.wait_for()
    yield f"t10-sets-{where}-hers"
    row(tablet, "Hip abduction").first.locator(".wide-key").tap()
    settled.wait_for()
    yield f"t10-sets-{where}-one"
    tablet.tap("Other")
    yield f"t10-sets-{where}-other"
    tablet.tap("7", ".amounts")
    tablet.tap("7 ✓")
    tablet.wait_until_sent()
    yield f"t10-sets-{where}-why"
    tablet.tap("◂ How many")
    tablet.page.get_by_role("button", name="Band: green").tap()
    yield f"t10-sets-{where}-band"
    tablet.tap("Done")
