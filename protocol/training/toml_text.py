"""TOML text as a table, its faults as one sentence with their line."""

import tomllib
from typing import Final

from protocol.errors import PlanError

CHARACTERS_MOST: Final = 1_000_000  # a plan has some tens of thousands
Document = dict[str, object]


def load_toml(text: str) -> Document:
    """The document. Raises PlanError for text that isn't TOML."""
    if len(text) > CHARACTERS_MOST:
        raise PlanError([f"{len(text)} characters are too many; {CHARACTERS_MOST} are the most"])
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PlanError([f"not TOML: {error}"]) from None
    except (ValueError, RecursionError) as error:  # a number of thousands of digits, deep nesting
        raise PlanError([f"not TOML that can be read: {error}"]) from None
