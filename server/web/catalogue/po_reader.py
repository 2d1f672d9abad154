"""Reads translations: the part of gettext's .po format that Babel and Poedit write. Pure."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

_FUZZY: Final = "fuzzy"  # a guess that no person has looked at yet
_KEYWORDS: Final = ("msgctxt", "msgid_plural", "msgid", "msgstr")


class MalformedCatalogueError(ValueError):
    """A line that isn't .po; the message has its number."""


@dataclass(slots=True)
class Entry:
    """One sentence, or one and its plural, with its translations in the order of their forms."""

    sentence: str = ""
    plural: str | None = None
    translations: list[str] = field(default_factory=list)
    is_fuzzy: bool = False

    @property
    def is_usable(self) -> bool:
        """Whether it may be shown. The header has an empty sentence and isn't one."""
        return bool(self.sentence) and all((not self.is_fuzzy, *self.translations))


def read_po(text: str) -> list[Entry]:
    """Every usable entry, in order. Raises MalformedCatalogueError."""
    return [entry for block in _split(text) if (entry := _read_entry(block)).is_usable]


def _split(text: str) -> Iterator[list[tuple[int, str]]]:
    """Entries as numbered lines; empty lines stand between them."""
    block: list[tuple[int, str]] = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            block.append((number, line.strip()))
        elif block:
            yield block
            block = []
    if block:
        yield block


def _read_entry(block: list[tuple[int, str]]) -> Entry:
    entry, part = Entry(), ""
    for number, line in block:
        if line.startswith("#"):
            entry.is_fuzzy |= line.startswith("#,") and _FUZZY in line
            continue
        text = line
        if not line.startswith('"'):
            part, _, text = line.partition(" ")
            _begin(entry, part, number)
        _add(entry, part, _unquote(text, number))
    return entry


def _begin(entry: Entry, part: str, number: int) -> None:
    word = part.partition("[")[0]
    if word not in _KEYWORDS or word == "msgctxt":
        raise MalformedCatalogueError(f"line {number}: {part!r} is not understood here")
    if word == "msgid_plural":
        entry.plural = ""
    if word == "msgstr":
        entry.translations.append("")


def _add(entry: Entry, part: str, text: str) -> None:
    if part == "msgid":
        entry.sentence += text
    elif part == "msgid_plural":
        entry.plural = (entry.plural or "") + text
    elif entry.translations:
        entry.translations[-1] += text


def _unquote(line: str, number: int) -> str:
    """A C string; Python reads the escapes that gettext writes in the same way."""
    try:
        value = ast.literal_eval(line)
    except (ValueError, SyntaxError):
        value = None
    if not isinstance(value, str) or not line.startswith('"'):
        raise MalformedCatalogueError(f"line {number}: a text in double quotes is needed")
    return value
