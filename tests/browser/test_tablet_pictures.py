"""Line pictures beside the names of movements: there, without a network too, and never broken."""

from collections.abc import Callable
from typing import Any, Final

import pytest
from playwright.sync_api import Page, expect

from protocol.training.shipped import read_shipped_plan
from tests.browser.tablet_page import TabletPage
from tests.browser.test_tablet_access import look
from tests.browser.watching import PICTURES
from tests.tablet_evening import CODES, make_planned
from tests.update_pictures import draw_all

pytestmark = [pytest.mark.browser]

# A broken picture is complete, too, but has no size.
FIND_BROKEN: Final = """
() => [...document.querySelectorAll("img")].filter((img) => !img.complete || img.naturalWidth === 0)
  .map((img) => img.src)
"""
END_CIRCUIT: Final = """
async () => {
  const { enterPhase } = await import("/tablet/app/state/clock_acts.js");
  await enterPhase("cooldown");
}
"""


def expect_pictures(page: Page, within: str, names: list[str]) -> None:
    """Exactly these, in this order, each seen and without words of its own."""
    images = page.locator(f"{within} img")
    expect(images).to_have_count(len(names))
    page.wait_for_function("() => [...document.images].every((one) => one.complete)")
    assert page.evaluate(FIND_BROKEN) == []
    for image, name in zip(images.all(), names, strict=True):
        assert image.get_attribute("src") == f"/tablet/app/pictures/{name}.svg"
        assert image.get_attribute("alt") == ""
        box = image.bounding_box()
        assert box is not None
        assert 64 <= box["height"] <= 96
        assert box["width"] >= 64


def plan_stations(exercises: list[dict[str, str]]) -> dict[str, Any]:
    """The evening's eight stations, with these exercises in them."""
    planned = make_planned(work_s=600)
    stations = zip(planned["stations"], exercises, strict=True)
    return {**planned, "stations": [{**station, **exercise} for station, exercise in stations]}


def read_exercises(*names: str) -> list[dict[str, str]]:
    found = {one.id: one for one in read_shipped_plan("as_printed").exercises}
    return [{"exercise": n, "name": found[n].name, "cue": found[n].cue} for n in names]


EIGHT: Final = (
    "supine-draw-in", "sit-to-stand", "shoulder-hip-flexion-band", "hop-marks",
    "tandem-foam-support", "walk-diagonal", "static-lunge-free", "side-step-up",
)  # fmt: skip


@pytest.mark.kept_app
def test_every_movement_of_the_evening_has_its_picture_without_a_network(
    tablet: TabletPage,
) -> None:
    """The server goes before a single picture was shown."""
    tablet.ledger.planned = plan_stations(read_exercises(*EIGHT))
    page = tablet.open()
    tablet.sign_in()
    tablet.start_room_check()
    tablet.go_to_arrivals()
    tablet.give_straps(CODES[:3])
    tablet.wait_for_worker()
    tablet.site.stop()
    tablet.start_warm_up()
    six = ["walk-on-the-spot", "shoulder-circles", "trunk-turns", "hip-circles", "heel-raises",
           "calf-thigh-stretch"]  # fmt: skip
    expect_pictures(page, ".movements", six)
    tablet.start_circuit()
    tablet.tap("Stations")
    expect_pictures(page, ".stations", list(EIGHT))
    page.evaluate(END_CIRCUIT)
    five = ["walk-slowly", "calf-stretch", "thigh-stretch-seated", "shoulder-and-neck",
            "drink-water"]  # fmt: skip
    expect_pictures(page, ".movements", five)
    assert tablet.broken_policies() == []


def test_an_exercise_that_nobody_has_drawn_shows_its_name_alone(tablet: TabletPage) -> None:
    own = {"exercise": "ladder-steps", "name": "Steps in a rope ladder", "cue": "Look ahead."}
    tablet.ledger.planned = plan_stations([own, *read_exercises(*EIGHT[1:])])
    asked: list[str] = []
    tablet.page.on("request", lambda request: asked.append(request.url))
    page = tablet.reach_circuit(CODES[:3])
    tablet.tap("Stations")
    expect_pictures(page, ".stations", list(EIGHT[1:]))
    card = page.locator(".station").first
    expect(card.locator("h2")).to_contain_text("Steps in a rope ladder")
    expect(card.locator("img")).to_have_count(0)
    assert not [url for url in asked if "ladder" in url]


LONGEST: Final = (
    "quadruped-opposite-arm-leg", "shoulder-hip-abduction-band", "shoulder-hip-extension-band",
    "shoulder-hip-flexion-band", "tandem-foam-support", "tandem-foam-free", "supine-draw-in",
    "fast-walk-diagonal",
)  # fmt: skip


@pytest.mark.parametrize("size", [(1180, 820), (1280, 800), (1024, 768)])
def test_cards_with_pictures_and_the_longest_words_hold_on_every_tablet(
    new_tablet: Callable[[dict[str, int] | None], TabletPage], size: tuple[int, int]
) -> None:
    tablet = new_tablet({"width": size[0], "height": size[1]})
    tablet.ledger.planned = plan_stations(read_exercises(*LONGEST))
    page = tablet.reach_circuit()
    tablet.tap("Stations")
    expect_pictures(page, ".stations", list(LONGEST))
    page.locator('.flash[data-on=""]').wait_for(state="attached")  # the start's has been
    tablet.picture(f"{size[0]}x{size[1]}-pictures-stations")
    assert {what: one for what, one in look(page).items() if one} == {}
    wide = page.locator(".station").evaluate_all(
        """(cards) => cards.flatMap((card) => [...card.querySelectorAll("h2, .cue, .picture")]
          .filter((one) => one.getBoundingClientRect().right > card.getBoundingClientRect().right))
          .map((one) => one.textContent || one.src)"""
    )
    assert wide == []


def test_all_pictures_on_one_sheet(tablet: TabletPage) -> None:
    """For people to look at: out/browser/tablet-pictures.png. Each is drawn by the browser."""
    page = tablet.open()
    names = sorted(name for name in draw_all() if name.endswith(".svg"))
    page.evaluate(
        """(names) => document.body.replaceChildren(...names.map((name) => {
          const img = new Image();
          img.src = `/tablet/app/pictures/${name}`;
          img.height = 96;
          img.style.margin = "6px";
          return img;
        }))""",
        names,
    )
    page.wait_for_function("() => [...document.images].every((one) => one.complete)")
    assert page.evaluate(FIND_BROKEN) == []
    assert page.locator("img").count() == len(names)
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=str(PICTURES / "tablet-pictures.png"))
