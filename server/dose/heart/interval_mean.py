"""Her mean heart rate between two moments: at a station, in a rest."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from server.dose.heart.coverage import HeardTime, find_missing
from server.dose.heart.holding import hold_trace
from server.dose.heart.quality import Floats, JudgedTrace, Verdict
from server.dose.quantity import Missing, Quantity

INTERVAL_VERSION: Final = 1
UNIT: Final = "bpm"


@dataclass(frozen=True, slots=True)
class HeldSpans:
    """M accepted heart rates, each from `from_s` on for `held_s` (M,); refused ones at `refused_s`.

    Times rise; spans don't overlap.
    """

    hr_bpm: Floats
    from_s: Floats
    held_s: Floats
    refused_s: Floats


def hold_spans(
    times_s: Floats, hr_bpm: Floats, judged: JudgedTrace, gap_limit_s: float
) -> HeldSpans:
    """The same time that counts as in a session's dose (`hold_trace`), with where it lies."""
    held = hold_trace(times_s, hr_bpm, judged, gap_limit_s)
    valid = judged.verdicts == Verdict.VALID
    return HeldSpans(held.hr_bpm, times_s[valid], held.held_s, times_s[~valid])


def average_interval(spans: HeldSpans, start_s: float, end_s: float) -> Quantity:
    """Time-weighted mean of an interval (start < end); a heart rate counts by its seconds inside.

    Missing where less than 80 % of it was heard (dose-metrics 7): not zero, and not what is left.
    """
    first = max(0, int(np.searchsorted(spans.from_s, start_s, side="right")) - 1)
    inside = slice(first, int(np.searchsorted(spans.from_s, end_s)))
    begins_s = np.maximum(spans.from_s[inside], start_s)
    ends_s = np.minimum(spans.from_s[inside] + spans.held_s[inside], end_s)
    weights_s = np.maximum(ends_s - begins_s, 0.0)
    heard = HeardTime(float(weights_s.sum()), end_s - start_s)
    low, high = np.searchsorted(spans.refused_s, [start_s, end_s]).tolist()
    n_heard = int((weights_s > 0).sum())
    missing = find_missing(heard, n_heard + high - low, high - low)
    if missing is not None:
        return Quantity.missing_for(missing, UNIT, INTERVAL_VERSION, heard.coverage)
    mean_bpm = float(weights_s @ spans.hr_bpm[inside]) / heard.valid_s
    return Quantity(mean_bpm, UNIT, INTERVAL_VERSION, heard.coverage)


def silence(reason: Missing) -> Quantity:
    """Where there is no trace at all."""
    return Quantity.missing_for(reason, UNIT, INTERVAL_VERSION)
