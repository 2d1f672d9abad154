"""The dose matrix in a browser: keys, card, no JavaScript, sizes, contrast, axe."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from protocol.messages.roster import ConsentedStream, RosterStrap
from server.gateways.roster import add_straps
from server.sessions.service import list_all_sessions
from tests.browser.axe import find_violations
from tests.browser.barriers import list_barriers
from tests.browser.real_site import RealSite
from tests.browser.researcher_page import ResearcherPage
from tests.dose_course import hold

pytestmark = pytest.mark.browser

N_PEOPLE, N_SESSIONS = 15, 24
FOCUSED = "[document.activeElement.dataset.participant, document.activeElement.dataset.session]"


@pytest.fixture
def ids(real_site: RealSite) -> list[str]:
    """Sessions of a course: the first was held, the second runs, the others are ahead."""
    with real_site.storage.database.reading() as connection:
        found = [str(line["id"]) for line in list_all_sessions(connection)]
    now = datetime.now(UTC)
    hold(real_site.storage, found[0], now - timedelta(days=1))
    hold(real_site.storage, found[1], now - timedelta(minutes=20), closes=False)
    return found


def cell(page: Page, participant: str, session: str) -> Locator:
    return page.locator(f'a.cell[data-participant="{participant}"][data-session="{session}"]')


def title(page: Page) -> Locator:
    return page.locator("#card-title")


def test_arrow_keys_walk_the_grid_and_the_card_follows(
    chromium: Browser, real_site: RealSite, ids: list[str]
) -> None:
    rana = ResearcherPage(chromium, real_site)
    page, press = rana.page, rana.page.keyboard.press
    expect(page.get_by_role("grid")).to_have_count(1)
    assert page.locator('a.cell[tabindex="0"]').count() == 1
    cell(page, "P01", ids[0]).focus()
    expect(title(page)).to_have_text("P01 Fig · Sets")
    expect(page.locator("#card-lines")).to_contain_text("5 sets")
    for key, participant, place in (
        ("ArrowLeft", "P01", 0), ("ArrowUp", "P01", 0), ("ArrowRight", "P01", 1),
        ("ArrowDown", "P02", 1), ("End", "P02", 23), ("ArrowRight", "P02", 23),
        ("Control+End", "P15", 23), ("Home", "P15", 0), ("Control+Home", "P01", 0),
        ("ArrowDown", "P02", 0),
    ):  # fmt: skip
        press(key)
        assert page.evaluate(FOCUSED) == [participant, ids[place]], key
        assert page.locator('a.cell[tabindex="0"]').count() == 1
    expect(title(page)).to_have_text("P02 Tea · Sets")
    press("Enter")
    expect(page.locator("#card")).to_be_focused()
    assert page.url.endswith(f"?metric=sets&session={ids[0]}&participant=P02")
    press("Escape")
    expect(title(page)).to_have_text("No cell chosen")
    assert page.evaluate(FOCUSED) == ["P02", ids[0]]
    assert page.locator("[data-chosen]").count() == 0
    assert rana.trouble == []
    rana.context.close()


def test_the_pointer_shows_a_card_and_a_click_keeps_it(
    chromium: Browser, real_site: RealSite, ids: list[str]
) -> None:
    rana = ResearcherPage(chromium, real_site, "/dose?metric=srpe")
    page = rana.page
    cell(page, "P01", ids[0]).hover()
    expect(title(page)).to_have_text("P01 Fig · Session-RPE load")
    lines = page.locator("#card-lines")
    for words in ("40 AU", "75 AU", "srpe_load_au, version 1", "Foster", "anchors"):
        expect(lines).to_contain_text(words)
    assert len(page.locator("#card-lines .code dd").inner_text()) == 64
    cell(page, "P01", ids[0]).click()
    cell(page, "P03", ids[0]).hover()
    page.wait_for_timeout(300)
    expect(title(page)).to_have_text("P01 Fig · Session-RPE load")
    page.get_by_role("link", name="Close").click()
    cell(page, "P02", ids[3]).hover()
    expect(page.locator("#card-lead")).to_contain_text("not held yet")
    cell(page, "P03", ids[1]).hover()
    expect(lines).to_contain_text("not final")
    rana.context.close()


def test_a_server_that_is_away_is_told_in_the_card(
    chromium: Browser, real_site: RealSite, ids: list[str]
) -> None:
    rana = ResearcherPage(chromium, real_site)
    rana.context.set_offline(True)
    cell(rana.page, "P01", ids[0]).hover()
    expect(rana.page.locator("#card-lead")).to_contain_text("didn't answer")
    expect(rana.page.locator("#card-lead")).to_contain_text("5 sets of 24 planned")
    rana.context.set_offline(False)
    cell(rana.page, "P03", ids[0]).hover()
    cell(rana.page, "P01", ids[0]).hover()
    expect(rana.page.locator("#card-lines")).to_contain_text("sets_as_logged")
    rana.context.close()


def test_without_javascript_it_is_a_table_and_each_cell_leads_to_its_card(
    chromium: Browser, real_site: RealSite, ids: list[str]
) -> None:
    rana = ResearcherPage(chromium, real_site, java_script_enabled=False)
    page = rana.page
    assert page.get_by_role("table").first.get_by_role("row").count() == N_PEOPLE + 2
    assert page.get_by_role("rowheader").count() == N_PEOPLE
    assert page.locator("a.cell").count() == N_PEOPLE * N_SESSIONS
    head = page.locator(".sessions th").nth(1)
    expect(head).to_contain_text("Session 1, week 1")
    expect(cell(page, "P02", ids[0])).to_contain_text("Absent: she wasn't there; 0 sets")
    expect(cell(page, "P02", ids[0]).locator(".letter")).to_have_text("A")
    cell(page, "P01", ids[0]).click()
    expect(title(page)).to_have_text("P01 Fig · Sets")
    expect(page.locator("#card-lines")).to_contain_text("Worked out")
    expect(cell(page, "P01", ids[0])).to_have_attribute("data-chosen", "")
    page.get_by_role("link", name="Repetitions").click()
    expect(page.locator('[aria-current="page"]')).to_have_text("Repetitions")
    page.get_by_role("link", name="TRIMP").click()
    expect(cell(page, "P01", ids[0]).locator(".letter")).not_to_have_text("")
    rana.context.close()


def test_a_link_to_a_cell_opens_its_card_again_with_javascript(
    chromium: Browser, real_site: RealSite, ids: list[str]
) -> None:
    path = f"/dose?metric=work&session={ids[0]}&participant=P03"
    rana = ResearcherPage(chromium, real_site, path)
    expect(title(rana.page)).to_have_text("P03 Sea · Work minutes")
    assert rana.page.locator('a.cell[tabindex="0"][data-chosen]').count() == 1
    rana.context.close()


SIZES = [(1180, 820), (1280, 800), (768, 1024), (590, 410), (390, 844)]


@pytest.mark.parametrize("size", SIZES)
def test_axe_contrast_and_sizes_at_any_zoom(
    chromium: Browser, real_site: RealSite, ids: list[str], size: tuple[int, int]
) -> None:
    """590 x 410 is the reference tablet at 200 %."""
    viewport = {"width": size[0], "height": size[1]}
    rana = ResearcherPage(chromium, real_site, viewport=viewport)
    page = rana.page
    for metric in ("sets", "srpe", "trimp"):
        rana.open(f"/dose?metric={metric}")
        cell(page, "P03", ids[0]).focus()
        expect(title(page)).to_contain_text("P03")
        rana.picture(f"{metric}-{size[0]}x{size[1]}")
        assert list_barriers(page, size[0]) == []
        box = cell(page, "P01", ids[0]).bounding_box()
        assert box is not None
        assert (box["width"], box["height"]) >= (36, 28)
    rana.picture(f"whole-{size[0]}x{size[1]}", whole=True)
    assert page.evaluate("window.brokenPolicies") == []
    assert rana.trouble == []
    rana.context.close()


def test_all_columns_of_the_course_are_seen_without_scrolling_on_a_tablet(
    chromium: Browser, real_site: RealSite, ids: list[str]
) -> None:
    rana = ResearcherPage(chromium, real_site)
    last = cell(rana.page, "P15", ids[-1]).bounding_box()
    assert last is not None
    assert last["x"] + last["width"] <= 1180
    assert last["y"] + last["height"] <= 820
    rana.context.close()


def test_cells_are_larger_under_a_finger_and_nothing_moves(
    chromium: Browser, real_site: RealSite, ids: list[str]
) -> None:
    rana = ResearcherPage(chromium, real_site, has_touch=True, is_mobile=True)
    for target in ("a.cell", ".tabs a", "button"):
        box = rana.page.locator(target).first.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 44, target
    cell(rana.page, "P01", ids[0]).tap()
    expect(title(rana.page)).to_have_text("P01 Fig · Sets")
    moving = """[...document.querySelectorAll("*")].filter((one) =>
      getComputedStyle(one).transitionDuration !== "0s"
      || getComputedStyle(one).animationName !== "none").length"""
    assert rana.page.evaluate(moving) == 0
    rana.context.close()


def test_simulated_straps_are_told(chromium: Browser, real_site: RealSite, ids: list[str]) -> None:
    rana = ResearcherPage(chromium, real_site)
    notice = rana.page.get_by_role("complementary", name="SIMULATED")
    expect(notice).to_have_count(0)
    simulated = RosterStrap("51ADA001", "h10", "99", [ConsentedStream.HEART_RATE])
    add_straps(real_site.storage.database, [simulated])
    rana.open(f"/dose?session={ids[0]}&participant=P01")
    expect(notice).to_be_visible()
    assert find_violations(rana.page) == []
    rana.context.close()
