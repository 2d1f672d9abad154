"""What a band pulls with at a measured elongation, and how sure that is; else its level only."""

from dataclasses import dataclass
from typing import Final

from server.dose.quantity import Missing, Quantity
from server.dose.volume.band_charts import LEVELS, MAKER, OLDER

VERSION: Final = 1
NEWTON: Final = "N"


@dataclass(frozen=True, slots=True)
class BandForce:
    """`force_n` is the maker's; the two charts agree on nothing narrower than `low_n`..`high_n`.

    Uchida 2016 (JPTS 28:1266) measured less than the maker says for yellow, green, blue, silver
    and gold, so that even `low_n` may be too much.
    """

    force_n: Quantity
    low_n: Quantity
    high_n: Quantity


def compute_elongation_pct(rest_cm: float, stretched_cm: float) -> float:
    """100 (L - L0) / L0. Raises ValueError unless 0 < L0 <= L."""
    if not 0 < rest_cm <= stretched_cm:
        raise ValueError(f"a band of {rest_cm} cm isn't stretched to {stretched_cm} cm")
    return 100 * (stretched_cm - rest_cm) / rest_cm


def miss_band_force(reason: Missing) -> BandForce:
    """No force, and why."""
    missing = Quantity.missing_for(reason, NEWTON, VERSION)
    return BandForce(missing, missing, missing)


def compute_band_force(colour: str, elongation_pct: float | None, strands: int = 1) -> BandForce:
    """Newtons of `strands` bands side by side; nothing outside a chart is guessed.

    Elongation None is not measured. `low_n` and `high_n` need both charts, so they are missing
    where the older one has no row. Raises ValueError for less than one strand.
    """
    if strands < 1:
        raise ValueError(f"{strands} strands")
    if elongation_pct is None:
        return miss_band_force(Missing.NOT_MEASURED)
    maker_n = MAKER.find_force_n(colour, elongation_pct)
    older_n = OLDER.find_force_n(colour, elongation_pct)
    if maker_n is None:
        return miss_band_force(Missing.OUT_OF_TABLE)
    force = Quantity(maker_n * strands, NEWTON, VERSION)
    if older_n is None:
        unknown = Quantity.missing_for(Missing.OUT_OF_TABLE, NEWTON, VERSION)
        return BandForce(force, unknown, unknown)
    low_n, high_n = sorted((maker_n * strands, older_n * strands))
    return BandForce(force, Quantity(low_n, NEWTON, VERSION), Quantity(high_n, NEWTON, VERSION))


def find_band_level(colour: str | None) -> Quantity:
    """Red 1, green 2, blue 3, black 4: an order, not a force. A set without a band has none."""
    if colour is None:
        return Quantity.missing_for(Missing.NOT_APPLICABLE, "level", VERSION)
    if colour not in LEVELS:
        return Quantity.missing_for(Missing.OUT_OF_TABLE, "level", VERSION)
    return Quantity(float(LEVELS[colour]), "level", VERSION)
