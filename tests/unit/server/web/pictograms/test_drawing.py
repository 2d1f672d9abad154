"""The table of movements, and the pictures that it draws."""

import re
from xml.etree import ElementTree as ET

import msgspec
import pytest

from protocol.training.shipped import SHIPPED, read_shipped_plan
from server.web.pictograms.drawing import BOTTOM, WIDTH, Movement, draw_movement, parse_movements
from server.web.pictograms.figure import compute_body, compute_bounds
from server.web.pictograms.pencil import ARROW, BAND, INK, PAPER, QUIET
from server.web.pictograms.pose import Pose
from server.web.tablet_files import APP
from tests.update_pictures import PICTURES, draw_all, read_movements

SVG = "{http://www.w3.org/2000/svg}"
MOVEMENTS = read_movements()
DRAWN = draw_all()
EVERYONE = pytest.mark.parametrize("name", sorted(MOVEMENTS))


def test_the_stored_pictures_are_what_the_table_draws() -> None:
    stored = {path.name: path.read_text(encoding="utf-8") for path in PICTURES.iterdir()}
    assert stored == DRAWN, "run `python -m tests.update_pictures`"


@pytest.mark.parametrize("plan", SHIPPED)
def test_every_exercise_of_a_shipped_plan_has_a_picture(plan: str) -> None:
    exercises = {one.id for one in read_shipped_plan(plan).exercises}
    assert len(exercises) == 28
    assert exercises <= set(MOVEMENTS)


def test_every_movement_of_warm_up_and_cool_down_has_a_picture_and_no_picture_is_left_over() -> (
    None
):
    shown = {one.id for plan in SHIPPED for one in read_shipped_plan(plan).exercises}
    for screen, n in (("warmup", 6), ("cooldown", 5)):
        text = (APP / "screens" / f"{screen}.js").read_text(encoding="utf-8")
        listed = re.findall(r'\["([a-z-]+)", t\("', text)
        assert len(listed) == n
        shown |= set(listed)
    assert shown == set(MOVEMENTS)


def test_no_two_movements_look_the_same() -> None:
    pictures = [content for name, content in DRAWN.items() if name.endswith(".svg")]
    assert len(set(pictures)) == len(pictures) == len(MOVEMENTS)


@EVERYONE
def test_a_picture_is_small_and_only_lines_of_its_own(name: str) -> None:
    """No script, no style, no words, nothing from elsewhere; colours that are seen on paper."""
    picture = DRAWN[f"{name}.svg"]
    assert len(picture.encode()) < 2000
    root = ET.fromstring(picture)  # noqa: S314 - our own
    assert {one.tag.removeprefix(SVG) for one in root.iter()} <= {"svg", "path", "circle", "rect"}
    colours = {one.get(what) for one in root.iter() for what in ("fill", "stroke")} - {None, "none"}
    assert INK in colours
    assert colours <= {INK, QUIET, ARROW, BAND, PAPER}


@EVERYONE
def test_she_is_whole_on_the_paper(name: str) -> None:
    """Except for the four who are drawn from the hips up."""
    movement = MOVEMENTS[name]
    for pose in (*movement.figures, *movement.began):
        left, top, right, bottom = compute_bounds(compute_body(pose))
        assert left >= 0
        assert right <= WIDTH
        assert top >= movement.top - 0.5
        assert bottom <= BOTTOM or pose.size > 1.7


@EVERYONE
def test_nobody_floats_or_sinks_but_whoever_jumps_or_is_seen_aslant(name: str) -> None:
    movement = MOVEMENTS[name]
    stand = {str(one[0]) for one in movement.things}
    if not stand & {"floor", "mat"}:
        return
    under = {"foam": 7, "step": 10, "mat": 0}
    high = max([under.get(one, 0) for one in stand])
    for pose in movement.figures:
        *_, bottom = compute_bounds(compute_body(pose))
        assert bottom + pose.lift <= 84 + 1.5
        assert bottom + pose.lift >= 84 - high - 2


def test_where_a_movement_begins_is_thin_and_under_where_she_is() -> None:
    begins, ends = Pose(at=40), Pose(at=80)
    drawn = draw_movement(Movement(figures=(ends,), began=(begins,)))
    head = compute_body(begins).head
    ring = drawn.index(f'<circle cx="{head[0]:g}"')
    assert f'stroke="{QUIET}"' in drawn[ring : drawn.index(">", ring)]
    assert ring < drawn.index(INK)


def test_a_band_is_tied_to_joints() -> None:
    pose = Pose(at=60, arms=((90, 90), (0, 0)))
    body = compute_body(pose)
    drawn = draw_movement(Movement(figures=(pose,), band=("near hand", "far foot")))
    (x, y), foot = body.arms[0][2], body.legs[1][2]
    assert f'd="M{x:g} {y:g}L{foot[0]:g} {foot[1]:g}" stroke="{BAND}"' in drawn


@pytest.mark.parametrize("exercise", ["hip-flexion-band", "knee-flexion-band"])
def test_where_the_plan_has_a_band_the_picture_has_one(exercise: str) -> None:
    assert BAND in DRAWN[f"{exercise}.svg"]


def test_bands_bars_foam_mats_and_cones_are_where_the_plan_needs_them() -> None:
    words = {"bar": "bar", "foam": "foam", "mat": "mat", "cones": "cone", "chair": "chair",
             "low step": "step", "floor marks": "mark"}  # fmt: skip
    missing = []
    for exercise in read_shipped_plan("as_printed").exercises:
        movement = MOVEMENTS[exercise.id]
        stand = {str(one[0]) for one in (*movement.things, *movement.before)}
        stand |= {"band"} if movement.band else set()
        missing += [
            f"{exercise.id}: {need}"
            for need in exercise.needs
            if words.get(need, need) not in stand
        ]
    assert missing == []


def test_whoever_holds_the_bar_has_a_hand_at_it_and_nobody_else() -> None:
    """Support is a rule of safety: the picture must not say another one."""
    for exercise in read_shipped_plan("as_printed").exercises:
        movement = MOVEMENTS[exercise.id]
        bars = [one for one in movement.things if one[0] == "bar"]
        hands = [arm[2] for pose in movement.figures for arm in compute_body(pose).arms]
        held = any(
            abs(x - float(bar[1])) <= (float(bar[2]) if len(bar) > 2 else 8) + 2 and 32 <= y <= 44
            for bar in bars
            for x, y in hands
        )
        assert held == (exercise.support == "hold"), exercise.id


def test_a_misspelt_pose_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError, match=r"unknown field `leg`.*figures"):
        parse_movements({"hop": {"figures": [{"at": 60, "leg": [[0, 0, 90]]}]}})
