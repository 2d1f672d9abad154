"""A value of a TOML document that knows its place, so that every fault can say where it is."""

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NoReturn

from protocol.quoting import quote
from protocol.training.toml_lines import find_line, locate_lines
from server.analysis.summary_check.printed import SMALLEST, Printed
from server.errors import SettingsError


@dataclass(frozen=True, slots=True)
class Node:
    """A value and its path, such as `measure[1].control.pre`. Every reader raises SettingsError."""

    value: object
    where: str
    lines: Mapping[str, int]

    def refuse(self, sentence: str) -> NoReturn:
        line = find_line(self.lines, self.where)
        places = [f"line {line}"] if line else []
        places += [self.where] if self.where else []
        raise SettingsError(f"{', '.join(places)}: {sentence}" if places else sentence)

    def table(self, known: Collection[str], needed: Collection[str] = ()) -> "dict[str, Node]":
        """A table's values by key; refuses unknown keys and missing ones."""
        if not isinstance(self.value, dict):
            self.refuse(f"a table with {_list(known)} belongs here")
        for key in self.value:
            if key not in known:
                self.refuse(f"unknown key {quote(str(key))}; known are {_list(known)}")
        for key in needed:
            if key not in self.value:
                self.refuse(f"{key} is missing")
        return {key: self._inside(f".{key}", one) for key, one in self.value.items()}

    def items(self, most: int) -> "list[Node]":
        """A list's values, named from 1 on as their lines are."""
        if not isinstance(self.value, list):
            self.refuse(f"a list belongs here: begin each with [[{self.where}]]")
        if len(self.value) > most:
            self.refuse(f"{len(self.value)} are too many; {most} are the most")
        return [self._inside(f"[{i}]", one) for i, one in enumerate(self.value, 1)]

    def pair(self, first: str, second: str) -> "tuple[Node, Node]":
        """A list of two values."""
        if not isinstance(self.value, list) or len(self.value) != 2:
            self.refuse(f"[{first}, {second}] belongs here")
        return self._inside("", self.value[0]), self._inside("", self.value[1])

    def text(self) -> str:
        """Some words of one line."""
        if not isinstance(self.value, str) or not self.value.strip():
            self.refuse("words in quotes belong here")
        if not self.value.isprintable():
            self.refuse("words on one line, without control characters, belong here")
        return self.value

    def whole(self, lo: int, hi: int) -> int:
        """A whole number from lo to hi."""
        if isinstance(self.value, bool) or not isinstance(self.value, int):
            self.refuse("a whole number belongs here")
        if not lo <= self.value <= hi:
            self.refuse(f"{quote(_write(self.value))} is not from {lo} to {hi}")
        return self.value

    def yes(self) -> bool:
        if not isinstance(self.value, bool):
            self.refuse("true or false belongs here")
        return self.value

    def number(self, what: str, lo: float | None = None, hi: float | None = None) -> Printed:
        """A number with the digits it was written with, from lo to hi where these are given."""
        return self.parse(self.digits(what), what, lo, hi)

    def digits(self, what: str) -> str:
        """A number as it was written."""
        if isinstance(self.value, bool) or not isinstance(self.value, int | Decimal):
            self.refuse(f"{what} must be a number, without quotes")
        return _write(self.value)

    def parse(
        self,
        text: str,
        what: str,
        lo: float | None,
        hi: float | None,
        smallest: float = SMALLEST,
    ) -> Printed:
        """A number of these digits."""
        try:
            printed = Printed.parse(text, smallest)
        except ValueError:
            self.refuse(f"{what} is {quote(text)}, which is not a number that a table can have")
        if lo is not None and printed.value < lo:
            self.refuse(f"{what} is {text}, and can't be below {lo:g}")
        if hi is not None and printed.value > hi:
            self.refuse(f"{what} is {text}, and can't be above {hi:g}")
        return printed

    def _inside(self, path: str, value: object) -> "Node":
        return Node(value, f"{self.where}{path}".lstrip("."), self.lines)


def parse_document(text: str) -> Node:
    """The whole document, digits kept. Raises SettingsError for text that isn't TOML."""
    try:
        document = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"not TOML: {error}") from None
    except (ValueError, ArithmeticError, RecursionError):  # thousands of digits, deep nesting
        raise SettingsError("not TOML that can be read: too many digits or brackets") from None
    return Node(document, "", locate_lines(text))


def _write(value: int | Decimal) -> str:
    """Digits as they stood; a whole number of thousands of digits can't be written out."""
    try:
        return str(value)
    except ValueError:
        return "a number of thousands of digits"


def _list(words: Collection[str]) -> str:
    return ", ".join(words)
