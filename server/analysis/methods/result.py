"""What every result has: its analysis, its outcome, how many it is of, and notes to be read."""

import dataclasses
import math
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

Interval = tuple[float, float]
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

        Raises ValueError for NaN or an infinite number, which JSON has no word for.
        """
        return {"analysis": self.analysis, **_to_object(self)}


def _to_object(record: object) -> dict[str, Json]:
    fields = dataclasses.fields(record)  # type: ignore[arg-type]
    return {field.name: _to_json(getattr(record, field.name), field.name) for field in fields}


def _to_json(value: object, name: str) -> Json:
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError(f"{name} is {value}")
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, tuple | list):
        return [_to_json(item, name) for item in value]
    if isinstance(value, dict):
        return {str(key): _to_json(item, str(key)) for key, item in value.items()}
    if dataclasses.is_dataclass(value):
        return _to_object(value)
    raise ValueError(f"{name} is {type(value).__name__}")
