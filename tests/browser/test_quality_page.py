"""Quality queue and coverage map in a browser: no JavaScript, keys, sizes, contrast, axe."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from server.sessions.service import list_all_sessions
from tests.browser.barriers import list_barriers
from tests.browser.real_site import RealSite
from tests.browser.researcher_page import ResearcherPage
from tests.quality_course import STRAP_OF, QualityCourse

pytestmark = pytest.mark.browser

N_PEOPLE = 15
SWAPPED = {"P01": STRAP_OF["P02"], "P02": STRAP_OF["P01"]}
SIZES = [(1180, 820), (768, 1024), (590, 410), (390, 844)]
FOCUSED = "document.activeElement.getAttribute('href')"


@pytest.fixture
def course(real_site: RealSite) -> QualityCourse:
    """Five evenings: a lost link, a late strap with a slip of the hand, two as usual, a swap."""
    first = datetime.now(UTC) - timedelta(days=5)
    with real_site.storage.database.reading() as connection:
        ids = [str(line["id"]) for line in list_all_sessions(connection)]
    made = QualityCourse(real_site.storage, first, ids)
    made.hold(0, first, silent={"P01": (12, 16)})
    made.hold(1, first + timedelta(days=1), strap_on={"P02": 13.0})
    made.rate_rounds(1, first + timedelta(days=1), "P02", 20, 6)
    made.hold(2, first + timedelta(days=2))
    made.hold(3, first + timedelta(days=3))
    made.hold(4, first + timedelta(days=4), straps=SWAPPED)
    return made


def card(page: Page, rule: str) -> str:
    return f'article[data-rule="{rule}"]'


def test_without_javascript_a_finding_is_accepted_left_and_opened_again(
    chromium: Browser, real_site: RealSite, course: QualityCourse
) -> None:
    rana = ResearcherPage(chromium, real_site, "/quality", java_script_enabled=False)
    page = rana.page
    swap = page.locator(card(page, "swap_suspected"))
    expect(swap).to_contain_text("P01 and P02 may have worn each other's strap.")
    correct = swap.get_by_role("link", name="Correct")
    expect(correct).to_have_attribute("href", f"/sessions/{course.ids[4]}/review")
    swap.get_by_role("button", name="Accept").click()
    expect(page.get_by_role("status")).to_contain_text("Accepted.")
    expect(page.locator(card(page, "swap_suspected"))).to_have_count(0)
    jump = page.locator(card(page, "effort_jump"))
    jump.locator("summary").click()
    jump.get_by_role("button", name="Leave with this note").click()
    alert = jump.get_by_role("alert")
    expect(alert).to_contain_text("write a note")
    note = jump.get_by_label("What should whoever analyses know?")
    expect(note).to_be_visible()
    note.fill("she laughed")
    jump.get_by_role("button", name="Leave with this note").click()
    page.get_by_role("link", name="Decided: 2").click()
    expect(jump).to_contain_text("Left with a note by rana")
    expect(jump.locator("q")).to_have_text("she laughed")
    jump.locator("summary").click()
    jump.get_by_label("Why is it to be looked at again?").fill("two rounds at one station")
    jump.get_by_role("button", name="Open again").click()
    expect(page.locator(card(page, "effort_jump"))).to_contain_text("Opened again by rana")
    rana.context.close()


def test_the_queue_by_keyboard(
    chromium: Browser, real_site: RealSite, course: QualityCourse
) -> None:
    rana = ResearcherPage(chromium, real_site, "/quality")
    page = rana.page
    jump = page.locator(card(page, "effort_jump"))
    jump.get_by_role("button", name="Accept").focus()
    page.keyboard.press("Tab")
    expect(jump.get_by_role("link", name="Correct")).to_be_focused()
    page.keyboard.press("Tab")
    expect(jump.locator("summary")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("asked again")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Left, with your note.")
    assert rana.trouble == []
    rana.context.close()


def test_the_map_is_walked_by_arrow_keys_and_says_what_is_under_them(
    chromium: Browser, real_site: RealSite, course: QualityCourse
) -> None:
    rana = ResearcherPage(chromium, real_site, "/coverage")
    page, press = rana.page, rana.page.keyboard.press
    first = page.locator('a.cell[href$="participant=P01"]').first
    assert page.locator('a.cell[tabindex="0"]').count() == 1
    first.focus()
    words = "49.5 % of 8 min heard; coverage low; not heard: radio 4 min"
    expect(first.locator(".words")).to_contain_text(words)
    box = first.locator(".words").bounding_box()
    assert box is not None
    assert box["width"] > 300
    for key, place, participant in (
        ("ArrowRight", 1, "P01"), ("ArrowDown", 1, "P02"), ("End", 4, "P02"), ("Home", 0, "P02"),
        ("Control+Home", 0, "P01"), ("ArrowUp", 0, "P01"),
    ):  # fmt: skip
        press(key)
        wanted = f"/sessions/{course.ids[place]}/review?participant={participant}"
        assert page.evaluate(FOCUSED) == wanted, key
    page.get_by_role("link", name="Movement").click()
    expect(page.locator('[aria-current="page"]')).to_have_text("Movement")
    assert rana.trouble == []
    rana.context.close()


def test_the_map_without_javascript_is_a_table_of_links(
    chromium: Browser, real_site: RealSite, course: QualityCourse
) -> None:
    rana = ResearcherPage(chromium, real_site, "/coverage", java_script_enabled=False)
    page = rana.page
    assert page.get_by_role("rowheader").count() == N_PEOPLE
    late = page.locator(f'a.cell[href="/sessions/{course.ids[1]}/review?participant=P02"]')
    expect(late).to_contain_text("late strap 3 min")
    expect(late.locator(".cause")).to_have_text("l")
    late.hover()
    expect(late.locator(".words")).to_be_in_viewport()
    rana.context.close()


@pytest.mark.parametrize("size", SIZES)
def test_axe_contrast_and_sizes_at_any_zoom(
    chromium: Browser, real_site: RealSite, course: QualityCourse, size: tuple[int, int]
) -> None:
    """590 x 410 is the reference tablet at 200 %."""
    viewport = {"width": size[0], "height": size[1]}
    rana = ResearcherPage(chromium, real_site, viewport=viewport)
    page = rana.page
    for path, name in (
        ("/quality", "quality"), ("/quality?state=decided", "decided"), ("/coverage", "coverage"),
        ("/coverage?stream=movement", "movement"),
    ):  # fmt: skip
        rana.open(path)
        if name == "quality":
            page.locator("summary").first.click()
        if name == "coverage":
            page.locator("a.cell").first.focus()
        rana.picture(f"{name}-{size[0]}x{size[1]}")
        rana.picture(f"{name}-whole-{size[0]}x{size[1]}", whole=True)
        assert list_barriers(page, size[0]) == []
    assert page.evaluate("window.brokenPolicies") == []
    assert rana.trouble == []
    rana.context.close()


def test_targets_are_large_under_a_finger(
    chromium: Browser, real_site: RealSite, course: QualityCourse
) -> None:
    rana = ResearcherPage(chromium, real_site, "/quality", has_touch=True, is_mobile=True)
    for target in ("button", "summary", "a.act", ".tabs a"):
        box = rana.page.locator(target).first.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 44, target
    rana.context.close()
