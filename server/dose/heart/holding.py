"""How long each heart rate counts: until the next accepted one, and never over a hole."""

from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from server.decoding.gap_ledger import Gap, GapCause
from server.dose.heart.quality import Floats, JudgedTrace, Verdict

_NS_PER_S = 1_000_000_000
_SAME_S = 1e-6  # times in seconds with decimals are exact to far less than a microsecond
_CAUSES = {
    Verdict.NO_VALUE: GapCause.NO_VALUE,
    Verdict.OUT_OF_RANGE: GapCause.OUT_OF_RANGE,
    Verdict.JUMP: GapCause.JUMP,
    Verdict.FLAT: GapCause.FLAT,
    Verdict.NO_CONTACT: GapCause.NO_CONTACT,
}


@dataclass(frozen=True, slots=True)
class HeldTrace:
    """M accepted heart rates, each with how long it counts.

    `span_s` is from the first row to the last, accepted or not; `gaps` are the stretches of it in
    which nothing counts, on the trace's own clock.
    """

    hr_bpm: Floats
    held_s: Floats
    span_s: float
    gaps: tuple[Gap, ...]

    @property
    def valid_s(self) -> float:
        """The time in which a heart rate counts."""
        return float(self.held_s.sum())


def hold_trace(
    times_s: Floats, hr_bpm: Floats, judged: JudgedTrace, gap_limit_s: float
) -> HeldTrace:
    """Each accepted heart rate holds until the next accepted one (dose-metrics 6, decision 0028).

    Where that is more than `gap_limit_s` away, the whole hole is a gap and the heart rate before it
    holds nothing; nor does the last one, which has no next.
    """
    kept = np.flatnonzero(judged.verdicts == Verdict.VALID)
    steps_s = np.diff(times_s[kept])
    is_hole = steps_s > gap_limit_s + _SAME_S
    held_s = np.append(np.where(is_hole, 0.0, steps_s), [0.0] * bool(kept.size))
    span_s = float(times_s[-1] - times_s[0]) if len(times_s) else 0.0
    gaps = _list_gaps(times_s, judged, kept, is_hole)
    return HeldTrace(hr_bpm[kept], held_s, span_s, gaps)


def _list_gaps(
    times_s: Floats, judged: JudgedTrace, kept: NDArray[np.int64], is_hole: NDArray[np.bool_]
) -> tuple[Gap, ...]:
    """Holes between accepted heart rates, and what lies before the first and after the last."""
    n = len(times_s)
    if not kept.size:
        ends = [(0, n - 1)] if n > 1 else []
    else:
        holes = zip(kept[:-1][is_hole].tolist(), kept[1:][is_hole].tolist(), strict=True)
        ends = [(0, int(kept[0])), *holes, (int(kept[-1]), n - 1)]
    return tuple(_name_gap(times_s, judged, a, b) for a, b in ends if a < b)


def _name_gap(times_s: Floats, judged: JudgedTrace, first: int, last: int) -> Gap:
    """The cause is what most rows in it were refused for; without any it is silence."""
    inside = judged.verdicts[first : last + 1].tolist()
    refused = Counter(verdict for verdict in inside if verdict != Verdict.VALID)
    cause = _CAUSES[Verdict(refused.most_common(1)[0][0])] if refused else GapCause.SILENCE
    return Gap(_to_ns(times_s[first]), _to_ns(times_s[last]), cause)


def _to_ns(time_s: np.float64) -> int:
    return round(float(time_s) * _NS_PER_S)
