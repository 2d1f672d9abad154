"""The one frame that everything is computed from: a row a participant, columns of numbers."""

import hashlib
import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from protocol.ledger.canonical import encode_canonical
from server.analysis.methods.censored.censoring import CensoredColumn, Censoring
from server.analysis.methods.design import Floats, TwoByTwo, read_arms
from server.errors import MethodError

Column = TypeVar("Column")
PRE, POST = "pre", "post"


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """`codes` and `group` ("control" or "training") are (n,), each column of `columns` too.

    NaN is missing. `categories` are columns of words, None is missing; nothing is computed of them
    but how the arms compare at baseline. `censored` has, by the name of an outcome's column, which
    of its missing numbers lie outside the assay's limits.

    Raises MethodError for a code that occurs twice and another word for an arm.
    """

    codes: tuple[str, ...]
    group: tuple[str, ...]
    columns: Mapping[str, Floats]
    categories: Mapping[str, tuple[str | None, ...]] = field(default_factory=dict)
    censored: Mapping[str, CensoredColumn] = field(default_factory=dict)

    def __post_init__(self) -> None:
        read_arms(self.codes, self.group)

    @property
    def n(self) -> int:
        return len(self.codes)

    def make_design(self, outcome: str) -> TwoByTwo:
        """Of the columns `<outcome>_pre` and `<outcome>_post`. Raises MethodError without them."""
        pre, post = (self.take(f"{outcome}_{when}") for when in (PRE, POST))
        design = TwoByTwo.from_arrays(outcome, self.codes, self.group, pre, post)
        return replace(design, censoring=self._take_censoring(outcome))

    def _take_censoring(self, outcome: str) -> Censoring | None:
        names = [f"{outcome}_{when}" for when in (PRE, POST)]
        if not any(name in self.censored for name in names):
            return None
        empty = CensoredColumn.make_empty(self.n)
        return Censoring(*(self.censored.get(name, empty) for name in names))

    def take(self, name: str) -> Floats:
        """(n,) of one column. Raises MethodError where there is none of this name."""
        return _take(self.columns, name, "column")

    def take_category(self, name: str) -> tuple[str | None, ...]:
        """(n,) words of one column. Raises MethodError where there is none of this name."""
        return _take(self.categories, name, "column of words")

    def sort_by_code(self) -> "Frame":
        """The same rows in the order of their codes."""
        order = sorted(range(self.n), key=lambda place: self.codes[place])
        return Frame(
            tuple(self.codes[place] for place in order),
            tuple(self.group[place] for place in order),
            {name: column[order] for name, column in self.columns.items()},
            {name: tuple(words[at] for at in order) for name, words in self.categories.items()},
            {name: column.take(order) for name, column in self.censored.items()},
        )

    @property
    def sha256(self) -> str:
        """The same exactly as long as every code, arm and number is; rows in any order."""
        rows = _list_rows(self.sort_by_code())
        told: dict[str, Any] = {"columns": sorted(self.columns), "rows": rows}
        if self.categories:
            told["categories"] = {k: list(v) for k, v in self.sort_by_code().categories.items()}
        if self.censored:
            told["censored"] = {k: v.to_rows() for k, v in self.sort_by_code().censored.items()}
        return hashlib.sha256(encode_canonical(told)).hexdigest()

    def describe(self) -> dict[str, Any]:
        """For `results.json`: what went in, and how much of it is missing."""
        return {
            "sha256": self.sha256,
            "n": self.n,
            "n_control": self.group.count("control"),
            "n_training": self.group.count("training"),
            "columns": {
                name: {"n_missing": sum(math.isnan(one) for one in column.tolist())}
                for name, column in sorted(self.columns.items())
            }
            | {name: {"n_missing": one.count(None)} for name, one in self.categories.items()},
        }


def _take(columns: Mapping[str, Column], name: str, told: str) -> Column:
    if name not in columns:
        there = ", ".join(columns) or "none"
        raise MethodError(f"there is no {told} {name}; the columns are: {there}")
    return columns[name]


def _list_rows(frame: Frame) -> list[list[str | None]]:
    """Code, arm, and each number as the shortest text that gives it back."""
    columns = [frame.columns[name].tolist() for name in sorted(frame.columns)]
    return [
        [code, arm, *(None if math.isnan(one) else repr(one) for one in numbers)]
        for code, arm, *numbers in zip(frame.codes, frame.group, *columns, strict=True)
    ]
