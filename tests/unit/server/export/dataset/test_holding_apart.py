"""Where arms aren't approved one half goes out, and each table has said of which it is."""

import pytest

from server.export.dataset.absence import Absent
from server.export.dataset.column import Cell
from server.export.dataset.holding_apart import CELLS, TABLES, hold_apart, tell_apart
from server.export.dataset.study_view import StudyView
from server.export.dataset.tables import ALL, Source
from server.export.dataset.withholding import WITHHELD
from server.study.told_parts import HALVES, Part, may_join

BY_NAME = {one.table.name: one.table for one in ALL}
NO_VIEW: StudyView = None  # type: ignore[assignment]  # rows here come from no study


def read(name: str, part: Part, **cells: Cell) -> list[dict[str, Cell]]:
    source = Source(BY_NAME[name], lambda _: iter([cells]))
    return [dict(row) for row in hold_apart(source, part).read(NO_VIEW)]


def test_each_table_has_said_of_which_half_it_is() -> None:
    assert {*BY_NAME} == {*TABLES}
    for name, table in BY_NAME.items():  # whoever has a row of a session is seen to train
        if {"participant", "session_number"} <= {one.name for one in table.columns}:
            assert TABLES[name] is Part.SESSIONS, name


def test_cells_that_are_withheld_may_be_absent() -> None:
    for (name, _part), cells in CELLS.items():
        columns = {one.name: one for one in BY_NAME[name].columns}
        assert all(columns[one].may_be_absent for one in cells), name


@pytest.mark.parametrize("part", [Part.WHOLE, *HALVES])
def test_rows_of_a_half_go_out_with_it_and_with_the_whole(part: Part) -> None:
    assert len(read("dose", part, participant="a")) == (part is not Part.OUTCOMES)
    assert len(read("samples", part, participant="a")) == (part is not Part.SESSIONS)


def test_a_reason_is_hidden_as_a_value_is() -> None:
    """Else who has no strap would be told by why she has no heart rate."""
    cells: dict[str, Cell] = {"participant": "a", "hr_rest_bpm": Absent("not_measured")}
    (row,) = read("participants", Part.OUTCOMES, **cells)
    assert row["hr_rest_bpm"] == WITHHELD


def test_after_the_training_everything_is_an_outcome() -> None:
    before, after = (
        read("measurements", Part.SESSIONS, participant="a", time_point=at, edss=2.0)[0]["edss"]
        for at in ("baseline", "post")
    )
    assert (before, after) == (2.0, WITHHELD)


def test_what_is_left_out_is_told() -> None:
    told = tell_apart(Part.OUTCOMES, BY_NAME)
    assert {"attendance", "dose", "course"} <= {*told.empty}
    assert "analysis.srpe_load_au" in told.cells
    assert tell_apart(Part.WHOLE, BY_NAME).empty == ()


def test_halves_join_with_themselves_alone() -> None:
    for one in HALVES:
        assert [other for other in HALVES if may_join(one, [other])] == [one]
        assert not may_join(one, [Part.WHOLE])
    assert may_join(Part.WHOLE, HALVES)
