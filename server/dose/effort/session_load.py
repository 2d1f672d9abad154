"""Session RPE load: a rating of the whole session times its minutes (Foster 1995, 1998, 2001).

The minutes are those of the whole session, warm-up, rests and cool-down included: 60 as planned.
The rating is on 0 to 10. Borg's 6 to 20 times minutes is another number (a resting hour scores
360), so one on 6 to 20 is converted by its anchor, marked, and told in other ways beside it.
"""

from collections.abc import Mapping
from typing import Final

from server.dose.effort.rating import CR10_OF_BORG_13_AS_3_5, Rating
from server.dose.quantity import Missing, Quantity

VERSION: Final = 1
AU: Final = "AU"
CONVERTED: Final = "converted"
_BORG_FOOT: Final = 6  # what somebody at rest says on 6 to 20

SRPE: Final = "srpe_load_au"
SRPE_13_AS_3_5: Final = "srpe_load_13_as_3_5_au"
RPE_MINUS_6: Final = "rpe_minus_6_min"
RAW_RPE: Final = "raw_rpe_min"
VARIANTS: Final = (SRPE_13_AS_3_5, RPE_MINUS_6, RAW_RPE)
UNITS: Final[Mapping[str, str]] = {
    SRPE: AU,
    SRPE_13_AS_3_5: AU,
    RPE_MINUS_6: "(Borg 6-20 minus 6) x min",
    RAW_RPE: "Borg 6-20 x min",
}


def compute_srpe_load(rating: Rating | None, duration_min: float | None) -> Quantity:
    """`srpe_load_au`: CR10 times minutes; flagged `converted` from 6 to 20.

    None is not recorded, and then there is no load. Raises ValueError for negative minutes.
    """
    return _multiply(rating, duration_min, None if rating is None else rating.cr10, SRPE)


def compute_srpe_variants(rating: Rating | None, duration_min: float | None) -> dict[str, Quantity]:
    """The same session by other readings of a rating on 6 to 20, by name (VARIANTS).

    Not applicable to a rating on 0 to 10: nobody knows what she would have said on 6 to 20.
    """
    if rating is not None and not rating.is_converted:
        return {
            name: Quantity.missing_for(Missing.NOT_APPLICABLE, UNITS[name], VERSION)
            for name in VARIANTS
        }
    values: dict[str, float | None] = dict.fromkeys(VARIANTS)
    if rating is not None:
        values = {
            SRPE_13_AS_3_5: rating.convert(CR10_OF_BORG_13_AS_3_5),
            RPE_MINUS_6: rating.number - _BORG_FOOT,
            RAW_RPE: rating.number,
        }
    return {name: _multiply(rating, duration_min, values[name], name) for name in VARIANTS}


def _multiply(
    rating: Rating | None, duration_min: float | None, factor: float | None, name: str
) -> Quantity:
    if duration_min is not None and not duration_min >= 0:
        raise ValueError(f"{duration_min!r} minutes")
    if rating is None or duration_min is None or factor is None:
        return Quantity.missing_for(Missing.NOT_RECORDED, UNITS[name], VERSION)
    is_converted = rating.is_converted and UNITS[name] == AU
    flags = (CONVERTED,) if is_converted else ()
    return Quantity(factor * duration_min, UNITS[name], VERSION, flags=flags)
