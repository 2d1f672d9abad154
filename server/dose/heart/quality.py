"""Which heart rates of a trace are a heart's (dose-metrics 7). Nothing is mended: only left out."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

HEART_QUALITY_VERSION = 1  # raised when the same trace is judged otherwise

Floats = NDArray[np.float64]
Verdicts = NDArray[np.uint8]


class Verdict(IntEnum):
    """What a heart rate is taken for."""

    VALID = 0
    NO_VALUE = 1  # an empty cell, or 0: legal in Heart Rate Service 1.0, means "no data"
    OUT_OF_RANGE = 2
    JUMP = 3
    FLAT = 4
    NO_CONTACT = 5


@dataclass(frozen=True, slots=True)
class QualityRules:
    """The study's rules; the defaults are those of dose-metrics 7.

    `steady_after_s`: straps' traces change every 2 to 6 s on average (tests/recordings and four FIT
    activities, none flat for more than 17 s at one sample a second). One that changes more rarely
    outside its flat stretches was averaged or made of steps before it came here: then flatness
    proves nothing. None: it always proves that no heart was heard.
    """

    min_bpm: float = 30.0
    max_bpm: float = 220.0
    max_slope_bpm_per_s: float = 20.0
    flat_after_s: float = 30.0
    gap_limit_s: float = 5.0
    steady_after_s: float | None = 10.0


RULES = QualityRules()


@dataclass(frozen=True, slots=True)
class JudgedTrace:
    """`verdicts` is (n,) of Verdict; `keeps_flat`: flat stretches were there, and are kept."""

    verdicts: Verdicts
    keeps_flat: bool


def judge_trace(
    times_s: Floats,
    hr_bpm: Floats,
    contact: NDArray[np.bool_] | None = None,
    rules: QualityRules = RULES,
) -> JudgedTrace:
    """Judge (n,) heart rates at strictly rising times; NaN is a row without a heart rate.

    `contact` is False where the strap, or its beats, say that it wasn't on skin. A jump is told
    from the last heart rate that was accepted, over the time since.
    """
    if (np.diff(times_s) <= 0).any():
        raise ValueError("times of a trace rise strictly")
    verdicts = np.zeros(len(times_s), dtype=np.uint8)
    verdicts[(hr_bpm < rules.min_bpm) | (hr_bpm > rules.max_bpm)] = Verdict.OUT_OF_RANGE
    verdicts[np.isnan(hr_bpm) | (hr_bpm == 0)] = Verdict.NO_VALUE
    if contact is not None:
        verdicts[~contact] = Verdict.NO_CONTACT
    _reject_jumps(times_s, hr_bpm, verdicts, rules.max_slope_bpm_per_s)
    return _judge_flatness(times_s, hr_bpm, verdicts, rules)


def _reject_jumps(times_s: Floats, hr_bpm: Floats, verdicts: Verdicts, max_slope: float) -> None:
    accepted: tuple[float, float] | None = None
    for place in np.flatnonzero(verdicts == Verdict.VALID).tolist():
        at_s, bpm = float(times_s[place]), float(hr_bpm[place])
        if accepted and abs(bpm - accepted[1]) > max_slope * (at_s - accepted[0]):
            verdicts[place] = Verdict.JUMP
        else:
            accepted = (at_s, bpm)


def _judge_flatness(
    times_s: Floats, hr_bpm: Floats, verdicts: Verdicts, rules: QualityRules
) -> JudgedTrace:
    kept = np.flatnonzero(verdicts == Verdict.VALID)
    if not kept.size:
        return JudgedTrace(verdicts, keeps_flat=False)
    times_s, hr_bpm = times_s[kept], hr_bpm[kept]
    is_hole = np.diff(times_s) > rules.gap_limit_s
    firsts = np.flatnonzero(np.r_[True, (np.diff(hr_bpm) != 0) | is_hole])
    lasts = np.r_[firsts[1:], len(kept)] - 1
    is_flat_run = times_s[lasts] - times_s[firsts] > rules.flat_after_s
    is_flat = np.repeat(is_flat_run, lasts - firsts + 1)
    if not is_flat.any():
        return JudgedTrace(verdicts, keeps_flat=False)
    if _is_steady(np.diff(times_s), is_hole, np.diff(hr_bpm) != 0, is_flat, rules):
        return JudgedTrace(verdicts, keeps_flat=True)
    verdicts[kept[is_flat]] = Verdict.FLAT
    return JudgedTrace(verdicts, keeps_flat=False)


def _is_steady(
    steps_s: Floats,
    is_hole: NDArray[np.bool_],
    changes: NDArray[np.bool_],
    is_flat: NDArray[np.bool_],
    rules: QualityRules,
) -> bool:
    """Whether the heart rate changes too rarely outside flat stretches to be a strap's own."""
    if rules.steady_after_s is None:
        return False
    between = ~is_hole & ~(is_flat[:-1] & is_flat[1:])
    lively_s = float(steps_s[between].sum())
    return lively_s >= rules.steady_after_s * int((changes & between).sum())
