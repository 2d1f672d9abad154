"""How finely a recipient was told what may tell who somebody is, dataset by dataset. Pure.

She can join all of hers by pseudonym. So the next one tells nothing more finely than any before it,
and nothing that one of them left out: whoever was alike to enough others stays so (decision 0051).
"""

import json
from collections.abc import Iterable, Mapping
from typing import Final

EXACT_VALUES: Final = "exact_values"  # the word by which they are approved
EXACT_WORDS: Final = frozenset({EXACT_VALUES, "small_groups"})  # what it was called once
WORDS: Final = "words"  # each category as it is
TOGETHER: Final = "together"  # categories put together

Fineness = tuple[float, ...] | str  # limits of bands, or one of the two above
Levels = Mapping[str, Fineness]  # by the exact column; what isn't in it was left out


def write_levels(levels: Levels) -> str:
    """As JSON: the same levels give the same text."""
    return json.dumps(dict(levels), sort_keys=True, separators=(",", ":"))


def read_levels(text: str) -> dict[str, Fineness]:
    """What `write_levels` wrote."""
    return {
        name: one if isinstance(one, str) else tuple(one) for name, one in json.loads(text).items()
    }


def is_no_finer(one: Fineness, than: Fineness) -> bool:
    """Whether whoever knows `than` learns nothing from `one`."""
    if isinstance(one, str) or isinstance(than, str):
        return one == than or (one, than) == (TOGETHER, WORDS)
    return {*one} <= {*than}


def may_be_told(name: str, one: Fineness, before: Iterable[Levels]) -> bool:
    """Whether each of the earlier datasets told this column, as finely or more so."""
    return all(name in told and is_no_finer(one, told[name]) for told in before)
