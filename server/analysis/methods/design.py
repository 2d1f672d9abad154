"""The two-by-two design: two arms, one outcome measured before and after the eight weeks."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from server.analysis.methods.censored.censoring import Censoring
from server.analysis.methods.counted import be, count
from server.errors import MethodError

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

CONTROL: Final = "control"
TRAINING: Final = "training"


@dataclass(frozen=True, slots=True, eq=False)
class TwoByTwo:
    """One row a participant, in the order given; NaN in `pre` or `post` is missing.

    `codes` has (n,) participants' codes; `is_training`, `pre` and `post` are (n,) and read-only,
    the last two in the outcome's own unit. `censoring` says which of the missing ones lie outside
    the assay's limits; None: none does.
    """

    outcome: str
    codes: tuple[str, ...]
    is_training: Flags
    pre: Floats
    post: Floats
    censoring: Censoring | None = None

    @classmethod
    def from_arrays(
        cls,
        outcome: str,
        codes: Sequence[str],
        group: Sequence[str],
        pre: ArrayLike,
        post: ArrayLike,
    ) -> Self:
        """Check and keep (n,) columns; `group` has "control" or "training"; None is missing too.

        Raises MethodError for columns of other lengths, a code that occurs twice, another word
        for an arm, and a measurement that is text or infinite.
        """
        return cls(
            outcome,
            tuple(codes),
            read_arms(codes, group),
            read_column(f"{outcome}_pre", codes, pre),
            read_column(f"{outcome}_post", codes, post),
        )

    @property
    def n(self) -> int:
        """Rows, whether complete or not."""
        return len(self.codes)

    @property
    def n_control(self) -> int:
        return self.n - self.n_training

    @property
    def n_training(self) -> int:
        return int(self.is_training.sum())

    @property
    def n_missing_pre(self) -> int:
        return int(np.isnan(self.pre).sum())

    @property
    def n_missing_post(self) -> int:
        return int(np.isnan(self.post).sum())

    @property
    def is_complete(self) -> Flags:
        """(n,): both measurements are there."""
        return ~(np.isnan(self.pre) | np.isnan(self.post))

    @property
    def is_inside(self) -> Flags:
        """(n,): no measurement is outside the assay's limits."""
        return np.ones(self.n, bool) if self.censoring is None else ~self.censoring.is_outside

    @property
    def change(self) -> Floats:
        """(n,): post minus pre, NaN where either is missing.

        Rounded to 12 digits of the largest measurement, so that changes which are alike as
        measured are alike here, and not told apart by the rounding of doubles.
        """
        both = np.abs(np.concatenate([self.pre, self.post]))
        largest = float(np.max(both, initial=0.0, where=~np.isnan(both)))
        change = self.post - self.pre
        return np.round(change, 12 - math.ceil(math.log10(largest))) if largest else change

    def select(self, rows: Flags) -> Self:
        """The rows marked in (n,) flags, in the same order."""
        codes = tuple(code for code, kept in zip(self.codes, rows, strict=True) if kept)
        kept_arm, kept_pre, kept_post = self.is_training[rows], self.pre[rows], self.post[rows]
        for column in (kept_arm, kept_pre, kept_post):
            column.setflags(write=False)
        censoring = None if self.censoring is None else self.censoring.take(rows)
        return type(self)(self.outcome, codes, kept_arm, kept_pre, kept_post, censoring)

    def select_complete(self) -> Self:
        """Complete pairs only (listwise deletion); its note is `describe_missing`."""
        return self.select(self.is_complete)

    def describe_missing(self) -> tuple[str, ...]:
        """How many are left out by `select_complete`, as a note; nothing when nobody is."""
        left_out = ~self.is_complete
        n_out, n_training = int(left_out.sum()), int((left_out & self.is_training).sum())
        if not n_out:
            return ()
        note = (
            f"{n_out} of {count(self.n, 'participant')} {be(n_out)} left out, as a measurement of "
            f"{self.outcome} is "
            f"missing: {n_out - n_training} of control, {n_training} of training."
        )
        return (note,)

    def describe_negative(self) -> tuple[str, ...]:
        """Measurements below 0, as a note: no concentration is."""
        n_below = int((self.pre < 0).sum() + (self.post < 0).sum())
        if not n_below:
            return ()
        note = (
            f"{count(n_below, 'measurement')} of {self.outcome} {be(n_below)} below 0, which no "
            "concentration is: "
            "check the blank and what was subtracted."
        )
        return (note,)

    def check_arms(self, method: str, fewest: int) -> None:
        """Raises MethodError when an arm has fewer rows than `method` needs."""
        for arm, n in ((CONTROL, self.n_control), (TRAINING, self.n_training)):
            if n < fewest:
                raise MethodError(
                    f"{method} of {self.outcome} needs at least {fewest} participants in each arm "
                    f"with all measurements; {arm} has {n}"
                )


def read_arms(codes: Sequence[str], group: Sequence[str]) -> Flags:
    """(n,) flags of who is in training, read-only; `group` has "control" or "training".

    Raises MethodError for another length, a code that occurs twice and another word for an arm.
    """
    if len(group) != len(codes):
        raise MethodError(f"group has {len(group)} values for {len(codes)} participants")
    twice = sorted(code for code, n in Counter(codes).items() if n > 1)
    if twice:
        raise MethodError(f"{', '.join(twice)}: a participant's code may occur once only")
    _require_other_letters(codes)
    for code, arm in zip(codes, group, strict=True):
        if arm not in {CONTROL, TRAINING}:
            raise MethodError(f'group of {code} is {arm!r}; it is "control" or "training"')
    is_training = np.array([arm == TRAINING for arm in group], dtype=np.bool_)
    is_training.setflags(write=False)
    return is_training


def _require_other_letters(codes: Sequence[str]) -> None:
    """P01 and p01 are one person, written by two hands."""
    first: dict[str, str] = {}
    for code in codes:
        other = first.setdefault(code.casefold(), code)
        if other != code:
            raise MethodError(
                f"{other} and {code} differ in capitals only: is it the same participant? give"
                " each a code of her own"
            )


def read_column(name: str, codes: Sequence[str], values: ArrayLike) -> Floats:
    """(n,) numbers as a read-only array, None as NaN; `name` is how the column is told.

    Raises MethodError for another length, and for text or an infinite value with whose it is.
    """
    listed = list(np.asarray(values, dtype=object).ravel())
    if len(listed) != len(codes):
        raise MethodError(f"{name} has {len(listed)} values for {len(codes)} participants")
    column = np.array(
        [_read_number(name, code, value) for code, value in zip(codes, listed, strict=True)],
        dtype=np.float64,
    )
    column.setflags(write=False)
    return column


def _read_number(name: str, code: str, value: object) -> float:
    if value is None:
        return math.nan
    is_number = isinstance(value, int | float | np.integer | np.floating)
    if not is_number or isinstance(value, bool):
        raise MethodError(f"{name} of {code} is {value!r}, which is no number")
    number = float(value)  # type: ignore[arg-type]
    if math.isinf(number):
        raise MethodError(f"{name} of {code} is infinite: correct it, or leave it empty")
    return number
