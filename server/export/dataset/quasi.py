"""What of a field others may see or know of a woman: k counts it; each field says, and why. Pure.

Together these may tell who somebody is (El Emam 2013: attributes that others may know). A field
that says nothing here makes no column: nobody can add one and forget it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True)
class Standing:
    """`why` it may be known to others, or may not."""

    is_quasi: bool
    why: str


_SEEN = "whoever meets her sees it"
_TOLD = "family, colleagues or other patients know it"
_GIVES = "another that is known can be worked out from it"
_INSTRUMENT = "only whoever read the instrument knows it"
_MORNING = "of one morning, and of no other"
_PLATE = "of a tube or a plate, and of nobody"

_KNOWN: Final = {
    "age_y": _TOLD,
    "sex": _SEEN,
    "height_cm": _SEEN,
    "weight_kg": _SEEN,
    "bmi": _SEEN,
    "fat_pct": f"{_GIVES}: with fat-free mass it gives weight",
    "fat_free_mass_kg": f"{_GIVES}: with fat it gives weight",
    "edss": "whoever sees her walk knows much of it",
    "relapse_3mo": _TOLD,
    "relapse_on": _TOLD,
    "steroids_3mo": f"{_TOLD}, and it tells a relapse",
    "steroids_last_on": _TOLD,
    "hr_max_bpm": f"{_GIVES}: by a formula it is her age",
    "hr_max_source": f"{_GIVES}: a formula may be of one sex",
    "dmt": _TOLD,
    "other_drugs": _TOLD,
    "smoking": _SEEN,
    "cigarettes_per_day": _SEEN,
    "menopause": _TOLD,
    "contraception": _TOLD,
    "heat_sensitive": "whoever trains with her sees it",
    "hr_unreliable": f"{_TOLD}: a medicine or a rhythm",
}
_UNKNOWN: Final = {
    "measured_on": "a day of the study, and others were measured around it; a date needs approval",
    "body_method": "a device of the study",
    "hr_rest_bpm": _INSTRUMENT,
    "hr_rest_source": "a device of the study",
    "dmt_text": "free text needs an approval of its own",
    "other_drugs_text": "free text needs an approval of its own",
    "drawn_at": "a moment needs an approval of its own",
    "fasting_h": _MORNING,
    "exercise_h": "it tells the arm, and needs the approval of that",
    "cycle_day": "of one morning; withheld where sex and menopause are",
    "sleep_h": _MORNING,
    "illness": "of two weeks before one morning",
    "caffeine_12h": _MORNING,
    "value": _INSTRUMENT,
    "unit": _PLATE,
    "anticoagulant": _PLATE,
    "plate": "a pseudonym",
    "dilution": _PLATE,
    "lloq": _PLATE,
    "uloq": _PLATE,
    "flags": _PLATE,
}
STANDINGS: Final[Mapping[str, Standing]] = MappingProxyType(
    {name: Standing(True, why) for name, why in _KNOWN.items()}
    | {name: Standing(False, why) for name, why in _UNKNOWN.items()}
)


def is_quasi(name: str) -> bool:
    """Of a field. Raises KeyError, with what to do, for one that says nothing."""
    try:
        return STANDINGS[name].is_quasi
    except KeyError:
        raise KeyError(f"say in {__name__} whether others may know {name}") from None
