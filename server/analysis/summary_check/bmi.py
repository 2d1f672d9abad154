"""A printed BMI against weight and height of the same arm."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final

from server.analysis.summary_check.finding import Finding, Verdict
from server.analysis.summary_check.printed import Interval, tell_range
from server.analysis.summary_check.table import Baseline, MeanSd

_CM: Final = 100.0
_HEIGHTS_CM: Final = Interval(50.0, 250.0)  # of a mean; others aren't in cm


@dataclass(frozen=True, slots=True)
class _Body:
    """Weight (kg), height (cm) and BMI (kg/m2) of one arm."""

    weight: MeanSd
    height: MeanSd
    bmi: MeanSd


def judge_bmi(baselines: Sequence[Baseline]) -> list[Finding]:
    """One finding an arm where the table has one weight, one height and one BMI, in cm and kg."""
    columns = [
        [one for one in baselines if one.name.lower().split()[:1] == [word]]
        for word in ("weight", "height", "bmi")
    ]
    if any(len(found) != 1 for found in columns):
        return []
    weight, height, bmi = (found[0] for found in columns)
    arms = (("control", _Body(weight.control, height.control, bmi.control)),
            ("training", _Body(weight.training, height.training, bmi.training)))  # fmt: skip
    return [
        _judge(bmi.name, arm, body)
        for arm, body in arms
        if _HEIGHTS_CM.contains(body.height.mean.value) and body.weight.mean.value > 0
    ]


def _judge(name: str, arm: str, body: _Body) -> Finding:
    exact = Interval(*(_find_mean(body, r) for r in (1.0, -1.0)))
    over = Interval.around(
        [_find_mean(body, r, ends) for r in (1.0, -1.0) for ends in product((-1, 0, 1), repeat=4)]
    )
    printed = body.bmi.mean
    if exact.overlaps(printed.rounded):
        verdict, told = Verdict.CONSISTENT, f"{printed.text} is among them."
    elif over.overlaps(printed.rounded):
        verdict = Verdict.LOOK_AT
        told = f"{printed.text} needs the farthest roundings and correlation: borderline."
    else:
        verdict, told = Verdict.INCONSISTENT, f"{printed.text} is none of them."
    explanation = (
        "By weight and height, with every correlation of the two (to second order of their"
        f" spread), the mean BMI is {tell_range(exact)}, {tell_range(over)} over all roundings:"
        f" {told}"
    )
    claim = f"mean = {printed.text}"
    middle = _find_mean(body, 0.0)
    return Finding(name, arm, claim, verdict, exact, middle, explanation, over, over)


def _find_mean(body: _Body, r: float, ends: tuple[int, ...] = (0, 0, 0, 0)) -> float:
    """E(w / h^2) = w / h^2 (1 + 3 v_h^2 - 2 r v_w v_h) with coefficients of variation v."""
    numbers = (body.weight.mean, body.weight.sd, body.height.mean, body.height.sd)
    weight, weight_sd, height, height_sd = (
        one.value + end * one.half_unit for one, end in zip(numbers, ends, strict=True)
    )
    v_w, v_h = weight_sd / weight, height_sd / height
    return weight / (height / _CM) ** 2 * (1 + 3 * v_h**2 - 2 * r * v_w * v_h)
