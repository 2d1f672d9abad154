"""Bands: their limits belong to one band each, and coarser ones are made of whole finer ones."""

from itertools import pairwise

import pytest

from server.export.dataset.absence import Absent
from server.export.dataset.bands import BANDS, Bands
from server.export.dataset.column import Column, Kind, check_cell
from server.export.dataset.levels import list_levels
from server.export.dataset.sources.measurements import TABLE

COLUMNS = {one.name: one for one in TABLE.columns}
AGES = Bands((30, 40))


@pytest.mark.parametrize(
    ("age", "word"),
    [
        (0, "under 30"),
        (29.9, "under 30"),
        (30, "30 to under 40"),
        (39.99, "30 to under 40"),
        (40, "40 and over"),
        (120, "40 and over"),
    ],
)
def test_a_limit_belongs_to_the_band_above_it(age: float, word: str) -> None:
    assert AGES.find(age) == word


@pytest.mark.parametrize("name", BANDS)
def test_coarser_bands_are_made_of_whole_finer_ones(name: str) -> None:
    for finer, coarser in pairwise(BANDS[name]):
        assert {*coarser.limits} < {*finer.limits}
    for one in BANDS[name]:
        assert list(one.limits) == sorted({*one.limits})
        assert len({*one.words}) == len(one.limits) + 1


@pytest.mark.parametrize("name", BANDS)
def test_no_band_can_be_taken_for_a_value(name: str) -> None:
    exact = COLUMNS[name]
    for level in list_levels(exact):
        column = level.column
        assert (column.name, column.kind, column.unit) == (f"{name}_band", Kind.STRING, "")
        for number in (0.5, 18.5, 30, 61.5, 400):
            cell = level.tell(number)
            check_cell(column, cell)
            with pytest.raises(ValueError, match="could not convert"):
                float(str(cell))
        assert level.tell(Absent("refused")) == Absent("refused")
        with pytest.raises(TypeError):
            level.tell("36")


def test_a_category_goes_out_as_it_is_and_a_day_not_at_all() -> None:
    (whole,) = list_levels(COLUMNS["sex"])
    assert (whole.column, whole.is_coarser) == (COLUMNS["sex"], False)
    assert list_levels(COLUMNS["relapse_day"]) == ()
    assert list_levels(Column("x", Kind.NUMBER, "something", is_quasi=True)) == ()


def test_a_therapy_is_told_as_any_or_none() -> None:
    _, coarser = list_levels(COLUMNS["dmt"])
    told = [coarser.tell(cell) for cell in ("none", "fingolimod", Absent("unknown"))]
    assert told == ["none", "any", Absent("unknown")]
