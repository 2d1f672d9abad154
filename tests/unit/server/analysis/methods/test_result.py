import json
import math
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pytest

from server.analysis.methods.result import Interval, IntervalResult, Result
from server.errors import MethodError


@dataclass(frozen=True, slots=True)
class _Part:
    control: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Example(Result):
    analysis: ClassVar[str] = "example"

    F: float
    part: _Part


@dataclass(frozen=True, slots=True)
class _IntervalPart:
    ci: Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wide(IntervalResult):
    analysis: ClassVar[str] = "wide"

    ci: Interval | None
    ci_hc3: Interval
    credible: Interval
    eta_ci90: Interval
    parts: tuple[_IntervalPart, ...]


def _wide(level: float) -> _Wide:
    one = (0.5, 2.0)
    parts = (_IntervalPart(one),)
    return _Wide(
        outcome="bdnf", n=4, level=level, ci=None, ci_hc3=one, credible=one, eta_ci90=one,
        parts=parts,
    )  # fmt: skip


def _example(value: float) -> _Example:
    return _Example(outcome="bdnf", n=4, notes=("Small.",), F=value, part=_Part(1.0))


def test_as_json_by_the_promised_names() -> None:
    assert list(_example(1.0).to_json()) == [
        "analysis",
        "outcome",
        "n",
        "notes",
        "F",
        "part",
    ]
    assert json.loads(json.dumps(_example(float(np.float64(1.5))).to_json())) == {
        "analysis": "example", "outcome": "bdnf", "n": 4, "notes": ["Small."],
        "F": 1.5, "part": {"control": 1.0},
    }  # fmt: skip


@pytest.mark.parametrize("value", [math.nan, math.inf, np.float64("nan"), -math.inf])
def test_what_is_no_number_doesnt_get_out(value: float) -> None:
    with pytest.raises(MethodError, match="F came out as "):
        _example(value).to_json()


@pytest.mark.parametrize(("level", "told"), [(0.95, "95"), (0.99, "99"), (0.975, "97.5")])
def test_the_names_of_intervals_say_their_level_and_those_of_another_convention_stay(
    level: float, told: str
) -> None:
    """Whoever reads `ci95` gets 95 %, or an error; never another interval by that name."""
    shown = _wide(level).to_json()
    assert list(shown)[4:] == [
        "level", f"ci{told}", f"ci{told}_hc3", f"credible{told}", "eta_ci90", "parts",
    ]  # fmt: skip
    assert shown["level"] == level
    assert shown["parts"] == [{f"ci{told}": [0.5, 2.0]}]
