"""Look at her: a heart that rises unlike hers, and no movement at work. Never more than an edge."""

from collections.abc import Callable, Iterator
from typing import Any, Final

import numpy as np
import pytest
from playwright.sync_api import Browser, expect

from firmware_sim.physiology.activities import Activity
from server.live.frame import Tile
from tests.browser.stepped_floor import SteppedFloor
from tests.browser.swap_evenings import WORK_S, list_seconds_mg
from tests.browser.tablet_page import TabletPage
from tests.browser.tablet_site import TabletSite
from tests.live_scene import good_tile
from tests.tablet_evening import CODES, make_planned

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

CALL: Final = """
async ([module, name, given]) =>
  (await import(`/tablet/app/core/${module}.js`))[name](...given);
"""
WATCH: Final = """
async ([seconds, workS]) => {
  const { noteSecond } = await import("/tablet/app/core/stillness.js");
  let known = null;
  return seconds.map(([intoS, mg]) => {
    known = noteSecond(known, { slot: "1/1", ms: 1000 * intoS, intoS, workS, mg });
    return known?.isStill ?? false;
  });
}
"""
Run = Callable[..., Any]
Seconds = list[tuple[int, float | None]]


@pytest.fixture(scope="module")
def run(chromium: Browser) -> Iterator[Run]:
    site = TabletSite()
    site.start()
    page = chromium.new_page()
    page.goto(site.url + "/tablet/")

    def call(module: str, name: str, *given: Any) -> Any:
        script, told = (WATCH, list(given)) if name == "watch" else (CALL, [module, name, given])
        return page.evaluate(script, told)

    yield call
    page.close()
    site.stop()


def watch(run: Run, seconds: Seconds, work_s: float = 33.0) -> list[bool]:
    found: list[bool] = run("stillness", "watch", seconds, work_s)
    return found


def test_a_rise_far_over_her_own_earlier_work_is_unusual(run: Run) -> None:
    """Three times 1.4826 MAD, which is 0 here, so three times 5 bpm."""
    earlier = [20, 22, 20, 20, 18]
    assert run("unusual_rise", "findUnusualRise", 35, earlier) is None
    assert run("unusual_rise", "findUnusualRise", 36, earlier) == {"rise": 36, "usual": 20}


def test_whose_rises_differ_much_is_given_more_room(run: Run) -> None:
    """MAD 10: SD 14.8, limit 30 + 44.5."""
    earlier = [10, 20, 30, 40, 50]
    assert run("unusual_rise", "findUnusualRise", 74, earlier) is None
    assert run("unusual_rise", "findUnusualRise", 75, earlier) == {"rise": 75, "usual": 30}


@pytest.mark.parametrize(("rise", "earlier"), [(90, [20] * 4), (None, [20] * 9), (90, [])])
def test_with_too_little_of_her_own_nothing_is_said(
    run: Run, rise: int | None, earlier: list[int]
) -> None:
    assert run("unusual_rise", "findUnusualRise", rise, earlier) is None


def test_a_still_trunk_is_seen_after_fifteen_seconds_without_the_walk_there(run: Run) -> None:
    seen = watch(run, [(second, 4.0) for second in range(30)])
    assert seen.index(True) == 20
    assert all(seen[20:])


def test_one_second_of_movement_begins_it_anew(run: Run) -> None:
    seen = watch(run, [(second, 40.0 if second == 12 else 4.0) for second in range(33)])
    assert seen.index(True) == 28
    later = watch(run, [(second, 40.0 if second == 24 else 4.0) for second in range(40)])
    assert [place for place, still in enumerate(later) if still] == [20, 21, 22, 23]


def test_who_has_done_her_amount_may_stand_still(run: Run) -> None:
    """Moved for 20 of 33 s: done early, and the still seconds end after the work."""
    seen = watch(run, [(second, 40.0 if second < 20 else 4.0) for second in range(45)])
    assert not any(seen)
    assert any(watch(run, [(s, 40.0 if s < 20 else 4.0) for s in range(45)], work_s=45.0))


def test_what_was_not_heard_is_not_still(run: Run) -> None:
    assert not any(watch(run, [(second, None) for second in range(30)]))
    with_hole: Seconds = [(second, None if 10 <= second < 16 else 4.0) for second in range(33)]
    assert watch(run, with_hole).index(True) == 31
    lost: Seconds = [(second, 4.0 if second < 22 else None) for second in range(30)]
    assert [place for place, still in enumerate(watch(run, lost)) if still] == [20, 21, 22, 23, 24]


def test_her_own_amount_says_how_long_the_work_takes(run: Run) -> None:
    station = {"work_s": 33.0, "amount": 11, "unit": "repetitions"}
    assert run("stillness", "expectWorkS", station, 22, "repetitions") == 66.0
    assert run("stillness", "expectWorkS", station, 22, "laps") == 33.0  # another exercise's
    assert run("stillness", "expectWorkS", station, 22) == 66.0
    assert run("stillness", "expectWorkS", station, 11) == 33.0
    assert run("stillness", "expectWorkS", station, 1) == 20  # never shorter than what is looked at
    assert run("stillness", "expectWorkS", station, None) == 33.0


@pytest.mark.parametrize(
    ("exercise", "asks"),
    [("sit-to-stand", True), ("zigzag-run", True), ("vertical-jump", True), ("hop-marks", True),
     ("hip-flexion-band", False), ("tandem-stance", False), ("pelvic-tilt", False),
     ("an-exercise-of-another-plan", False)],
)  # fmt: skip
def test_only_where_a_trunk_moves(run: Run, exercise: str, asks: bool) -> None:
    assert run("stillness", "movesTrunk", exercise) is asks


MOVING: Final = (Activity.SIT_TO_STAND, Activity.WALK, Activity.LUNGE, Activity.STEP_UP,
                 Activity.JUMP)  # fmt: skip


def test_simulated_women_who_work_are_never_said_to_be_still(run: Run) -> None:
    """SIMULATED chests, the server's own meter; twenty women at each moving exercise."""
    asked = [
        any(watch(run, list(enumerate(list_seconds_mg(chest)[activity])), float(WORK_S)))
        for chest in range(20)
        for activity in MOVING
    ]
    assert not any(asked)


def test_simulated_women_who_stand_are_said_to_be_still(run: Run) -> None:
    standing = [list_seconds_mg(chest)[Activity.STAND] for chest in range(20)]
    assert all(any(watch(run, list(enumerate(each)), float(WORK_S))) for each in standing)
    assert float(np.max(standing)) < 15


# Less of her own exercise is written down, then she does another one.
GIVE_ANOTHER: Final = """async ([code, station, exercise]) => {
  const { logSet } = await import("/tablet/app/state/set_acts.js");
  const { listChoices, substitute } = await import("/tablet/app/state/substituting.js");
  const { planned } = await import("/tablet/app/state/model.js");
  await logSet(code, station, 1, () => ({ performed: { amount: 1 } }), null);
  const there = planned.value.stations[station];
  const choice = listChoices(code, there).find((one) => one.exercise === exercise);
  await substitute(code, there, choice, null);
}"""
REST_S: Final = 4
WORKING_S: Final = 24
# Whose trunk is still in the first slot: at the zigzag walk, at the band, at the walk but held.
STILL: Final = ("P05", "P02", "P13")


class Floor(SteppedFloor):
    """Everybody's heart at 110 and trunk at 60 mg, but for what a test says of a code."""

    def __init__(self, tablet: TabletPage) -> None:
        super().__init__(tablet, lambda _kind, _slot: self.tell())
        self.bpm: dict[str, int] = {}
        self.mg: dict[str, float | None] = {}

    def tell(self) -> list[Tile]:
        return [
            good_tile(place, bpm=self.bpm.get(code, 110), activity_mg=self.mg.get(code, 60.0))
            for place, code in enumerate(CODES, 1)
        ]

    def list_looks(self) -> list[str]:
        return [code for code in CODES if self.level(code) == "look"]

    def level(self, code: str) -> str | None:
        return self.tablet.tile(code).get_attribute("data-alert")


def reach_warm_up(tablet: TabletPage) -> Floor:
    """Four minutes of it, which is the shortest that gives her a heart rate of her own."""
    tablet.ledger.planned = make_planned(rounds=1, work_s=WORKING_S, rest_s=REST_S)
    SteppedFloor.prepare(tablet)
    tablet.open()
    tablet.sign_in()
    tablet.start_room_check()
    tablet.go_to_arrivals()
    tablet.give_straps(CODES)
    tablet.start_warm_up()
    tablet.wait_for_stream()
    floor = Floor(tablet)
    floor.stop_clock()
    floor.bpm = dict.fromkeys(CODES, 95)
    floor.pass_second(floor.tell(), 180.0)
    floor.work_on(65)
    floor.bpm = {}
    return floor


def test_no_movement_at_work_is_an_edge_until_she_moves(tablet: TabletPage) -> None:
    floor = reach_warm_up(tablet)
    tablet.start_circuit()
    tablet.tile("P13").tap()
    tablet.tap("More")
    tablet.page.clock.run_for(600)  # keys that change under the finger wait for half a second
    tablet.tap("Hold only her", ".drawer")
    tablet.tap("Done", ".drawer")
    order = tablet.page.locator(".tile").evaluate_all("all => all.map((one) => one.dataset.code)")
    floor.mg = dict.fromkeys(STILL, 4.0) | {"P01": None}
    floor.work_on(15)
    assert floor.list_looks() == []
    floor.work_on(7)
    assert floor.list_looks() == ["P05"]
    expect(tablet.tile("P05")).to_contain_text("Look at Sun P05: no movement at Zigzag walk")
    assert order == tablet.page.locator(".tile").evaluate_all(
        "all => all.map((one) => one.dataset.code)"
    )
    tablet.picture("look-still")
    floor.mg = {}
    floor.work_on(1)
    assert floor.list_looks() == []
    assert tablet.trouble == []


def test_a_heart_that_rises_unlike_hers_is_an_edge_with_her_own_numbers(tablet: TabletPage) -> None:
    floor = reach_warm_up(tablet)
    tablet.start_circuit()
    floor.go_to(1, 5)
    floor.bpm = {"P04": 150}
    floor.work_on(WORKING_S - 1)
    assert floor.list_looks() == []  # four intervals before this one are too few
    floor.bpm = {}
    floor.go_to(1, 7)
    assert floor.list_looks() == []
    floor.bpm = {"P01": 140, "P09": 140}  # of P09 the heart rate is known to be unreliable
    floor.work_on(22)
    assert floor.list_looks() == ["P01"]
    expect(tablet.tile("P01")).to_contain_text(
        "Look at Fig P01: heart rate +45 over her warm-up, usually +15 tonight"
    )
    tablet.tile("P01").tap()
    expect(tablet.page.locator(".alert-line")).to_contain_text("usually +15 tonight")
    tablet.picture("look-rise")
    floor.pass_second([], 5.0)  # no strap is heard any more
    floor.work_on(0)
    assert floor.list_looks() == []
    assert tablet.trouble == []


def test_a_look_is_about_what_her_tile_says_also_where_something_else_was_entered(
    tablet: TabletPage,
) -> None:
    """At the wall squat a trunk may be still; at the zigzag walk it may not."""
    floor = reach_warm_up(tablet)
    tablet.start_circuit()
    tablet.page.evaluate(GIVE_ANOTHER, ["P05", 4, "wall-squat"])
    expect(tablet.tile("P05").locator(".ex")).to_contain_text("Wall squat")
    floor.mg = {"P05": 4.0}
    floor.work_on(22)
    assert floor.list_looks() == []
    assert tablet.trouble == []
