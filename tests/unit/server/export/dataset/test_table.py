"""Tables: what a row may say, in which order, and the reason beside each empty cell."""

from collections.abc import Iterator

import pytest

from server.export.dataset.absence import SPSS_HIGHEST, SPSS_LOWEST, VOCABULARY, Absent
from server.export.dataset.column import Cell, Column, Guard, Kind
from server.export.dataset.table import Row, Table, list_written_columns, write_cells, write_rows
from server.export.dataset.tables import ALL
from server.export.dataset.tallied import Tally

TABLE = Table(
    "hearts",
    "Hearts",
    (
        Column("who", Kind.STRING, "whose"),
        Column("bpm", Kind.NUMBER, "rate", "bpm", may_be_absent=True),
        Column("arm", Kind.STRING, "arm", values={"a": "first", "b": "second"}),
        Column("on_day", Kind.DATE, "when", guard=Guard.DATE),
    ),
    key=("who",),
    refers_to={},
)
ROW: Row = {"who": "x", "bpm": 61.5, "arm": "a", "on_day": "2026-11-30"}


def test_a_column_that_may_be_absent_has_a_twin_that_says_why() -> None:
    names = [one.name for one in list_written_columns(TABLE)]
    assert names == ["who", "bpm", "bpm_why", "arm", "on_day"]
    assert write_cells(TABLE, ROW) == ["x", 61.5, None, "a", "2026-11-30"]
    absent = {**ROW, "bpm": Absent("no_strap")}
    assert write_cells(TABLE, absent) == ["x", None, "no_strap", "a", "2026-11-30"]


@pytest.mark.parametrize(
    ("column", "cell", "complaint"),
    [
        ("bpm", "fast", "bpm is number"), ("bpm", True, "bpm is number"),
        ("who", Absent("no_data"), "who always has a value"), ("arm", "c", "no value 'c'"),
        ("who", 7, "who is string"),
    ],
)  # fmt: skip
def test_a_row_that_is_none_is_refused(column: str, cell: Cell, complaint: str) -> None:
    with pytest.raises(ValueError, match=f"hearts: .*{complaint}"):
        write_cells(TABLE, {**ROW, column: cell})


def test_what_nobody_approved_is_left_out() -> None:
    assert [one.name for one in TABLE.leave_out(frozenset()).columns] == ["who", "bpm", "arm"]
    assert TABLE.leave_out(frozenset({Guard.DATE})) == TABLE


@pytest.mark.parametrize("second", ["x", "w"])
def test_keys_rise(second: str) -> None:
    rows = [ROW, {**ROW, "who": second}]
    with pytest.raises(ValueError, match="comes after"):
        list(write_rows(TABLE, rows))


def test_a_table_has_its_own_keys() -> None:
    with pytest.raises(ValueError, match="no column code"):
        Table("t", "T", TABLE.columns, key=("code",), refers_to={})
    with pytest.raises(ValueError, match="twice"):
        Table("t", "T", (*TABLE.columns, TABLE.columns[0]), key=("who",), refers_to={})


@pytest.mark.parametrize("name", ["Bpm", "hr-bpm", "1st", "", "a" * 41])
def test_names_are_such_that_every_program_takes_them(name: str) -> None:
    with pytest.raises(ValueError, match="every program"):
        Column(name, Kind.NUMBER, "")


def test_a_tally_counts_rows_and_reasons() -> None:
    def give() -> Iterator[Row]:
        yield ROW
        yield {**ROW, "who": "y", "bpm": Absent("no_strap")}

    tally = Tally(TABLE)
    assert len(list(tally.count(give()))) == tally.n_rows == 2
    assert dict(tally.absent) == {("bpm", "no_strap"): 1}


def test_reasons_have_numbers_of_their_own_in_the_one_range_that_spss_allows() -> None:
    numbers = [one.spss for one in VOCABULARY.values()]
    assert len({*numbers}) == len(numbers)
    assert all(SPSS_LOWEST <= one <= SPSS_HIGHEST for one in numbers)
    with pytest.raises(ValueError, match="no reason"):
        Absent("because")


# Whoever analysed an earlier export has these numbers in her syntax: none may ever change.
SPSS_NUMBERS = {
    "absent": -9001, "no_strap": -9002, "no_data": -9003, "low_coverage": -9004,
    "not_recorded": -9005, "refused": -9006, "not_measured": -9007, "out_of_table": -9008,
    "zero_filled": -9009, "wrong_rate": -9010, "unusable": -9011, "not_applicable": -9012,
    "not_asked": -9013, "away": -9014, "not_over": -9015, "not_done": -9016, "unknown": -9017,
    "withdrawn": -9018, "lost": -9019, "below_lloq": -9020, "above_uloq": -9021,
    "haemolysed": -9022, "insufficient": -9023,
}  # fmt: skip


def test_numbers_of_reasons_never_change() -> None:
    told = {word: one.spss for word, one in VOCABULARY.items()}
    assert {word: told[word] for word in SPSS_NUMBERS} == SPSS_NUMBERS


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_what_is_no_number_is_refused(number: float) -> None:
    with pytest.raises(ValueError, match="no number"):
        write_cells(TABLE, {**ROW, "bpm": number})


def test_references_lead_to_tables_that_come_before() -> None:
    before: dict[str, Table] = {}
    for source in ALL:
        for column, (other, field) in source.table.refers_to.items():
            assert field in before[other].key, (source.table.name, column)
        before[source.table.name] = source.table
