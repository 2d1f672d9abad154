"""A session's review in a browser: lanes, keys, brush, a strap put right, tables, sizes, axe."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from server.sessions.service import list_all_sessions
from tests.browser.axe import find_violations
from tests.browser.barriers import list_barriers
from tests.browser.real_site import RealSite
from tests.browser.researcher_page import ResearcherPage
from tests.review_evening import WORN_A, hold_review_evening
from tests.tablet_evening import CODES, serial

pytestmark = pytest.mark.browser


@pytest.fixture
def session(real_site: RealSite) -> str:
    """The first of the course, held yesterday."""
    with real_site.storage.database.reading() as connection:
        found = str(list_all_sessions(connection)[0]["id"])
    # At ten: an evening over midnight would be read off the axis as one of a day and more.
    yesterday = datetime.now(UTC) - timedelta(days=1)
    start = yesterday.replace(hour=10, minute=0, second=0, microsecond=0)
    hold_review_evening(real_site.storage, found, start, (serial(1), serial(2)))
    return found


def open_review(browser: Browser, site: RealSite, session: str, query: str = "") -> ResearcherPage:
    rana = ResearcherPage(browser, site, f"/sessions/{session}/review{query}")
    expect(rana.page.locator(".lane")).to_have_count(len(CODES))
    return rana


def lane(page: Page, code: str) -> Locator:
    return page.locator(f'.lane[data-participant="{code}"]')


def window(page: Page) -> tuple[int, int]:
    """What is drawn, in seconds of the day."""
    first, _, last = page.locator("#window").inner_text().removesuffix(" UTC").partition(" to ")
    told = [[int(part) for part in one.split(":")] for one in (first, last)]
    start, end = ((one[0] * 60 + one[1]) * 60 + one[2] for one in told)
    return start, end + (86_400 if end < start else 0)


def width(page: Page) -> int:
    start, end = window(page)
    return end - start


def test_lanes_show_observed_and_assumed_sets_efforts_events_and_gaps(
    chromium: Browser, real_site: RealSite, session: str
) -> None:
    rana = open_review(chromium, real_site, session)
    her = lane(rana.page, "P01")
    assert her.locator("svg .set.observed").count() == 2
    assert her.locator("svg .set.assumed").count() == 6
    assert her.locator("svg .rating").count() == 1
    assert her.locator("svg .gap").count() == 2
    expect(her.locator("svg .worn")).to_have_attribute("data-strap", "strap 01")
    assert lane(rana.page, "P03").locator("svg .event").count() == 1
    assert lane(rana.page, "P03").locator("svg .stop").count() == 1
    her.locator("svg .gap").first.hover(force=True)
    expect(rana.page.locator("#reading")).to_contain_text("out of reach, off or asleep")
    assert rana.trouble == []
    rana.context.close()


def test_heart_rates_are_loaded_for_an_open_lane_alone(
    chromium: Browser, real_site: RealSite, session: str
) -> None:
    rana = ResearcherPage(chromium, real_site)
    asked: list[str] = []
    rana.page.on("request", lambda request: asked.append(request.url))
    rana.open(f"/sessions/{session}/review")
    expect(lane(rana.page, "P01").locator("canvas")).to_have_count(1)
    assert [url.rpartition("/")[2] for url in asked if "/traces/" in url] == ["P01"]
    assert any(url.endswith("/vendor/uplot.js") for url in asked)
    assert all(url.startswith(real_site.url) for url in asked)
    rana.page.route("**/traces/P02", lambda route: route.fulfill(status=503), times=1)
    lane(rana.page, "P02").get_by_role("button").click()  # still being worked out: asked for again
    expect(lane(rana.page, "P02").locator("canvas")).to_have_count(1)
    rana.page.select_option("#movement", "mad_mg")
    expect(lane(rana.page, "P02")).to_contain_text("No movement of hers came")
    lane(rana.page, "P02").get_by_role("button").click()
    expect(lane(rana.page, "P02").locator("canvas")).to_have_count(0)
    assert rana.page.evaluate("window.brokenPolicies") == []
    assert [one for one in rana.trouble if "503" not in one] == []
    rana.context.close()


def test_keys_go_from_lane_to_lane_and_zoom(
    chromium: Browser, real_site: RealSite, session: str
) -> None:
    rana = open_review(chromium, real_site, session, "?participant=P02")
    page, press = rana.page, rana.page.keyboard.press
    focused = "document.activeElement.closest('.lane')?.dataset.participant"
    expect(lane(page, "P02").get_by_role("button")).to_be_focused()
    for key, code in (("ArrowDown", "P03"), ("ArrowUp", "P02"), ("Home", "P01"),
                      ("ArrowUp", "P01"), ("End", "P15"), ("ArrowDown", "P15")):  # fmt: skip
        press(key)
        assert page.evaluate(focused) == code, key
        assert page.locator('.lane button[tabindex="0"]').count() == 1
    whole = window(page)
    press("+")
    assert width(page) == pytest.approx((whole[1] - whole[0]) / 2, abs=1)
    before = window(page)
    press("ArrowRight")
    assert window(page)[0] == pytest.approx(before[0] + 0.2 * (before[1] - before[0]), abs=1)
    press("ArrowLeft")
    assert window(page) == before
    press("-")
    assert window(page) == whole
    press("+")
    press("0")
    assert window(page) == whole
    press("Enter")
    expect(lane(page, "P15").get_by_role("button")).to_have_attribute("aria-expanded", "true")
    expect(lane(page, "P15")).to_contain_text("No heart rate of hers came")
    rana.context.close()


def drag(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
    page.mouse.move(*end)
    page.mouse.up()


def test_a_brush_over_a_lane_or_a_chart_comes_closer_everywhere(
    chromium: Browser, real_site: RealSite, session: str
) -> None:
    rana = open_review(chromium, real_site, session)
    page = rana.page
    whole = window(page)
    box = lane(page, "P01").locator("svg").bounding_box()
    assert box is not None
    y = box["y"] + 40
    drag(page, (box["x"] + box["width"] * 0.25, y), (box["x"] + box["width"] * 0.75, y))
    assert window(page)[0] == pytest.approx(whole[0] + (whole[1] - whole[0]) / 4, abs=5)
    assert width(page) == pytest.approx((whole[1] - whole[0]) / 2, abs=8)
    expect(lane(page, "P01").locator("canvas")).to_have_count(1)
    chart = lane(page, "P01").locator(".u-over").bounding_box()
    assert chart is not None
    closer = window(page)
    middle = chart["y"] + 60
    drag(page, (chart["x"] + 10, middle), (chart["x"] + 10 + chart["width"] / 4, middle))
    assert width(page) == pytest.approx((closer[1] - closer[0]) / 4, abs=8)
    page.mouse.dblclick(box["x"] + 30, y)
    assert window(page) == whole
    page.get_by_role("button", name="Circuit").click()
    assert width(page) == 18 * 60
    rana.context.close()


def test_a_strap_dragged_to_another_lane_is_previewed_explained_and_applied(
    chromium: Browser, real_site: RealSite, session: str
) -> None:
    rana = open_review(chromium, real_site, session)
    page = rana.page
    expect(lane(page, "P01").locator("canvas")).to_have_count(1)  # it moves the lanes below
    bar = lane(page, "P01").locator("svg .worn").bounding_box()
    to = lane(page, "P02").locator("svg").bounding_box()
    assert bar is not None
    assert to is not None
    x = bar["x"] + bar["width"] - 40
    drag(page, (x, bar["y"] + 6), (x, to["y"] + 30))
    expect(page.locator("#preview")).to_contain_text("Mean heart rate")
    expect(page.locator(".warning")).to_contain_text("P02 would wear strap 01 and strap 02 at once")
    page.get_by_label("Exchange: strap 02 of P02 goes to P01").check()
    page.get_by_role("button", name="Preview").click()
    expect(page.locator(".warning")).to_have_count(0)
    hers = page.locator("#preview tbody").first
    expect(hers).to_contain_text("122 bpm")
    expect(hers).to_contain_text("105 bpm")
    rana.picture("review-preview", whole=True)
    assert find_violations(page) == []
    page.get_by_label("Why, in a sentence").fill("exchanged when they came")
    page.get_by_role("button", name="Apply").click()
    expect(page.locator("#said")).to_contain_text("Corrected")
    rana.open(f"/sessions/{session}/review")
    expect(lane(page, "P01").locator("svg .worn")).to_have_attribute("data-strap", "strap 02")
    expect(lane(page, "P02").locator("svg .worn")).to_have_attribute("data-strap", "strap 01")
    expect(lane(page, "P02").locator("svg .gap")).to_have_count(2)
    assert rana.trouble == []
    rana.context.close()


def test_without_javascript_tables_say_it_and_a_strap_is_put_right(
    chromium: Browser, real_site: RealSite, session: str
) -> None:
    path = f"/sessions/{session}/review"
    rana = ResearcherPage(chromium, real_site, path, java_script_enabled=False)
    page = rana.page
    expect(page.locator("#drawing")).to_be_hidden()
    her = page.get_by_role("table", name="P01 Fig")
    expect(her).to_contain_text("assumed as planned")
    expect(her).to_contain_text("Effort of round 1: 13 of 6 to 20")
    expect(her).to_contain_text("out of reach, off or asleep")
    page.get_by_role("row", name="P01 Fig strap 01").get_by_role("link").click()
    page.get_by_label("Who really wore it").select_option("P03")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator("#preview")).to_contain_text("No strap: she wore none")
    page.get_by_label("Why, in a sentence").fill("she took it by mistake")
    page.get_by_role("button", name="Apply").click()
    expect(page.locator("#said")).to_contain_text("Corrected")
    rana.open(path)
    row = page.get_by_role("row", name="P03 Sea strap 01")
    expect(row).to_have_count(1)
    rana.context.close()


SIZES = [(1180, 820), (1280, 800), (768, 1024), (590, 410), (390, 844)]


@pytest.mark.parametrize("size", SIZES)
def test_axe_contrast_and_sizes_at_any_zoom(
    chromium: Browser, real_site: RealSite, session: str, size: tuple[int, int]
) -> None:
    """590 x 410 is the reference tablet at 200 %."""
    viewport = {"width": size[0], "height": size[1]}
    path = f"/sessions/{session}/review"
    rana = ResearcherPage(chromium, real_site, path, viewport=viewport, reduced_motion="reduce")
    page = rana.page
    expect(lane(page, "P01").locator("canvas")).to_have_count(1)
    rana.picture(f"review-{size[0]}x{size[1]}")
    for query in ("", f"?about={WORN_A}&wearer=P02"):
        rana.open(path + query)
        page.locator("#tables summary").click()
        assert list_barriers(page, size[0]) == []
    moving = """[...document.querySelectorAll("*")].filter((one) =>
      getComputedStyle(one).transitionDuration !== "0s"
      || getComputedStyle(one).animationName !== "none").length"""
    assert page.evaluate(moving) == 0
    assert page.evaluate("window.brokenPolicies") == []
    assert rana.trouble == []
    rana.context.close()


def test_a_cell_of_the_dose_matrix_leads_to_her_evening(
    chromium: Browser, real_site: RealSite, session: str
) -> None:
    rana = ResearcherPage(chromium, real_site)
    rana.page.locator(f'a.cell[data-participant="P02"][data-session="{session}"]').click()
    rana.page.get_by_role("link", name="Review of this session").click()
    expect(lane(rana.page, "P02").get_by_role("button")).to_be_focused()
    assert rana.trouble == []
    rana.context.close()
