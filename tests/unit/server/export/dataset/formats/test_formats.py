"""Each format as the programs that read it see it: values, reasons, labels, and empty tables."""

import csv
from datetime import datetime
from pathlib import Path

import pyarrow.parquet as pq
import pyreadstat
import pytest

from server.export.dataset.absence import VOCABULARY, Absent
from server.export.dataset.column import Column, Kind
from server.export.dataset.formats.csv_file import write_csv
from server.export.dataset.formats.parquet_file import write_parquet
from server.export.dataset.formats.spss_file import write_spss
from server.export.dataset.profiles import ALL
from server.export.dataset.table import Row, Table, list_written_columns

TABLE = Table(
    "hearts",
    "Hearts: a row each",
    (
        Column("participant", Kind.STRING, "whose"),
        Column("visit", Kind.INTEGER, "which"),
        Column("bpm", Kind.NUMBER, "rate", "bpm", may_be_absent=True),
        Column("arm", Kind.STRING, "arm", values={"a": "first", "b": "second"}),
        Column("drug", Kind.STRING, "drug", may_be_absent=True),
        Column("is_rested", Kind.BOOLEAN, "rested", may_be_absent=True),
    ),
    key=("participant", "visit"),
    refers_to={},
)
ROWS: list[Row] = [
    {"participant": "x", "visit": 1, "bpm": 61.5, "arm": "b",
     "drug": "Ångström 5", "is_rested": True},
    {"participant": "x", "visit": 2, "bpm": Absent("no_strap"), "arm": "a",
     "drug": Absent("refused"), "is_rested": Absent("not_asked")},
]  # fmt: skip
NAMES = [one.name for one in list_written_columns(TABLE)]


def test_csv_has_an_empty_cell_and_its_reason(tmp_path: Path) -> None:
    write_csv(tmp_path / "t.csv", TABLE, ROWS)
    with (tmp_path / "t.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows == [
        NAMES,
        ["x", "1", "61.5", "", "b", "Ångström 5", "", "true", ""],
        ["x", "2", "", "no_strap", "a", "", "refused", "", "not_asked"],
    ]


def test_parquet_has_types_labels_and_nulls(tmp_path: Path) -> None:
    write_parquet(tmp_path / "t.parquet", TABLE, ROWS)
    read = pq.read_table(tmp_path / "t.parquet")
    assert read.column("bpm").to_pylist() == [61.5, None]
    assert read.column("bpm_why").to_pylist() == [None, "no_strap"]
    assert [str(one) for one in read.schema.types[:3]] == ["string", "int64", "double"]
    assert read.schema.field("bpm").metadata == {b"label": b"rate", b"unit": b"bpm"}


def test_spss_has_labels_and_each_reason_as_a_user_missing_value(tmp_path: Path) -> None:
    write_spss(tmp_path / "t.sav", TABLE, ROWS)
    frame, told = pyreadstat.read_sav(tmp_path / "t.sav", user_missing=True)
    no_strap = VOCABULARY["no_strap"].spss
    assert frame["bpm"].tolist() == [61.5, no_strap]
    assert told.variable_value_labels["bpm"][no_strap] == "she came, and wore no strap"
    assert told.missing_ranges["bpm"] == [{"lo": -9999.0, "hi": -9000.0}]
    assert frame["arm"].tolist() == [2, 1]
    assert told.variable_value_labels["arm"] == {1: "first", 2: "second"}
    assert frame["drug"].tolist() == ["Ångström 5", ""]
    assert frame["is_rested"].tolist() == [1, VOCABULARY["not_asked"].spss]
    assert told.column_names_to_labels["bpm"] == "rate (bpm)"
    without_missing, _ = pyreadstat.read_sav(tmp_path / "t.sav")
    assert without_missing["bpm"].isna().tolist() == [False, True]


def test_an_spss_file_doesnt_say_when_it_was_made(tmp_path: Path) -> None:
    write_spss(tmp_path / "t.sav", TABLE, ROWS)
    _, told = pyreadstat.read_sav(tmp_path / "t.sav")
    assert told.creation_time == datetime(1970, 1, 1)  # noqa: DTZ001 (SPSS has no zones)


@pytest.mark.parametrize("name", ALL)
def test_an_empty_table_has_the_same_columns(name: str, tmp_path: Path) -> None:
    profile = ALL[name]
    empty, full = tmp_path / "empty", tmp_path / "full"
    profile.write(empty, TABLE, [])
    profile.write(full, TABLE, ROWS)
    if name == "spss":
        read = [list(pyreadstat.read_sav(path)[0].columns) for path in (empty, full)]
    elif name == "parquet":
        read = [pq.read_schema(path).names for path in (empty, full)]
    else:
        read = [path.read_text().splitlines()[0].split(",") for path in (empty, full)]
    assert read[0] == read[1]


@pytest.mark.parametrize("name", ALL)
def test_the_same_rows_give_the_same_bytes(name: str, tmp_path: Path) -> None:
    for file in ("one", "other"):
        ALL[name].write(tmp_path / file, TABLE, ROWS)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()
