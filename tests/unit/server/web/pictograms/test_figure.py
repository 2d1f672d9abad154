"""Geometry by hand: right angles and triangles whose sides are whole."""

from itertools import pairwise
from math import dist

import pytest

from server.web.pictograms.figure import (
    FOREARM,
    HEAD,
    HEAD_AWAY,
    SHANK,
    SHOULDER_HALF,
    THIGH,
    TRUNK,
    UPPER_ARM,
    compute_body,
    compute_bounds,
)
from server.web.pictograms.pose import FLOOR, LIMB, Pose, Reach


def test_a_standing_figure_is_80_tall_and_its_soles_are_on_the_floor() -> None:
    left, top, right, bottom = compute_bounds(compute_body(Pose(at=60)))
    assert bottom == pytest.approx(FLOOR)
    assert bottom - top == pytest.approx(80, abs=4)
    assert left < 60 < right


@pytest.mark.parametrize(
    ("direction", "away"), [(0, (0, 1)), (90, (1, 0)), (180, (0, -1)), (270, (-1, 0))]
)
def test_zero_is_down_and_ninety_to_the_right(direction: float, away: tuple[int, int]) -> None:
    body = compute_body(Pose(at=(60, 40), arms=((direction, direction), (0, 0))))
    shoulder, _, hand = body.arms[0]
    whole = UPPER_ARM + FOREARM
    assert hand == pytest.approx((shoulder[0] + away[0] * whole, shoulder[1] + away[1] * whole))


def test_a_hand_is_where_it_reaches_and_no_limb_grows_for_it() -> None:
    body = compute_body(Pose(at=(60, 42), arms=(Reach(to=(78, 37)), Reach(to=(50, 30), bend=1))))
    for arm, hand in zip(body.arms, ((78, 37), (50, 30)), strict=True):
        assert arm[2] == pytest.approx(hand)
        lengths = [dist(*part) for part in pairwise(arm)]
        assert lengths == pytest.approx([UPPER_ARM, FOREARM])


def test_knees_give_way_to_the_front_and_elbows_to_the_back() -> None:
    legs = (Reach(to=(60, 80)), Reach(to=(60, 80), bend=-1))
    body = compute_body(Pose(at=(60, 45), legs=legs, arms=(Reach(to=(60, 45)), (0, 0))))
    assert body.legs[0][1][0] > 60 > body.legs[1][1][0]
    assert body.arms[0][1][0] < 60


def test_what_is_out_of_reach_is_refused_with_how_far_it_is() -> None:
    """3-4-5: from (60, 40) down and across to (90, 80) it is 50, and a leg is 39.2."""
    with pytest.raises(ValueError, match=r"\(90\.0, 80\.0\) is 50\.0 away, .* is 39\.2 long"):
        compute_body(Pose(at=(60, 40), legs=(Reach(to=(90.0, 80.0)), (0, 0, 90))))


def test_a_jump_is_lifted_from_the_floor_by_so_much() -> None:
    stands, jumps = (compute_body(Pose(at=60, lift=lift)) for lift in (0, 14))
    assert stands.hip[1] - jumps.hip[1] == pytest.approx(14)


def test_the_lower_sole_stands_and_on_tiptoe_it_is_the_toes() -> None:
    lunge = compute_body(Pose(at=60, legs=((90, 0, 90), (0, 0, 90))))
    assert lunge.legs[1][2][1] == pytest.approx(FLOOR - LIMB / 2)
    assert lunge.legs[0][2][1] == pytest.approx(FLOOR - LIMB / 2 - THIGH)
    tiptoe = compute_body(Pose(at=60, legs=((0, 0, 0), (0, 0, 0))))
    assert tiptoe.legs[0][3][1] == pytest.approx(FLOOR - LIMB / 2)
    assert tiptoe.legs[0][2][1] < tiptoe.legs[0][3][1]


def test_from_the_front_shoulders_are_apart_and_the_first_arm_is_on_the_right() -> None:
    body = compute_body(Pose(at=60, front=True))
    right, left = (arm[0][0] for arm in body.arms)
    assert (right, left) == pytest.approx((60 + SHOULDER_HALF, 60 - SHOULDER_HALF))


def test_size_is_of_everything() -> None:
    small, whole = (compute_body(Pose(at=60, size=size)) for size in (0.5, 1))
    for body, size in ((small, 0.5), (whole, 1)):
        _, top, _, bottom = compute_bounds(body)
        assert dist(body.hip, body.shoulders) == pytest.approx(TRUNK * size)
        assert bottom - body.hip[1] == pytest.approx((THIGH + SHANK + LIMB / 2) * size)
        assert dist(body.head, body.shoulders) == pytest.approx(HEAD_AWAY * size)
        assert body.head[1] - top == pytest.approx(HEAD * size)


def test_an_arched_back_leans_to_the_side_of_its_sign() -> None:
    """She lies with her head to the left: minus is away from the floor."""
    flat, arched = (compute_body(Pose(at=(60, 80), trunk=270, arch=arch)) for arch in (0, -10))
    assert flat.middle[1] == pytest.approx(80)
    assert arched.middle[1] == pytest.approx(60)
