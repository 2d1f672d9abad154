"""Where arms aren't approved: outcomes, or what tells who trains, and never both. Pure.

Who trains has sessions, so presence in their tables is her arm, and a strap is worn by nobody else:
one join would put the arm beside every outcome. Tables keep their columns, and lose their rows;
cells of a table that everybody is in are absent, `withheld`, in every row alike (decision 0056).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from server.export.dataset.column import Cell
from server.export.dataset.sources import analysis, samples
from server.export.dataset.study_view import StudyView
from server.export.dataset.table import Row, Table
from server.export.dataset.tables import Source
from server.export.dataset.withholding import WITHHELD
from server.study.fields.field import Section
from server.study.fields.measured import MEASURED
from server.study.measurement import TimePoint
from server.study.told_parts import Part

_HEART: Final = frozenset(one.name for one in MEASURED if one.section is Section.HEART)
# Of which half a table is; None: of both, as everybody is in it, or nobody.
TABLES: Final[Mapping[str, Part | None]] = MappingProxyType(
    {
        "participants": None,
        "measurements": None,
        "analysis": None,
        "sessions": None,
        samples.TABLE.name: Part.OUTCOMES,
        **dict.fromkeys(
            (
                "course", "weeks", "attendance", "ratings", "sets", "dose", "repetition_counts",
                "lost_time", "adverse_events", "next_day",
            ),
            Part.SESSIONS,
        ),
    }
)  # fmt: skip
# Columns of tables of both halves that are of one.
CELLS: Final[Mapping[tuple[str, Part], frozenset[str]]] = MappingProxyType(
    {
        ("participants", Part.SESSIONS): frozenset({"hr_rest_bpm", "hr_max_bpm", "hr_max_source"}),
        ("measurements", Part.SESSIONS): _HEART,
        ("analysis", Part.SESSIONS): analysis.DOSES,
        ("analysis", Part.OUTCOMES): analysis.OUTCOMES,
    }
)
# What was measured after the training is an outcome.
_AFTER: Final = "measurements"


@dataclass(frozen=True, slots=True)
class HeldApart:
    """`part` is what goes out. The rest: `empty` are tables, `cells` columns."""

    part: Part
    empty: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        return self.part is Part.WHOLE


def tell_apart(part: Part, tables: Mapping[str, Table]) -> HeldApart:
    """For manifests and guides, in the order of the tables as they go out."""
    hidden = part.other
    if hidden is None:
        return HeldApart(part)
    cells = [
        f"{name}.{one.name}"
        for name, table in tables.items()
        for one in table.columns
        if one.name.removesuffix("_band") in CELLS.get((name, hidden), ())
    ]
    if hidden is Part.OUTCOMES:
        cells.append(f"all of {_AFTER} after the training")
    return HeldApart(part, tuple(one for one in tables if TABLES[one] is hidden), tuple(cells))


def hold_apart(source: Source, part: Part) -> Source:
    """The same table with what this part of the study has."""
    hidden, name = part.other, source.table.name
    if hidden is None:
        return source
    if TABLES[name] is hidden:
        return Source(source.table, _read_nothing)
    cells = CELLS.get((name, hidden), frozenset())
    hides_after = name == _AFTER and hidden is Part.OUTCOMES

    def read(view: StudyView) -> Iterator[Row]:
        for row in source.read(view):
            is_after = hides_after and row["time_point"] == TimePoint.POST
            lost = row.keys() - {*source.table.key} if is_after else cells
            yield {**row, **_withhold(lost)}

    return Source(source.table, read)


def _read_nothing(_view: StudyView) -> Iterator[Row]:
    return iter(())


def _withhold(columns: frozenset[str] | set[str]) -> dict[str, Cell]:
    return dict.fromkeys(columns, WITHHELD)
