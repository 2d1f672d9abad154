"""What a set's band pulled with, from its colour, its unloaded length and the mark on the floor."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from server.dose.quantity import Missing
from server.dose.volume.band_force import (
    BandForce,
    compute_band_force,
    compute_elongation_pct,
    miss_band_force,
)


@dataclass(frozen=True, slots=True)
class BandSetup:
    """What a study measured of its bands, by exercise; the ledger has their unloaded length only.

    `stretched_cm` is the length at the mark on the floor; `strands` is 1 where nobody said.
    """

    stretched_cm: Mapping[str, float] = field(default_factory=dict)
    strands: Mapping[str, int] = field(default_factory=dict)


def find_band_force(
    setup: BandSetup, exercise: str, colour: str | None, rest_cm: float | None
) -> BandForce | None:
    """None for a set without a band. A band longer at rest than stretched was mismeasured."""
    if colour is None:
        return None
    strands = setup.strands.get(exercise, 1)
    stretched_cm = setup.stretched_cm.get(exercise)
    if rest_cm is None or stretched_cm is None:
        return compute_band_force(colour, None, strands)
    if rest_cm > stretched_cm:
        return miss_band_force(Missing.UNUSABLE)
    return compute_band_force(colour, compute_elongation_pct(rest_cm, stretched_cm), strands)
