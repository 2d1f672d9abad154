"""What of a study may tell who somebody is, and how it goes out where nothing is approved."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from server.export.dataset.column import Cell, Column
from server.export.dataset.disclosure import Disclosure, Person, Place, check_disclosure
from server.export.dataset.generalising import choose_levels
from server.export.dataset.levels import Level, list_levels
from server.export.dataset.sources import measurements, participants
from server.export.dataset.study_view import StudyView
from server.export.dataset.table import Row, Table

_TABLES = (participants.TABLE, measurements.TABLE)


@dataclass(frozen=True, slots=True)
class Protection:
    """`levels`: column -> how it goes out; what isn't in it is left out.

    `going_out` is of what goes out then, `exact` of exact values.
    """

    levels: Mapping[str, Level]
    going_out: Disclosure
    exact: Disclosure


def protect(view: StudyView) -> Protection:
    """By everybody who is in the study now."""
    people = list(_read_people(view))
    columns = {one.name: one for table in _TABLES for one in _list_quasi(table)}
    levels = choose_levels(people, {name: list_levels(one) for name, one in columns.items()})
    told = {name: levels[name].tell for name in columns if name in levels}
    return Protection(
        levels,
        check_disclosure(people, told),
        check_disclosure(people, dict.fromkeys(columns, lambda cell: cell)),
    )


def check_exact_values(study: Connection) -> Disclosure:
    """Of everybody now. No row of it is kept, so codes do for pseudonyms."""
    return protect(StudyView(study, None, str, "")).exact


def _read_people(view: StudyView) -> Iterator[Person]:
    measured: dict[tuple[str, str], Row] = {
        (str(row["participant"]), str(row["time_point"])): row for row in measurements.read(view)
    }
    for row in participants.read(view):
        who = str(row["participant"])
        known = _take(participants.TABLE, row)
        before = {**known, **_take(measurements.TABLE, measured[who, "baseline"])}
        yield Person(before, _take(measurements.TABLE, measured[who, "post"]))


def _take(table: Table, row: Row) -> dict[Place, Cell]:
    return {(table.name, one.name): row[one.name] for one in _list_quasi(table)}


def _list_quasi(table: Table) -> Sequence[Column]:
    return [one for one in table.columns if one.is_quasi]
