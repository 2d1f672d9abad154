"""What of a study may tell who somebody is, and how it goes out where nothing is approved."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from server.errors import RuleError
from server.export.dataset.column import Cell, Column
from server.export.dataset.disclosure import LEAST, Disclosure, Person, Place, check_disclosure
from server.export.dataset.generalising import choose_levels
from server.export.dataset.levels import Level, list_levels
from server.export.dataset.sources import measurements, participants
from server.export.dataset.study_view import StudyView
from server.export.dataset.table import Row, Table
from server.study.told_levels import Levels, may_be_told

_TABLES = (participants.TABLE, measurements.TABLE)
# Whoever trains is seen to come: others know it, and rows of attendance and dose tell it also where
# the column doesn't go out. So only women of one arm are alike.
SHOWN = ("arm",)


@dataclass(frozen=True, slots=True)
class Protection:
    """`levels`: column -> how it goes out; what isn't in it is left out.

    `going_out` is of what goes out then, `exact` of exact values.
    """

    levels: Mapping[str, Level]
    going_out: Disclosure
    exact: Disclosure

    @property
    def told(self) -> Levels:
        """As the study notes it of a dataset."""
        return {name: one.fineness for name, one in self.levels.items()}

    def require_safe(self) -> None:
        """Raises RuleError where anything goes out by which too few are alike.

        Columns are chosen so that none does: what would be refused here is a fault of that choice.
        """
        if self.levels and not self.going_out.is_safe:
            raise RuleError(
                f"no dataset is made: {self.going_out.n_in_small_groups} participants would be in"
                f" groups of fewer than {LEAST} that are alike; report this"
            )


def protect(view: StudyView, before: Sequence[Levels] = ()) -> Protection:
    """By everybody who is in the study now. `before`: what the recipient was told already, of
    which nothing is told more finely.
    """
    people = list(_read_people(view))
    columns = {one.name: one for table in _TABLES for one in _list_quasi(table)}
    possible = {name: _list_tellable(one, before) for name, one in columns.items()}
    levels = choose_levels(people, possible, SHOWN)
    told = {name: levels[name].tell for name in columns if name in levels}
    as_it_is = dict.fromkeys(SHOWN, _keep)
    return Protection(
        levels,
        check_disclosure(people, {**as_it_is, **told}),
        check_disclosure(people, dict.fromkeys((*SHOWN, *columns), _keep)),
    )


def check_exact_values(study: Connection) -> Disclosure:
    """Of everybody now. No row of it is kept, so codes do for pseudonyms."""
    return protect(StudyView(study, None, str, "")).exact


def _list_tellable(column: Column, before: Sequence[Levels]) -> list[Level]:
    levels = list_levels(column)
    return [one for one in levels if may_be_told(column.name, one.fineness, before)]


def _read_people(view: StudyView) -> Iterator[Person]:
    measured: dict[tuple[str, str], Row] = {
        (str(row["participant"]), str(row["time_point"])): row for row in measurements.read(view)
    }
    for row in participants.read(view):
        who = str(row["participant"])
        known = _take(participants.TABLE, row)
        shown = {(participants.TABLE.name, name): row[name] for name in SHOWN}
        before = {**shown, **known, **_take(measurements.TABLE, measured[who, "baseline"])}
        yield Person(before, _take(measurements.TABLE, measured[who, "post"]))


def _keep(cell: Cell) -> Cell:
    return cell


def _take(table: Table, row: Row) -> dict[Place, Cell]:
    return {(table.name, one.name): row[one.name] for one in _list_quasi(table)}


def _list_quasi(table: Table) -> Sequence[Column]:
    return [one for one in table.columns if one.is_quasi]
