"""The form of an analysis plan: from a plan to what stands in it, and back. Pure."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

import msgspec

from server.analysis.plan import AnalysisPlan
from server.errors import MethodError

# Lists of names: a box each, named by the list, a dot and what it chooses.
LISTS: Final = ("outcomes", "dose_sensitivity", "confounders", "baseline", "baseline_categories")
NUMBERS: Final = ("alpha", "permutations", "bootstrap", "seed", "sessions_planned")
_WORDS: Final = ("dose", "matrix", "dose_sessions", "attendance")  # nothing chosen is none

Fields = Mapping[str, str]


def name_box(listed: str, name: str) -> str:
    """Of the box that puts a name on a list."""
    return f"{listed}.{name}"


def list_chosen(fields: Fields, listed: str) -> list[str]:
    """Names on a list, in the order in which they came."""
    start = f"{listed}."
    return [name.removeprefix(start) for name in fields if name.startswith(start)]


def fill_form(plan: AnalysisPlan) -> dict[str, str]:
    """What the form would have to hold to make this plan."""
    told = msgspec.to_builtins(plan)
    boxes = {name_box(listed, name): "yes" for listed in LISTS for name in told[listed]}
    return {
        **boxes,
        **{name: told[name] or "" for name in _WORDS},
        **{name: str(told[name]) for name in NUMBERS},
    }


def read_plan_form(fields: Fields) -> AnalysisPlan:
    """The plan that the form says. Raises MethodError, saying which field is wrong and how."""
    told: dict[str, Any] = {listed: list_chosen(fields, listed) for listed in LISTS}
    if not told["outcomes"]:
        raise MethodError("choose at least one outcome")
    told |= {name: fields[name] for name in _WORDS if fields.get(name)}
    told |= {name: _read_number(name, fields.get(name, "")) for name in NUMBERS}
    try:
        return msgspec.convert(told, AnalysisPlan)
    except msgspec.ValidationError as error:
        raise MethodError(str(error)) from None


def order_choices(chosen: Iterable[str], known: Iterable[str]) -> list[str]:
    """What was chosen first, in its order: a plan that isn't changed stays the same plan."""
    return list(dict.fromkeys((*chosen, *known)))


def _read_number(name: str, text: str) -> float | int:
    try:
        return float(text) if name == "alpha" else int(text)
    except ValueError:
        raise MethodError(f"{name}: {text[:20]!r} is no number") from None
