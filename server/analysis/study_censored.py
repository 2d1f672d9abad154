"""Which concentrations of a study are outside the assay's limits, and what the limits are."""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import numpy as np

from server.analysis.methods.censored.censoring import ABOVE, BELOW, CensoredColumn
from server.study.fields.missing import MissingReason
from server.study.measurement import TimePoint
from server.study.recorded import Sample
from server.study.sample import convert_pg_ml

Censored = Mapping[str, tuple[float, float]]  # side and limit, in pg/mL, by participant's code
_LIMITS: Final = {
    MissingReason.BELOW_LLOQ: (BELOW, "lloq"),
    MissingReason.ABOVE_ULOQ: (ABOVE, "uloq"),
}


def take_censored(samples: Iterable[Sample], point: TimePoint) -> Censored:
    """Whose value lies outside a limit; the limit is NaN where nobody recorded it with a unit."""
    found = {}
    for one in samples:
        missing = one.answers["value"].missing
        if one.key.time_point is point and missing in _LIMITS:
            side, name = _LIMITS[missing]
            found[str(one.key.code)] = (side, _read_limit(one, name))
    return found


def fill_censored(
    codes: Sequence[str], columns: Mapping[str, Censored]
) -> dict[str, CensoredColumn]:
    """A row a code; only columns in which something is outside."""
    told = {}
    for name, cells in columns.items():
        if cells:
            rows = [cells.get(code, (0.0, math.nan)) for code in codes]
            sides, limits = (
                np.array(column, dtype=np.float64) for column in zip(*rows, strict=True)
            )
            told[name] = CensoredColumn(sides, limits)
    return told


def _read_limit(sample: Sample, name: str) -> float:
    limit, unit = sample.answers[name].number, sample.answers["unit"].value
    return math.nan if limit is None or unit is None else convert_pg_ml(limit, str(unit))
