"""Made-up outcomes of two arms in three shapes, for numbers of other programs to be taken of.

For those, `d` is a shape's rows with its columns `code`, `group` (a factor, control first), `pre`
and `post`; what is missing is NA. In R 4.2.2 `d` was made by typing the lists below.
"""

import math
from typing import Final

from server.analysis.methods.design import TwoByTwo

CONTROL_PRE: Final = (
    181.0, 234.5, 169.1, 218.2, 186.3, 241.7, 214.0, 194.6, 241.3, 273.0, 256.0, 268.8, 277.5,
    269.6, 244.0,
)  # fmt: skip
CONTROL_POST: Final = (
    171.0, 254.4, 164.9, 236.3, 194.6, 246.2, 165.2, 240.0, 184.8, 204.7, 240.8, 273.6, 229.1,
    273.2, 264.5,
)  # fmt: skip
TRAINING_PRE: Final = (
    241.2, 265.1, 268.9, 255.9, 251.5, 177.4, 206.1, 239.6, 209.9, 205.9, 277.5, 186.8, 235.1,
    234.4, 217.3,
)  # fmt: skip
TRAINING_POST: Final = (
    302.6, 248.9, 276.2, 260.3, 303.2, 240.9, 273.3, 286.5, 237.9, 288.8, 272.4, 196.6, 271.7,
    272.7, 244.0,
)  # fmt: skip

GROUP: Final = ("control",) * 15 + ("training",) * 15
CODES: Final = tuple(f"P{number:02d}" for number in range(1, 31))
# Of the incomplete shape: P03 and P18 have no pre; P05, P18, P22 and P30 have no post.
WITHOUT_PRE: Final = frozenset({"P03", "P18"})
WITHOUT_POST: Final = frozenset({"P05", "P18", "P22", "P30"})
# The unbalanced shape has no P01 to P05.
UNBALANCED_FROM: Final = 5


def balanced() -> TwoByTwo:
    """15 and 15, nothing missing, no two posts and no two changes alike."""
    return TwoByTwo.from_arrays(
        "bdnf", CODES, GROUP, CONTROL_PRE + TRAINING_PRE, CONTROL_POST + TRAINING_POST
    )


def unbalanced() -> TwoByTwo:
    """10 of control and 15 of training, nothing missing."""
    whole = balanced()
    kept = slice(UNBALANCED_FROM, None)
    return TwoByTwo.from_arrays("bdnf", CODES[kept], GROUP[kept], whole.pre[kept], whole.post[kept])


def incomplete() -> TwoByTwo:
    """15 and 15, of which 13 and 12 have both measurements."""
    whole = balanced()
    return TwoByTwo.from_arrays(
        "bdnf",
        CODES,
        GROUP,
        [
            _or_missing(value, code in WITHOUT_PRE)
            for code, value in zip(CODES, whole.pre, strict=True)
        ],
        [
            _or_missing(value, code in WITHOUT_POST)
            for code, value in zip(CODES, whole.post, strict=True)
        ],
    )


def _or_missing(value: float, missing: bool) -> float:
    return math.nan if missing else value
