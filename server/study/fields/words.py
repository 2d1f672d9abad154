"""Words for people, marked to be found by whoever translates pages. Pure.

`python -m tests.update_catalogue` lists what stands literally in a call of either.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

_NAME: Final = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence with {names}, and what they stand for; English as text."""

    sentence: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return _NAME.sub(lambda found: str(self.values.get(found[1], found[0])), self.sentence)


def label(text: str) -> str:
    """The same text: the name of a field, or of what it may hold."""
    return text


def words(sentence: str, **values: object) -> Words:
    """A sentence about what somebody gave."""
    return Words(sentence, values)
