"""Every screen for everybody: axe, contrast, sizes of targets, nothing cut off, both hands."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from protocol.training.shipped import read_shipped_plan
from tests.browser.barriers import CONTRASTS
from tests.browser.tablet_page import TabletPage
from tests.browser.tablet_tour import walk
from tests.browser.tablet_tour_aside import walk_aside
from tests.tablet_evening import CODES, make_planned

SIZES = ((1180, 820), (1280, 800), (1024, 768))
# The same walk again, 25 s each: one screen of most text is looked at in every size below.
OF_OTHERS = [pytest.param(size, marks=pytest.mark.nightly) for size in SIZES[1:]]
EVERY_SIZE = [SIZES[0], *OF_OTHERS]
pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

HERE = Path(__file__).parent
AXE = (HERE / "vendor" / "axe.min.js").read_text(encoding="utf-8")
CHECKS = (HERE / "screen_checks.js").read_text(encoding="utf-8")
RUN_AXE = """
async () => {
  const found = await axe.run(document, { resultTypes: ["violations"] });
  return found.violations.map(({ id, nodes }) =>
    `${id}: ${nodes.slice(0, 3).map(({ html }) => html.slice(0, 120)).join(" | ")}`);
}
"""


def run_axe(page: Page) -> list[str]:
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE)
    found: list[str] = page.evaluate(RUN_AXE)
    return found


def look(page: Page) -> dict[str, Any]:
    """Everything that is wrong with the screen as it is."""
    if not page.evaluate("typeof findSmall === 'function'"):
        page.evaluate(CHECKS)
    pale = [(text, round(ratio, 2)) for text, ratio in page.evaluate(CONTRASTS) if ratio < 7]
    return {
        "pale": pale,
        "small": page.evaluate("findSmall()"),
        "cut off": page.evaluate("findCutOff()"),
        "covered": page.evaluate("findCovered()"),
        "words under": page.evaluate("findHiddenWords()"),
        "close": page.evaluate("findClose()"),
        "small numbers": page.evaluate("findSmallNumbers()"),
        "clipped": page.evaluate("findClipped()"),
        "tiny": page.evaluate("findTiny()"),
    }


def examine(page: Page) -> dict[str, Any]:
    """The same, and what axe finds."""
    return {"axe": run_axe(page), **look(page)}


def visit(
    tablet: TabletPage, stops: Iterable[str], check: Callable[[Page], dict[str, Any]], prefix: str
) -> None:
    """A picture of each stop, and nothing wrong at any."""
    trouble: dict[str, Any] = {}
    for name in stops:
        tablet.page.wait_for_timeout(150)
        tablet.picture(f"{prefix}{name}")
        trouble |= {f"{name} {what}": one for what, one in check(tablet.page).items() if one}
    assert not trouble, "\n".join(f"{where}: {what}" for where, what in trouble.items())


def test_every_screen_passes_axe_contrast_and_sizes(tablet: TabletPage) -> None:
    visit(tablet, walk(tablet), examine, "")
    assert tablet.broken_policies() == []


@pytest.mark.parametrize("size", OF_OTHERS)
def test_every_screen_fits_other_tablets(
    new_tablet: Callable[[dict[str, int] | None], TabletPage], size: tuple[int, int]
) -> None:
    tablet = new_tablet({"width": size[0], "height": size[1]})

    def look_for_width(page: Page) -> dict[str, Any]:
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
        return look(page)

    visit(tablet, walk(tablet), look_for_width, f"{size[0]}x{size[1]}-")


@pytest.mark.parametrize("size", EVERY_SIZE)
def test_the_screens_beside_the_evenings_way_are_for_everybody(
    new_tablet: Callable[[dict[str, int] | None], TabletPage], size: tuple[int, int]
) -> None:
    tablet = new_tablet({"width": size[0], "height": size[1]})
    visit(tablet, walk_aside(tablet), examine, f"{size[0]}x{size[1]}-")


def test_the_truth_line_is_whole_where_it_is_longest(
    new_tablet: Callable[[dict[str, int] | None], TabletPage],
) -> None:
    """On the narrowest tablet, with straps that once spoke, a server that is away, and a queue."""
    tablet = new_tablet({"width": 1024, "height": 768})
    page = tablet.reach_circuit(CODES[:3])
    tablet.ledger.backed_up = 5
    tablet.show_straps()
    expect(page.locator(".truth")).to_contain_text("Gateway")
    expect(page.locator(".truth")).to_contain_text("backed up")
    page.evaluate(CHECKS)
    assert page.evaluate("findCutOff()") == []
    tablet.wait_until_sent()
    tablet.lose_server()
    expect(page.locator(".truth")).to_contain_text("Server away since")
    expect(page.locator(".truth")).to_contain_text("No sensor data since", timeout=40_000)
    tablet.tile("P01").tap()
    expect(page.locator(".truth")).to_contain_text("1 waiting")
    assert page.evaluate("findCutOff()") == []


@pytest.mark.parametrize("size", SIZES)
def test_the_longest_exercises_of_the_plan_are_read_whole_on_tiles_and_cards(
    new_tablet: Callable[[dict[str, int] | None], TabletPage], size: tuple[int, int]
) -> None:
    tablet = new_tablet({"width": size[0], "height": size[1]})
    tablet.ledger.planned = plan_longest()
    tablet.show_straps()
    tablet.reach_circuit()
    trouble: dict[str, Any] = {}
    for view in ("Stations", "Tiles"):
        tablet.tap(view)
        tablet.page.locator('.flash[data-on=""]').wait_for(state="attached")
        tablet.page.wait_for_timeout(300)
        tablet.picture(f"{size[0]}x{size[1]}-longest-{view}")
        trouble |= {f"{view} {what}": one for what, one in look(tablet.page).items() if one}
    assert not trouble, trouble


def plan_longest() -> dict[str, Any]:
    """The evening's stations under the longest names and cues that the eight weeks have."""
    planned = make_planned(work_s=600)
    exercises = read_shipped_plan("as_printed").exercises
    names = sorted((one.name for one in exercises), key=len)[-8:]
    cues = sorted((one.cue for one in exercises), key=len)[-8:]
    for station, name, cue in zip(planned["stations"], names, cues, strict=True):
        station |= {"name": name, "cue": cue}
    return planned
