"""Reading the fields of one TOML table so that every mistake is told with its place."""

import math
from typing import Any

from firmware_sim.errors import ScenarioError


class Fields:
    """One table being read. Each field is taken once; what is left over is a mistake."""

    def __init__(self, table: dict[str, Any], place: str) -> None:
        self._left = dict(table)
        self._place = place

    def error(self, sentence: str) -> ScenarioError:
        """The error to raise for this table."""
        return ScenarioError(f"{self._place}: {sentence}")

    def text(self, name: str) -> str:
        """A text that must be there."""
        text = self.text_or_none(name)
        if text is None:
            raise self.error(f"{name} is missing; write {name} = “…”")
        return text

    def text_or_none(self, name: str) -> str | None:
        """A text, or None where the table is silent."""
        value = self._left.pop(name, None)
        if value is not None and (not isinstance(value, str) or not value.strip()):
            raise self.error(f"{name} is {value!r}; it must be a text in quotes")
        return value

    def whole_or_none(self, name: str, least: int, most: int) -> int | None:
        """A whole number in these limits, or None where the table is silent."""
        value = self._left.pop(name, None)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise self.error(f"{name} is {value!r}; it must be a whole number, {least} to {most}")
        return value

    def number(self, name: str, default: float | None, least: float, most: float) -> float:
        """A number in these limits; one without a default must be there."""
        value = self._left.pop(name, default)
        if value is None:
            raise self.error(f"{name} is missing; write a number, {least:g} to {most:g}")
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.error(f"{name} is {value!r}; it must be a number")
        if not math.isfinite(value) or not least <= value <= most:
            raise self.error(f"{name} is {value!r}; it must be from {least:g} to {most:g}")
        return float(value)

    def tables(self, name: str) -> list[dict[str, Any]]:
        """The tables written as `[[name]]`."""
        value = self._left.pop(name, [])
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            raise self.error(f"{name} must be written as [[{name}]]")
        return value

    def refuse_leftovers(self) -> None:
        """Raises ScenarioError for a field nobody knows: most often a misspelt one."""
        if self._left:
            names = ", ".join(sorted(self._left))
            raise self.error(f"unknown field {names}; remove it or mend its spelling")
