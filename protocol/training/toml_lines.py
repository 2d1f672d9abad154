"""On which line of a TOML text a path stands, so that a fault can be found by eye.

For the layout that people write: headers, and `key = value` each beginning a line of its own. A key
that is laid out otherwise gets the line of the table around it.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

_HEADER = re.compile(r"\s*(?P<open>\[\[?)\s*(?P<path>[A-Za-z0-9_.-]+)\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(r"\s*(?P<key>[A-Za-z0-9_-]+)\s*=\s*(?P<value>.*)$")
_STRING = re.compile(r'"""|\'\'\'|"(?:\\.|[^"\\])*"|\'[^\']*\'|#.*$')


@dataclass(slots=True)
class _Block:
    """One table of the text: its header, and the line of each of its keys."""

    path: str
    line: int
    is_list: bool
    keys: dict[str, int] = field(default_factory=dict)
    id: str = ""


def locate_lines(text: str) -> dict[str, int]:
    """Path → line, counted from 1. Tables of a list are named as `building.name_table` does."""
    lines: dict[str, int] = {}
    counts = Counter[str]()
    latest: dict[str, str] = {}  # the newest table of each list, for tables inside it
    for block in _read_blocks(text):
        head, _, rest = block.path.partition(".")
        name = f"{latest[head]}.{rest}" if head in latest and rest else block.path
        if block.is_list:
            counts[block.path] += 1
            name = f"{name}.{block.id}" if block.id else f"{name}[{counts[block.path]}]"
            latest[block.path] = name
        if name:
            lines.setdefault(name, block.line)
        for key, line in block.keys.items():
            lines.setdefault(f"{name}.{key}" if name else key, line)
    return lines


def find_line(lines: Mapping[str, int], where: str) -> int | None:
    """The line of a path, else of the nearest table around it; None for one that isn't there."""
    while where:
        if where in lines:
            return lines[where]
        shorter = re.sub(r"(\.[^.\[]*|\[\d+\])$", "", where)
        where = shorter if shorter != where else ""
    return None


def _read_blocks(text: str) -> list[_Block]:
    blocks = [_Block("", 1, is_list=False)]
    for number, line in _value_starts(text):
        if header := _HEADER.match(line):
            blocks.append(_Block(header["path"], number, header["open"] == "[["))
        elif key := _KEY.match(line):
            blocks[-1].keys.setdefault(key["key"], number)
            if key["key"] == "id":
                blocks[-1].id = key["value"].split("#")[0].strip().strip("\"'")
    return blocks


def _value_starts(text: str) -> Iterator[tuple[int, str]]:
    """The lines that don't continue a value begun above."""
    depth, quote = 0, ""
    for number, line in enumerate(text.split("\n"), 1):
        if depth == 0 and not quote:
            yield number, line
        rest = line
        if quote:
            _, closed, rest = line.partition(quote)
            if not closed:
                continue
            quote = ""
        marks = _STRING.findall(rest)
        bare = _STRING.sub("", rest)
        if opened := [mark for mark in marks if mark in ('"""', "'''")]:
            quote = opened[-1] if len(opened) % 2 else ""
        if not _HEADER.match(line) or depth:
            depth = max(
                depth + bare.count("[") + bare.count("{") - bare.count("]") - bare.count("}"), 0
            )
