"""Who is in the list of everybody's sets, and the way through it and back."""

import pytest
from playwright.sync_api import expect

from tests.browser.tablet_page import TabletPage
from tests.browser.test_tablet_bounced_keys import bounce, open_more
from tests.browser.test_tablet_sets_tonight import (
    KEY,
    begin,
    end_circuit,
    open_hers,
    reach_check,
    reach_cooldown,
    row,
)

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

SAY_GONE = """
async ([code, status]) => {
  const { setAttendance } = await import("/tablet/app/state/attending.js");
  await setAttendance(code, status, "gone");
}
"""


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
