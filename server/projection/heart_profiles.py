"""Everybody's heart as dose takes it, from what the study measured."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import msgspec
from sqlalchemy import Connection

from server.dose.heart.hr_max import HrMaxSource, choose_hr_max
from server.dose.heart.reserve import HeartScale
from server.dose.heart.trimp import Thresholds
from server.dose.sensed.heart_profile import HeartProfile
from server.study.measured_heart import MeasuredHeart
from server.study.measured_hearts import read_measured_hearts
from server.study.participant import Flag
from server.study.participants import read_participants


def read_profiles(connection: Connection) -> dict[str, HeartProfile]:
    """By code; who was never measured isn't in it."""
    unreliable = {
        one.code for one in read_participants(connection) if Flag.HR_UNRELIABLE in one.flags
    }
    return {
        code: make_profile(heart, unreliable=code in unreliable)
        for code, heart in read_measured_hearts(connection).items()
    }


def make_profile(heart: MeasuredHeart, *, unreliable: bool) -> HeartProfile:
    """A scale whose maximum says where it comes from.

    None where the values contradict each other: some were stored before that was refused. No scale
    is as if it was never measured, and costs nobody else hers.
    """
    scale = thresholds = None
    with suppress(ValueError):
        scale = _make_scale(heart, unreliable=unreliable)
    if heart.vt1_bpm is not None and heart.vt2_bpm is not None:
        with suppress(ValueError):
            thresholds = Thresholds(heart.vt1_bpm, heart.vt2_bpm)
    return HeartProfile(scale, heart.sex.value, thresholds)


def _make_scale(heart: MeasuredHeart, *, unreliable: bool) -> HeartScale | None:
    formula = None if heart.formula is None else HrMaxSource(heart.formula.value)
    hr_max = choose_hr_max(heart.max_bpm, heart.age_years, formula)
    return None if hr_max is None else HeartScale(heart.rest_bpm, hr_max, unreliable)


def tell_profiles(profiles: Mapping[str, HeartProfile]) -> Any:
    """As JSON: the same as long as everybody's values are."""
    return msgspec.to_builtins(dict(sorted(profiles.items())))
