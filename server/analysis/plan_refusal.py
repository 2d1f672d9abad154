"""What is wrong with the settings of a plan, in sentences. Pure."""

import re
from typing import Final

_PLACE: Final = re.compile(r" - at `\$\.(?P<name>\w+)(?:\[.*)?`$")
_UNKNOWN: Final = re.compile(r"unknown field `(?P<name>[^`]*)`")
_MISSING: Final = re.compile(r"missing required field `(?P<name>[^`]*)`")
_NAMES: Final = (
    'a list of names belongs here, as ["bdnf"]; a name is of small letters, digits and _, begins'
    " with a letter and has at most 60"
)
_NAME: Final = (
    'a name in quotes belongs here, as "srpe_load_au", of small letters, digits and _, that'
    " begins with a letter and has at most 60"
)
_BELONGS: Final = {
    "outcomes": f"{_NAMES}; at least one",
    "dose": _NAME,
    "dose_sensitivity": _NAMES,
    "confounders": _NAMES,
    "baseline": _NAMES,
    "baseline_categories": _NAMES,
    "attendance": _NAME,
    "dose_sessions": '"complete" or "prorated" belongs here',
    "matrix": '"serum" or "plasma" belongs here',
    "sessions_planned": "a whole number from 1 to 500 belongs here",
    "alpha": "a number above 0 and below 0.5 belongs here, as 0.05",
    "permutations": "a whole number from 1000 to 1000000 belongs here",
    "bootstrap": "a whole number from 1000 to 1000000 belongs here",
    "seed": "a whole number from 0 on belongs here",
}


def tell_invalid(reason: str) -> str:
    """A sentence for what a check of types said; a sentence of the plan's own stays as it is."""
    if place := _PLACE.search(reason):
        name = place["name"]
        return f"{name}: {_BELONGS[name]}" if name in _BELONGS else reason
    if unknown := _UNKNOWN.search(reason):
        return f"there is no setting {unknown['name']}; there are: {', '.join(_BELONGS)}"
    if missing := _MISSING.search(reason):
        return f"{missing['name']} is missing: {_BELONGS.get(missing['name'], 'give it')}"
    return reason
