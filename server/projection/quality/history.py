"""Her own earlier evenings, which an evening of hers is compared with. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from server.projection.quality.seen import EveningSigns, HeartSigns

FEWEST: Final = 3  # earlier evenings of hers; the tablet asks for as many (core/swap_alarm.js)
# Her seated heart rate differs from day to day by about 5 bpm (SD); three of those. Inferred, as
# core/swap_alarm.js has it. Her mean at the same effort differs by no less.
FAR_BPM: Final = 15.0
SAME_EFFORT: Final = 1.0  # ratings on 6 to 20 that count as one


@dataclass(frozen=True, slots=True)
class Usual:
    """Medians of her earlier evenings, in bpm; None where there are fewer than FEWEST.

    `mean_bpm` is of those with an effort like that of the evening compared.
    """

    seated_bpm: float | None = None
    mean_bpm: float | None = None


def find_usual(earlier: Sequence[HeartSigns], rating: float | None) -> Usual:
    """What is usual for her at a rating (None: not known, then no mean is)."""
    seated = [one.seated_bpm for one in earlier if one.seated_bpm is not None]
    means = [
        one.mean_bpm
        for one in earlier
        if one.mean_bpm is not None
        and rating is not None
        and one.rating is not None
        and abs(one.rating - rating) <= SAME_EFFORT
    ]
    return Usual(*(median(values) if len(values) >= FEWEST else None for values in (seated, means)))


def in_order(evenings: Sequence[EveningSigns]) -> list[EveningSigns]:
    """By their beginnings."""
    return sorted(evenings, key=lambda one: (one.at_ms, one.session))
