"""What every result has: its analysis, its outcome, how many it is of, and notes to be read."""

import dataclasses
import math
from dataclasses import dataclass
from typing import ClassVar, Final

import numpy as np

from server.errors import MethodError

Interval = tuple[float, float]
LEVEL: Final = 0.95  # of two-sided intervals, where a plan has an alpha of .05
_LEVELLED: Final = frozenset({"ci", "credible"})
Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """Base of all results; a method's own class adds the fields promised for it, by their names.

    `analysis` is set by each class. `outcome` is None where a result is about none. `n` counts the
    participants the numbers come from. `notes` are whole sentences a reader must see. A number
    that doesn't exist is None, and a note says why.
    """

    analysis: ClassVar[str]

    outcome: str | None
    n: int
    notes: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Json]:
        """As in `results.json`: `analysis` first, tuples as lists, nested results as objects.

        Raises MethodError for NaN or an infinite number, which JSON has no word for.
        """
        return {"analysis": self.analysis, **_to_object(self)}


@dataclass(frozen=True, slots=True, kw_only=True)
class IntervalResult(Result):
    """One whose intervals hold the truth in a share of `level`: 1 - alpha of the plan.

    The names of `ci`, `ci_...` and `credible`, its own and those of its parts, say the level in
    `results.json`: `ci95`, `ci99_hc3`. So a reader of `ci95` never gets another interval by it.
    """

    level: float


def write_percent(level: float) -> str:
    """`95`, or `97.5`."""
    return f"{100 * level:.10g}"


def tell_tail(level: float) -> float:
    """What a two-sided interval leaves out on either side; .025 of .95."""
    return round((1 - level) / 2, 15)


def _to_object(record: object, level: float | None = None) -> dict[str, Json]:
    of = getattr(record, "level", level)
    told = {}
    for field in dataclasses.fields(record):  # type: ignore[arg-type]
        name = field.name if of is None else _name_level(field.name, of)
        told[name] = _to_json(getattr(record, field.name), field.name, of)
    return told


def _name_level(name: str, level: float) -> str:
    head, _, tail = name.partition("_")
    if head not in _LEVELLED:
        return name
    return f"{head}{write_percent(level)}{'_' if tail else ''}{tail}"


def _to_json(value: object, name: str, level: float | None = None) -> Json:
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float) and not math.isfinite(value):
        raise MethodError(f"{name} came out as {value}: the values are too large, or too alike")
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, tuple | list):
        return [_to_json(item, name, level) for item in value]
    if isinstance(value, dict):
        return {str(key): _to_json(item, str(key), level) for key, item in value.items()}
    if dataclasses.is_dataclass(value):
        return _to_object(value, level)
    raise ValueError(f"{name} is {type(value).__name__}")
