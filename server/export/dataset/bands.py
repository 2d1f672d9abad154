"""Bands in which a number goes out where its value could tell who somebody is. Pure.

A band is a word, so that nobody takes it for a value. Coarser bands are made of whole finer ones:
two datasets tell no more of a column together than the finer of them alone. Of several columns they
may, so no dataset of a recipient is finer than an earlier one (`server.study.told_levels`).
"""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True)
class Bands:
    """`limits` rise. A band has its lower limit and lacks its upper one; the outer two are open."""

    limits: tuple[float, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """Of all bands, from the lowest."""
        texts = [f"{limit:g}" for limit in self.limits]
        between = zip(texts, texts[1:], strict=False)
        inner = [f"{low} to under {high}" for low, high in between]
        return (f"under {texts[0]}", *inner, f"{texts[-1]} and over")

    def find(self, number: float) -> str:
        """The word of the band that a number lies in."""
        return self.words[bisect_right(self.limits, number)]

    def label_words(self, unit: str) -> dict[str, str]:
        """Each word with its limits, as codebooks have it."""
        with_unit = f" {unit}" if unit else ""
        return {word: f"band: {word}{with_unit}" for word in self.words}


def _make(*levels: tuple[float, ...]) -> tuple[Bands, ...]:
    return tuple(Bands(limits) for limits in levels)


# Of each field the finest bands first. Limits of the body mass index are those of the WHO
# (Technical Report 894, 2000). EDSS: below 4 somebody walks without limits, from 6 on with an aid
# (Kurtzke 1983). All others are round numbers.
BANDS: Final[Mapping[str, tuple[Bands, ...]]] = MappingProxyType(
    {
        "age_y": _make(
            (20, 25, 30, 35, 40, 45, 50, 55, 60, 65), (20, 30, 40, 50, 60), (30, 40, 50), (40,)
        ),
        "edss": _make((2, 4, 6), (2, 4), (4,)),
        "bmi": _make((18.5, 25, 30), (18.5, 25), (25,)),
        "height_cm": _make((150, 160, 170, 180), (160, 180), (160,)),
        "weight_kg": _make((50, 60, 70, 80, 90), (60, 80), (60,)),
        "fat_pct": _make((20, 30, 40), (30,)),
        "fat_free_mass_kg": _make((40, 50, 60), (50,)),
        "cigarettes_per_day": _make((1, 10, 20), (1,)),
        "hr_max_bpm": _make((160, 170, 180, 190, 200), (160, 180, 200), (180,)),
    }
)
