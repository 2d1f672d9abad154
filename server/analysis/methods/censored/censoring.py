"""Concentrations outside what an assay can tell: known to be below or above a limit. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
BELOW: Final = -1.0
ABOVE: Final = 1.0
_INSIDE: Final = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class CensoredColumn:
    """`side` (n,) is -1 below the LLOQ, 1 above the ULOQ, else 0; `limit` (n,) is that limit.

    `limit` is in the outcome's unit, NaN inside and where nobody recorded it.
    """

    side: Floats
    limit: Floats

    @classmethod
    def make_empty(cls, n: int) -> Self:
        """Nothing is outside."""
        return cls(np.full(n, _INSIDE), np.full(n, np.nan))

    @property
    def is_below(self) -> Flags:
        return np.asarray(self.side == BELOW, dtype=np.bool_)

    @property
    def is_above(self) -> Flags:
        return np.asarray(self.side == ABOVE, dtype=np.bool_)

    @property
    def is_outside(self) -> Flags:
        return np.asarray(self.side != _INSIDE, dtype=np.bool_)

    def take(self, rows: Flags | Sequence[int]) -> Self:
        """The rows marked, or in that order."""
        return type(self)(self.side[rows], self.limit[rows])

    def to_rows(self) -> list[list[str] | None]:
        """Side and limit as text that gives them back; None inside the limits."""
        pairs = zip(self.side.tolist(), self.limit.tolist(), strict=True)
        return [[repr(side), repr(limit)] if side else None for side, limit in pairs]

    @classmethod
    def from_rows(cls, rows: Sequence[Sequence[str] | None]) -> Self:
        """What `to_rows` gave."""
        told = [("0", "nan") if row is None else tuple(row) for row in rows]
        return cls(*(np.array([float(row[at]) for row in told]) for at in (0, 1)))


@dataclass(frozen=True, slots=True, eq=False)
class Censoring:
    """Of one outcome, before and after the eight weeks."""

    pre: CensoredColumn
    post: CensoredColumn

    @property
    def is_outside(self) -> Flags:
        """(n,): one of the two measurements is outside the limits."""
        return self.pre.is_outside | self.post.is_outside

    def take(self, rows: Flags) -> Self:
        """The rows marked in (n,) flags."""
        return type(self)(self.pre.take(rows), self.post.take(rows))

    def describe(self, outcome: str, is_training: Flags) -> str:
        """How many are outside which limit, when and in which arm; one sentence or two."""
        parts = [
            part
            for flags, told in (
                (self.pre.is_below, "below the LLOQ before"),
                (self.post.is_below, "below the LLOQ after"),
                (self.pre.is_above, "above the ULOQ before"),
                (self.post.is_above, "above the ULOQ after"),
            )
            if (part := _tell(flags, is_training, told))
        ]
        return (
            f"Measurements of {outcome} outside the assay's limits have no value and are not "
            f"missing at random: {'; '.join(parts)}. Analyses of measured values leave them out; "
            "the ANCOVA with half the LLOQ and the Tobit regression say what hangs on that."
        )


def _tell(flags: Flags, is_training: Flags, told: str) -> str:
    n, n_training = int(flags.sum()), int((flags & is_training).sum())
    return f"{n} {told} ({n_training} in training, {n - n_training} in control)" if n else ""
