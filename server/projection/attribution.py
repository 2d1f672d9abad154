"""Whose a strap's values are: joined late, by what trainers wrote down (decision D3). Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from server.decoding.clocks.frames import NS_PER_MS
from server.sessions.domain.coverage import Worn


@dataclass(frozen=True, slots=True)
class Attribution:
    """Of a strap's N values: `of` is a mask (N,) a participant; no value is two people's.

    `disputed` (N,): two people are said to have worn it then, so it is nobody's until one decides.
    `unworn` (N,): nobody is.
    """

    of: Mapping[str, NDArray[np.bool_]]
    disputed: NDArray[np.bool_]
    unworn: NDArray[np.bool_]


def attribute(worn: Sequence[Worn], strap: str, utc_ns: NDArray[np.int64]) -> Attribution:
    """Sort the values of one strap, taken at `utc_ns` (N,), by who wore it."""
    claims: dict[str, NDArray[np.bool_]] = {}
    for one in worn:
        if one.strap == strap:
            inside = (utc_ns >= one.from_ms * NS_PER_MS) & (utc_ns < one.until_ms * NS_PER_MS)
            claims[one.participant] = claims.get(one.participant, False) | inside
    n_claims = sum((mask.astype(np.int64) for mask in claims.values()), np.zeros(len(utc_ns)))
    return Attribution(
        {code: mask & (n_claims == 1) for code, mask in claims.items()},
        n_claims > 1,
        n_claims == 0,
    )
