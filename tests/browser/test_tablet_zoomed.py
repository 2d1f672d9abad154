"""T7 for poor sight: at 200 % of a browser's zoom, which halves what it has room for."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page

from tests.browser.tablet_page import TabletPage
from tests.browser.test_tablet_access import look

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

HALF = {"width": 590, "height": 410}  # of 1180 x 820, the reference tablet
# Every key of the screen is under its own middle once it is scrolled to; nothing scrolls sideways.
LIST_UNREACHED = """
(keys) => [...document.querySelectorAll(keys)].flatMap((button) => {
  if (!button.checkVisibility()) return [];
  button.scrollIntoView({ block: "center", inline: "nearest" });
  const { left, right, top, bottom } = button.getBoundingClientRect();
  const hit = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
  const isWhole = left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
  return isWhole && button.contains(hit) ? [] : [button.textContent.trim()];
})
"""
LIST_SIDEWAYS = """
() => [...document.querySelectorAll("html, .app, .app *")].filter((node) =>
  node.scrollWidth > node.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(node).overflowX))
  .map((node) => node.className)
"""


def find_trouble(page: Page, keys: str) -> dict[str, Any]:
    found = {
        **look(page),
        "unreached": page.evaluate(LIST_UNREACHED, keys),
        "sideways": page.evaluate(LIST_SIDEWAYS),
        "wide": page.evaluate("document.documentElement.scrollWidth > innerWidth"),
    }
    return {what: one for what, one in found.items() if one}


@pytest.mark.parametrize("hand", ["right", pytest.param("left", marks=pytest.mark.nightly)])
def test_every_key_of_the_circuit_is_reached_at_twice_the_size(
    new_tablet: Callable[[dict[str, int] | None], TabletPage], hand: str
) -> None:
    tablet = new_tablet(HALF)
    page = tablet.reach_circuit()
    page.evaluate(f"document.querySelector('.app').dataset.hand = '{hand}'")
    trouble: dict[str, Any] = {}

    def visit(name: str, keys: str = ".app button") -> None:
        page.locator('.flash[data-on=""]').wait_for(state="attached")
        page.wait_for_timeout(150)
        tablet.picture(f"zoomed-{hand}-{name}")
        trouble.update({f"{name} {what}": one for what, one in find_trouble(page, keys).items()})

    def wait_until_undo_is_over() -> None:
        """It lies over the last of what scrolls, as it does on a tablet; STOP stays free of it."""
        page.locator(".undo").wait_for()
        assert is_free(page.get_by_role("button", name="STOP / EVENT"))
        page.locator(".undo").wait_for(state="detached")

    visit("tiles")
    tablet.tap("Stations")
    visit("stations")
    tablet.tap("Tiles")
    tablet.tap("Hold all")
    wait_until_undo_is_over()
    visit("held")
    tablet.tap("Go on")
    tablet.tile("P02").tap()
    wait_until_undo_is_over()
    visit("drawer", ".drawer button, .bar button")  # over the tiles, as a sheet would be
    assert not trouble, "\n".join(f"{where}: {what}" for where, what in trouble.items())


def is_free(key: Locator) -> bool:
    """Whether a finger on its middle is on it."""
    return bool(
        key.evaluate("""(node) => {
      const { left, right, top, bottom } = node.getBoundingClientRect();
      const hit = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
      return node.contains(hit);
    }""")
    )


MOVING = """
() => [...document.querySelectorAll(".app, .app *, .flash")].filter((node) => {
  const { animationName, transitionDuration, transitionProperty } = getComputedStyle(node);
  const isSlow = transitionProperty !== "none" && parseFloat(transitionDuration) > 0;
  return isSlow || animationName !== "none";
}).map((node) => node.className)
"""


def test_nothing_of_the_circuit_moves_for_whoever_wants_it_still(tablet: TabletPage) -> None:
    page = tablet.reach_circuit()
    tablet.tile("P05").tap()  # the grid makes way for the drawer
    assert page.evaluate(MOVING) != []
    page.emulate_media(reduced_motion="reduce")
    assert page.evaluate(MOVING) == []
    flash = "getComputedStyle(document.querySelector('.flash')).backgroundColor"
    assert page.evaluate(flash) == "rgba(0, 0, 0, 0)"


NAME_KEYS = """
() => [...document.querySelectorAll(".app button:not(.tile)")]
  .filter((one) => one.checkVisibility()).map((one, n) => (one.dataset.key = `key ${n}`)).length
"""
FOCUSED = """
() => {
  const node = document.activeElement;
  const { outlineStyle, outlineWidth } = getComputedStyle(node);
  const isRinged = outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
  return [node.dataset.key ?? "", isRinged, node.matches(".tile")];
}
"""


def test_every_key_of_the_circuit_takes_the_focus_by_keyboard_alone(tablet: TabletPage) -> None:
    """Tab goes from key to key and once into the tiles, where arrows walk (test_arrows_...)."""
    page = tablet.reach_circuit()
    n_keys = page.evaluate(NAME_KEYS)
    assert n_keys >= 9  # truth line, +15 s, Hold all, Stations, Effort, Note, Cut, STOP
    reached: dict[str, bool] = {}
    tiles = []
    for _ in range(n_keys + 20):
        page.keyboard.press("Tab")
        key, is_ringed, is_tile = page.evaluate(FOCUSED)
        if is_tile:
            tiles.append(is_ringed)
        else:
            reached[key] = is_ringed
    reached.pop("", None)  # the page itself, between the last key and the first
    assert len(reached) == n_keys
    assert tiles
    assert all(tiles)
    assert all(reached.values())
