"""Her heart was faster than her maximum: the maximum is too low, or it wasn't her heart."""

from collections.abc import Iterator
from typing import Final

from server.dose.heart.hr_max import FORMULA_SEE_BPM
from server.projection.quality.finding import Hit
from server.projection.quality.seen import SessionSeen

LEAST_S: Final = 10.0  # one false beat is no maximum. Inferred
FORMULA_MARGIN_BPM: Final = FORMULA_SEE_BPM  # a formula of age is right to within its own error


def judge(seen: SessionSeen) -> Iterator[Hit]:
    """One hit for each woman. `above_s` counts above what was measured, or formula and margin."""
    for person in seen.people:
        peak = person.peak
        if peak is not None and peak.above_s >= LEAST_S:
            facts = {
                "peak_bpm": round(peak.peak_bpm),
                "max_bpm": round(peak.max_bpm),
                "above_s": round(peak.above_s),
                "is_estimated": peak.is_estimated,
            }
            yield Hit((person.code,), "", facts)
