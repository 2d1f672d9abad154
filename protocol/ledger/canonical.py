"""One text for one JSON value, so that equal means equal bytes, here and in a browser.

RFC 8785 for the values of the ledger: keys sorted, nothing between, whole numbers without a point.
Ours are whole numbers or halves, which every language writes alike.
"""

import json
from typing import Any


def normalise_numbers(value: Any) -> Any:
    """The same value with 22.0 as 22, as JavaScript has it."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dict):
        return {key: normalise_numbers(one) for key, one in value.items()}
    if isinstance(value, list):
        return [normalise_numbers(one) for one in value]
    return value


def encode_canonical(value: Any) -> bytes:
    """The value's one text, in UTF-8."""
    return json.dumps(
        normalise_numbers(value),
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
        allow_nan=False,
    ).encode()
