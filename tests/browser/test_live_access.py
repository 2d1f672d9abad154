"""The live page for everybody: sizes, contrast, names, keyboard, screen reader, calm."""

import pytest
from playwright.sync_api import Page, expect

from server.live.hub import read_now
from server.live.moment import NS_PER_S, ServerNow
from tests.browser.barriers import CONTRASTS
from tests.browser.conftest import WatchedPage
from tests.live_scene import circuit_tiles, good_tile

pytestmark = pytest.mark.browser


def show_circuit(watched: WatchedPage, n_straps: int = 15, *, simulated: bool = True) -> Page:
    page = watched.open()
    tiles = circuit_tiles(simulated=simulated)
    more = [good_tile(number) for number in range(16, n_straps + 1)]
    watched.site.show([*tiles, *more][:n_straps])
    expect(page.locator(".tile")).to_have_count(n_straps)
    return page


def test_every_text_has_seven_to_one(watched: WatchedPage) -> None:
    page = show_circuit(watched)
    found = page.evaluate(CONTRASTS)
    assert len(found) > 100
    assert [(text, round(ratio, 2)) for text, ratio in found if ratio < 7] == []


def test_seven_to_one_without_a_connection_too(watched: WatchedPage) -> None:
    page = show_circuit(watched)
    watched.site.stop()
    page.get_by_role("button", name="Try now").wait_for()
    assert [found for found in page.evaluate(CONTRASTS) if found[1] < 7] == []


@pytest.mark.parametrize("size", [(1180, 820), (1280, 800), (1024, 768)])
def test_fifteen_tiles_in_five_by_three_without_scrolling(
    watched: WatchedPage, size: tuple[int, int]
) -> None:
    watched.page.set_viewport_size({"width": size[0], "height": size[1]})
    page = show_circuit(watched)
    watched.picture(f"live-{size[0]}x{size[1]}")
    boxes = [tile.bounding_box() for tile in page.locator(".tile").all()]
    lefts = {round(box["x"]) for box in boxes if box}
    tops = {round(box["y"]) for box in boxes if box}
    assert (len(lefts), len(tops)) == (5, 3)
    footer = page.locator("footer").bounding_box()
    assert footer is not None
    assert all(box and box["y"] + box["height"] <= footer["y"] for box in boxes)
    assert footer["y"] + footer["height"] <= size[1] + 1
    _expect_nothing_cut_off(page)


@pytest.mark.parametrize("n_straps", [1, 4, 16, 64])
@pytest.mark.parametrize("size", [(1180, 820), (390, 844), (590, 410), (1920, 1080)])
def test_any_number_of_straps_on_any_screen(
    watched: WatchedPage, n_straps: int, size: tuple[int, int]
) -> None:
    """590 x 410 is the reference tablet at 200 % zoom."""
    watched.page.set_viewport_size({"width": size[0], "height": size[1]})
    page = show_circuit(watched, n_straps)
    watched.picture(f"live-{n_straps}-on-{size[0]}x{size[1]}")
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    _expect_nothing_cut_off(page)
    page.locator(".tile").last.scroll_into_view_if_needed()
    expect(page.locator(".tile").last).to_be_in_viewport()


def _expect_nothing_cut_off(page: Page) -> None:
    """No text is wider or higher than the tile it is in."""
    wide = """() => [...document.querySelectorAll(".tile")].filter((tile) => {
      const box = tile.getBoundingClientRect();
      return [...tile.querySelectorAll("span, b")].some((part) => {
        const own = part.getBoundingClientRect();
        return own.width && (own.right > box.right + 1 || own.bottom > box.bottom + 1
          || own.left < box.left - 1 || own.top < box.top - 1);
      });
    }).map((tile) => tile.textContent)"""
    assert page.evaluate(wide) == []


def test_the_number_is_48_px_and_does_not_dance(watched: WatchedPage) -> None:
    page = show_circuit(watched)
    style = page.locator(".number").first.evaluate(
        "node => [getComputedStyle(node).fontSize, getComputedStyle(node).fontVariantNumeric]"
    )
    assert style == ["48px", "tabular-nums"]


def test_names_and_roles(watched: WatchedPage) -> None:
    page = show_circuit(watched)
    expect(page.get_by_role("heading", level=1)).to_have_text("Live: 11 of 15 good")
    expect(page.get_by_role("main", name="Straps")).to_be_visible()
    expect(page.get_by_role("main").get_by_role("listitem")).to_have_count(15)
    expect(page.get_by_role("banner")).to_be_visible()
    expect(page.get_by_role("contentinfo")).to_be_visible()
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.title() == "Live · doseline"


def test_the_keyboard_reaches_the_tiles_and_shows_where_it_is(watched: WatchedPage) -> None:
    page = show_circuit(watched, 64)
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Sign out")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("main")).to_be_focused()
    outline = page.get_by_role("main").evaluate("node => getComputedStyle(node).outlineStyle")
    assert outline == "solid"
    page.keyboard.press("End")
    expect(page.locator(".tile").last).to_be_in_viewport()


def test_a_screen_reader_is_told_what_changed_and_no_more(watched: WatchedPage) -> None:
    watched.page.clock.install()
    page = show_circuit(watched)
    status = page.get_by_role("status")
    expect(status).to_have_text("12 No contact?, 13 Lost")
    page.clock.pause_at(page.evaluate("Date.now() + 500") / 1000)  # however busy the machine is
    assert page.locator("[aria-live]").count() == 0
    show_all_good(watched, 110)
    expect(page.locator("h1")).to_have_text("Live: 15 of 15 good")
    expect(status).to_have_text("12 No contact?, 13 Lost")
    for second, bpm in ((3, 111), (6, 112), (9, 113), (12, 114)):
        page.clock.fast_forward(3_000)
        show_all_good(watched, bpm, second)
    expect(status).to_have_text("")


def show_all_good(watched: WatchedPage, bpm: int, after_s: int = 0) -> None:
    """A frame so many seconds later by the server's clock; the page has drawn it."""
    now = read_now()
    now = ServerNow(now.monotonic_ns + after_s * NS_PER_S, now.wall_ns + after_s * NS_PER_S)
    watched.site.show([good_tile(number, bpm=bpm) for number in range(1, 16)], now=now)
    expect(watched.page.locator(".tile").first).to_contain_text(str(bpm))


def test_shapes_differ_without_colour(watched: WatchedPage) -> None:
    page = show_circuit(watched)
    looks = """node => { const s = getComputedStyle(node);
      return [s.backgroundImage, s.borderStyle, s.borderRadius, s.backgroundColor].join() }"""
    shapes = page.locator(".legend .shape").all()
    assert len({shape.evaluate(looks) for shape in shapes}) == len(shapes) == 6


def test_nothing_moves_for_those_who_asked_for_that(watched: WatchedPage) -> None:
    watched.page.emulate_media(reduced_motion="reduce")
    page = show_circuit(watched)
    seconds = page.locator(".fill").first.evaluate(
        "node => getComputedStyle(node).transitionDuration"
    )
    assert seconds == "0s"
