import json
import math
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pytest

from server.analysis.methods.result import Interval, Result


@dataclass(frozen=True, slots=True)
class _Part:
    control: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Example(Result):
    analysis: ClassVar[str] = "example"

    F: float
    ci95: Interval | None
    part: _Part


def _example(value: float) -> _Example:
    return _Example(
        outcome="bdnf", n=4, notes=("Small.",), F=value, ci95=(0.5, 2.0), part=_Part(1.0)
    )


def test_as_json_by_the_promised_names() -> None:
    assert list(_example(1.0).to_json()) == [
        "analysis",
        "outcome",
        "n",
        "notes",
        "F",
        "ci95",
        "part",
    ]
    assert json.loads(json.dumps(_example(float(np.float64(1.5))).to_json())) == {
        "analysis": "example", "outcome": "bdnf", "n": 4, "notes": ["Small."],
        "F": 1.5, "ci95": [0.5, 2.0], "part": {"control": 1.0},
    }  # fmt: skip


@pytest.mark.parametrize("value", [math.nan, math.inf, np.float64("nan"), -math.inf])
def test_what_is_no_number_doesnt_get_out(value: float) -> None:
    with pytest.raises(ValueError, match="F is "):
        _example(value).to_json()
