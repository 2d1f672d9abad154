"""What entries say beside what holds at the other point of time, in the same file or stored. Pure.

Looked at once all entries are in: a file may correct both points of time together.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from server.study.across import (
    find_other_matrix,
    find_other_person,
    find_reversed_days,
    find_reversed_draws,
)
from server.study.contradicting import find_of_women
from server.study.entry import FIELDS_OF, Entry, name_thing
from server.study.fact_kind import FactKind
from server.study.fields.drawn import MATRICES
from server.study.fields.field import Answers
from server.study.fields.missing import MissingReason
from server.study.held import Held
from server.study.measurement import TimePoint
from server.study.trouble import Trouble

_FOUND: Final = frozenset({MissingReason.BELOW_LLOQ, MissingReason.ABOVE_ULOQ})


@dataclass(frozen=True, slots=True)
class Changed:
    """What an entry said anew."""

    entry: Entry
    names: frozenset[str]

    @classmethod
    def wholly(cls, entry: Entry) -> "Changed":
        """As if all of it were new: to look at what is stored."""
        return cls(entry, frozenset(FIELDS_OF[entry.kind]))


@dataclass(slots=True)
class Compared:
    """What can't be, and what should be looked at once more."""

    impossible: list[Trouble] = field(default_factory=list)
    unusual: list[Trouble] = field(default_factory=list)


def compare_points(held: Held, changes: Sequence[Changed]) -> Compared:
    """Both points of time of whoever was entered, as they hold with all `changes` in."""
    compared = Compared()
    for hers in _group(changes):
        compare = _COMPARE[hers[0].entry.kind]
        for trouble, is_impossible in compare(held, hers[0].entry):
            place = next((one for one in reversed(hers) if trouble.field in one.names), None)
            if place is not None:
                told = compared.impossible if is_impossible else compared.unusual
                told.append(place.entry.locate(trouble))
    return compared


Told = Iterator[tuple[Trouble, bool]]  # whether it is impossible


def _group(changes: Sequence[Changed]) -> list[list[Changed]]:
    """By what is compared, after the training last."""
    groups: dict[tuple[FactKind, str, str], list[Changed]] = {}
    for one in sorted(changes, key=lambda each: each.entry.time_point is TimePoint.POST):
        entry = one.entry
        groups.setdefault((entry.kind, entry.code, entry.analyte), []).append(one)
    return list(groups.values())


def _compare_measurements(held: Held, entry: Entry) -> Told:
    before, after = _resolve_both(held, entry)
    for trouble in find_reversed_days(before, after):
        yield trouble, True
    for hers, other in ((before, after), (after, before)):
        if "sex" not in hers and "sex" in other:
            for trouble in find_of_women({**hers, "sex": other["sex"]}):
                yield trouble, True
    for trouble in find_other_person(before, after):
        yield trouble, False


def _compare_draws(held: Held, entry: Entry) -> Told:
    for trouble in find_reversed_draws(*_resolve_both(held, entry)):
        yield trouble, True


def _compare_samples(held: Held, entry: Entry) -> Told:
    before, after = (_list_matrices(held, entry, point) for point in TimePoint)
    for trouble in find_other_matrix(before, after):
        yield trouble, False


def _resolve_both(held: Held, entry: Entry) -> tuple[Answers, Answers]:
    before, after = (held.resolve(entry.kind, name_thing(entry.code, point)) for point in TimePoint)
    return before, after


def _list_matrices(held: Held, entry: Entry, point: TimePoint) -> list[str]:
    """In which the analyte was looked for, and found or out of limits."""
    listed = []
    for matrix in MATRICES:
        about = name_thing(entry.code, point, entry.analyte, matrix)
        value = held.resolve(FactKind.SAMPLE, about).get("value")
        if value is not None and (value.value is not None or value.missing in _FOUND):
            listed.append(matrix)
    return listed


_COMPARE: Final[dict[FactKind, Callable[[Held, Entry], Told]]] = {
    FactKind.MEASUREMENT: _compare_measurements,
    FactKind.DRAW: _compare_draws,
    FactKind.SAMPLE: _compare_samples,
}
