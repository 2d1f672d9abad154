"""k-anonymity of a small table, counted by hand."""

from server.export.dataset.absence import Absent
from server.export.dataset.column import Cell, Column, Kind
from server.export.dataset.disclosure import check_disclosure
from server.export.dataset.table import Row, Table

TABLE = Table(
    "people",
    "People",
    (
        Column("who", Kind.STRING, "who"),
        Column("age", Kind.INTEGER, "age", may_be_absent=True, is_quasi=True),
        Column("edss", Kind.NUMBER, "EDSS", is_quasi=True),
    ),
    key=("who",),
    refers_to={},
)


def people(*told: tuple[Cell, float]) -> list[Row]:
    return [{"who": str(place), "age": age, "edss": edss} for place, (age, edss) in enumerate(told)]


def test_the_smallest_group_that_is_alike_counts() -> None:
    rows = people(*[(36, 2.0)] * 6, *[(36, 2.5)] * 3, (Absent("refused"), 2.0))
    found = check_disclosure(TABLE, rows)
    assert (found.columns, found.k, found.n_in_small_groups) == (("age", "edss"), 1, 4)
    assert not found.is_safe


def test_five_alike_are_enough() -> None:
    assert check_disclosure(TABLE, people(*[(36, 2.0)] * 5)).is_safe
    assert not check_disclosure(TABLE, people(*[(36, 2.0)] * 4)).is_safe


def test_an_empty_table_gives_nobody_away() -> None:
    found = check_disclosure(TABLE, [])
    assert (found.k, found.is_safe) == (None, True)
