"""How old the live page said a heart rate was, beside how old it really was.

The two clocks that the server compares for it are the ones most easily mixed up, and an age that is
clamped at nought hides it: so no age may be far off, and half of them must be close.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median_low

from firmware_sim.rehearsal.verdict.evidence import ArchivedValue, LiveFrame, SentValue
from firmware_sim.rehearsal.verdict.stretches import Stretch, is_inside

AGE_LIMIT_NS = 2 * 10**9
MEDIAN_LIMIT_NS = (
    400_000_000  # a frame takes some ms; a beat is up to a second old when it is shown
)
NS_PER_S = 10**9


@dataclass(frozen=True, slots=True)
class ToldAge:
    """One tile of one frame. `error_ns` < 0: it was said to be younger than it was."""

    strap: str
    told_s: float
    arrived_monotonic_ns: int
    error_ns: int

    @property
    def is_wrong(self) -> bool:
        """Whether this one age alone is too far off."""
        return self.told_s < 0 or abs(self.error_ns) > AGE_LIMIT_NS


def measure_ages(
    heart_rates: Sequence[tuple[SentValue, ArchivedValue]],
    frames: Sequence[LiveFrame],
    excused: Sequence[Stretch] = (),
) -> list[ToldAge]:
    """Every age told of one of these heart rates (sent, kept) in frames outside `excused` (joined).

    As the frame arrives, a value is at least as old as the gateway's stamp and at most as old as
    the strap's.
    """
    sent_ns = {(kept.strap, kept.monotonic_ns): sent.monotonic_ns for sent, kept in heart_rates}
    ages = []
    for frame in frames:
        arrived_ns = frame.arrived_monotonic_ns
        if is_inside((arrived_ns, arrived_ns), excused):
            continue
        for strap, told_s in frame.ages_s.items():
            kept_ns = frame.newest_monotonic_ns[strap]
            since_ns = sent_ns.get((strap, kept_ns))
            if since_ns is not None:
                told_ns = round(told_s * NS_PER_S)
                nearest_ns = min(max(told_ns, arrived_ns - kept_ns), arrived_ns - since_ns)
                ages.append(ToldAge(strap, told_s, arrived_ns, told_ns - nearest_ns))
    return ages


def find_median_ns(ages: Sequence[ToldAge]) -> int:
    """Of the errors, whichever way they go; 0 where there is none."""
    return median_low(abs(age.error_ns) for age in ages) if ages else 0
