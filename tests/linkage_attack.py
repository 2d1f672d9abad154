"""Tries to work out everybody's maximum heart rate from the files of a dataset alone.

A formula counts only where it gives every woman hers: one may be met by chance. The attacker knows
how long the main phase was, and the published formulas.
"""

import csv
from collections import defaultdict
from collections.abc import Callable, Mapping
from itertools import product
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]  # (sessions,), NaN where there is none
Formula = Callable[[Numbers, Numbers, float], Numbers]
Way = tuple[str, str, str]  # formula, a, b
NEAR_BPM: Final = 1.0  # by Tanaka's formula a year and a half
# Banister 1991: k and b of minutes * x * k * e^(b x).
CURVES: Final = {"female": (0.86, 1.67), "male": (0.64, 1.92)}
_GRID: Final = np.linspace(0.0, 1.0, 20_001)
FORMULAS: Final[Mapping[str, Formula]] = {
    "a / b": lambda a, b, _: a / b,
    "rest + (a - rest) / b": lambda a, b, rest: rest + (a - rest) / b,
    "rest (1 - a) / (b - a)": lambda a, b, rest: rest * (1.0 - a) / (b - a),
}


def find_ways(folder: Path, true_bpm: Mapping[str, float], minutes: float) -> set[Way]:
    """Those that give each of these pseudonyms her maximum. Raises ValueError for nobody."""
    rests, told = _read_rests(folder), read_numbers(folder)
    names = sorted({name for numbers in told.values() for name in numbers})
    ways: set[Way] | None = None
    for who, bpm in true_bpm.items():
        table = _spread(told[who], names, minutes)
        tried = list(product(FORMULAS, table, table)) if ways is None else ways
        rest = rests.get(who, float("nan"))
        ways = {way for way in tried if _meets(table, way, rest, bpm)}
    if ways is None:
        raise ValueError("nobody's maximum is given")
    return ways


def read_numbers(folder: Path) -> dict[str, dict[str, dict[str, float]]]:
    """By pseudonym, name and session: every number of every table with a row a session."""
    told: defaultdict[str, defaultdict[str, dict[str, float]]] = defaultdict(
        lambda: defaultdict(dict)
    )
    for path in sorted(folder.glob("*.csv")):
        for row in _read(path):
            if not {"participant", "session_number"} <= row.keys():
                continue
            start = " ".join(row[key] for key in ("metric", "category", "stream") if key in row)
            for name, text in row.items():
                if (number := _parse(text)) is not None:
                    label = f"{path.stem}.{name} {start}".strip()
                    told[row["participant"]][label][row["session_number"]] = number
    return {who: dict(numbers) for who, numbers in told.items()}


def _spread(
    told: Mapping[str, Mapping[str, float]], names: list[str], minutes: float
) -> dict[str, Numbers]:
    """With the reserve that each TRIMP would be of, if her heart had been even."""
    sessions = sorted({one for numbers in told.values() for one in numbers})
    table = {
        name: np.array([told.get(name, {}).get(one, np.nan) for one in sessions]) for name in names
    }
    for name in [one for one in names if "trimp_banister" in one]:
        for sex, (k, b) in CURVES.items():
            curve = minutes * _GRID * k * np.exp(b * _GRID)
            table[f"reserve of {name}, {sex}"] = np.interp(table[name], curve, _GRID)
    return table


def _meets(table: Mapping[str, Numbers], way: Way, rest: float, true_bpm: float) -> bool:
    formula, a, b = way
    with np.errstate(all="ignore"):
        tried = FORMULAS[formula](table[a], table[b], rest)
    tried = tried[np.isfinite(tried)]
    return len(tried) > 0 and abs(float(np.median(tried)) - true_bpm) < NEAR_BPM


def _read_rests(folder: Path) -> dict[str, float]:
    rows = _read(folder / "participants.csv")
    return {row["participant"]: float(row["hr_rest_bpm"]) for row in rows if row["hr_rest_bpm"]}


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _parse(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
