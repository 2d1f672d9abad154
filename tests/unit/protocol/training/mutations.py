"""Plans as somebody might break them: the shipped document with some of its values changed."""

import tomllib
from copy import deepcopy
from typing import Any

from hypothesis import strategies as st

from protocol.training.shipped import read_bases
from protocol.training.vocabulary import Axis, Sides, Support, Unit
from tests.unit.protocol.training.plans import eight_week_text

NAMES = st.sampled_from(["core", "strength", "plyometric", "hop-marks", "pelvic-tilt", "red", "x"])
WORDS = st.sampled_from([word.value for kind in (Axis, Sides, Support, Unit) for word in kind])
NUMBERS = st.integers(0, 20) | st.integers(-5, 10_000)


def _places(node: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every value of a document, by path; where a field comes from is left alone."""
    if isinstance(node, dict):
        skipped = {"provenance", "source", "why", "printed", "inferred", "notes"}
        inside = [_places(value, (*path, key)) for key, value in node.items() if key not in skipped]
    elif isinstance(node, list):
        inside = [_places(value, (*path, n)) for n, value in enumerate(node)]
    else:
        return [path]
    return [path, *(one for places in inside for one in places)] if path else sum(inside, [])


DOCUMENT = tomllib.loads(eight_week_text())
TAILORED = tomllib.loads(read_bases()["tailored"])
PLACES = _places(DOCUMENT)


def _mutate(document: Any, path: tuple[Any, ...], draw: st.DrawFn) -> None:
    """One value replaced by another of its kind; of a list, an element dropped or doubled."""
    for step in path[:-1]:
        document = document[step]
    value = document[path[-1]]
    if isinstance(value, bool):
        document[path[-1]] = not value
    elif isinstance(value, (int, float)):
        document[path[-1]] = draw(NUMBERS)
    elif isinstance(value, str):
        document[path[-1]] = draw(NAMES | WORDS)
    elif isinstance(value, list) and value:
        place = draw(st.integers(0, len(value) - 1))
        document[path[-1]] = draw(
            st.sampled_from([value[:place] + value[place + 1 :], [*value, value[place]], []])
        )


@st.composite
def mutated_documents(draw: st.DrawFn) -> dict[str, Any]:
    document = deepcopy(DOCUMENT)
    if draw(st.booleans()):
        document["progression"] = deepcopy(TAILORED["progression"])
    for _ in range(draw(st.integers(1, 8))):
        try:
            _mutate(document, draw(st.sampled_from(PLACES)), draw)
        except (KeyError, IndexError, TypeError):  # an earlier change took the place away
            continue
    return document
