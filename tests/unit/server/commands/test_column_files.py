"""Files as people and other programs write them; every refusal names the place."""

import csv
import struct
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from pyarrow import parquet

from server.commands.column_files import (
    read_columns,
    read_header,
    require_columns,
    require_rising_times,
)
from server.commands.word_columns import read_words
from server.errors import SettingsError

NAMES = ["t_s", "hr_bpm"]


def _csv(folder: Path, text: str, name: str = "trace.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def _refusal(path: Path, names: list[str] = NAMES) -> str:
    with pytest.raises(SettingsError) as refused:
        read_columns(path, names)
    return str(refused.value).replace(str(path), "FILE")


def _refused_times(path: Path) -> str:
    times_s = read_columns(path, NAMES)["t_s"]
    with pytest.raises(SettingsError) as refused:
        require_rising_times(path, "t_s", times_s)
    return str(refused.value).replace(str(path), "FILE")


def test_columns_come_in_the_files_order_whatever_else_is_in_it(tmp_path: Path) -> None:
    path = _csv(tmp_path, "note, hr_bpm ,t_s\nwarm-up,80,0\n,81.5,1\n")
    columns = read_columns(path, NAMES)
    assert list(columns) == NAMES
    assert columns["t_s"].tolist() == [0.0, 1.0]
    assert columns["hr_bpm"].tolist() == [80.0, 81.5]
    assert columns["hr_bpm"].dtype == np.float64
    assert read_header(path) == ("note", "hr_bpm", "t_s")


def test_a_byte_order_mark_is_no_part_of_the_first_name(tmp_path: Path) -> None:
    path = _csv(tmp_path, "\ufefft_s,hr_bpm\n0,80\n")
    assert read_columns(path, NAMES)["hr_bpm"].tolist() == [80.0]
    assert read_header(path) == ("t_s", "hr_bpm")


@pytest.mark.parametrize("cell", ["", " ", "NaN", "nan", "NA", "null", "None"])
def test_a_cell_without_a_number_is_nan_and_keeps_its_row(tmp_path: Path, cell: str) -> None:
    read = read_columns(_csv(tmp_path, f"t_s,hr_bpm\n0,80\n1,{cell}\n2,82\n"), NAMES)
    assert np.isnan(read["hr_bpm"]).tolist() == [False, True, False]


def test_a_row_that_has_only_separators_is_a_row(tmp_path: Path) -> None:
    """Where time is told by the number of rows, a row left out would shift all after it."""
    read = read_columns(_csv(tmp_path, "x_mg,y_mg\n1,2\n,\n4,5\n"), ["x_mg", "y_mg"])
    assert read["x_mg"].tolist()[2:] == [4.0]
    assert np.isnan(read["x_mg"]).tolist() == [False, True, False]
    assert np.isnan(read["y_mg"]).tolist() == [False, True, False]


@pytest.mark.parametrize(
    ("rows", "told", "hint"),
    [
        ("0,80,a\n1,8", "row 3 has 2 cells, and the first row 3", "was the file cut off?"),
        ("0,80,a\n\n1", "row 4 has 1 cell, and the first row 3", "was the file cut off?"),
        ("0,80,5,a\n", "row 2 has 4 cells, and the first row 3", "write decimals with a point"),
    ],
)
@pytest.mark.parametrize("names", [NAMES, ["t_s"]])
def test_a_row_with_more_or_fewer_cells_than_the_first_is_refused(
    tmp_path: Path, rows: str, told: str, hint: str, names: list[str]
) -> None:
    """A file that was cut off is no shorter study, whichever columns are asked for."""
    path = _csv(tmp_path, "t_s,hr_bpm,note\n" + rows)
    assert _refusal(path, names).startswith(f"FILE: {told}; {hint}")
    with pytest.raises(SettingsError, match=told):
        read_words(path, ["t_s"], may_lack=True)


@pytest.mark.parametrize("cell", ["1e308", "-1e160", "1.1e12"])
def test_a_number_beyond_any_measured_one_is_refused_at_its_row_and_column(
    tmp_path: Path, cell: str
) -> None:
    wanted = "FILE, row 3: hr_bpm is {}, beyond 1e+12, which no measured number is; correct it"
    told = _refusal(_csv(tmp_path, f"t_s,hr_bpm\n0,1e12\n1,{cell}\n"))
    assert told == wanted.format(repr(cell))
    columns = {"t_s": pa.array([0.0, 1.0]), "hr_bpm": pa.array([1e12, float(cell)])}
    told = _refusal(_parquet(tmp_path, columns))
    assert told == wanted.format(f"{float(cell):g}").replace("row 3", "row 2")


def test_a_missing_column_is_named_beside_those_that_are_there(tmp_path: Path) -> None:
    assert _refusal(_csv(tmp_path, "time,hr_bpm\n0,80\n")) == (
        "FILE has no column t_s; its columns are: time, hr_bpm"
    )


def test_a_column_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    told = _refusal(_csv(tmp_path, "t_s,hr_bpm,hr_bpm\n0,80,81\n"))
    assert told == "FILE has more than one column hr_bpm; leave one"


@pytest.mark.parametrize("cell", ["fast", "inf", "-Infinity", "1_000", "8O", "80;1"])
def test_what_is_no_number_is_refused_at_its_row_and_column(tmp_path: Path, cell: str) -> None:
    told = _refusal(_csv(tmp_path, f"t_s,hr_bpm\n0,80\n1,{cell}\n"))
    assert told == f"FILE, row 3: hr_bpm is {cell!r}, not a number"


def test_rows_are_counted_as_an_editor_counts_them(tmp_path: Path) -> None:
    """Blank lines are no rows, and count."""
    told = _refusal(_csv(tmp_path, "\nt_s,hr_bpm\n0,80\n\n \n1,fast\n"))
    assert told.startswith("FILE, row 6: ")


@pytest.mark.parametrize("text", ["", "\n\n", "\ufeff"])
def test_an_empty_file_is_told_what_it_needs(tmp_path: Path, text: str) -> None:
    assert _refusal(_csv(tmp_path, text)) == "FILE is empty; its first row must name t_s, hr_bpm"


def test_a_header_alone_has_no_rows(tmp_path: Path) -> None:
    assert _refused_times(_csv(tmp_path, "t_s,hr_bpm\n")) == "FILE has a header and no rows"


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("0,80\n1,81\n1,82\n", "row 4: t_s repeats the row before"),
        ("0,80\n2,81\n1,82\n", "row 4: t_s is earlier than the row before"),
        ("5,80\n2,81\n", "row 3: t_s is earlier than the row before"),
        ("0,80\n,81\n2,82\n", "row 3: t_s has no number"),
        ("0,80\n\n1,81\n\n1,82\n", "row 6: t_s repeats the row before"),
        ("0,80\n\n\nnan,81\n", "row 5: t_s has no number"),
    ],
)
def test_times_that_dont_rise_are_refused_at_their_row(
    tmp_path: Path, rows: str, told: str
) -> None:
    refused = _refused_times(_csv(tmp_path, "t_s,hr_bpm\n" + rows))
    assert refused.startswith(f"FILE, {told}")


def test_times_that_rise_pass(tmp_path: Path) -> None:
    path = _csv(tmp_path, "t_s,hr_bpm\n-1,80\n0,81\n0.5,82\n")
    require_rising_times(path, "t_s", read_columns(path, NAMES)["t_s"])


@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
def test_a_folder_and_what_isnt_there_are_told(tmp_path: Path, suffix: str) -> None:
    folder = tmp_path / f"folder{suffix}"
    folder.mkdir()
    assert _refusal(folder) == "can't read FILE: Is a directory"
    assert _refusal(tmp_path / f"gone{suffix}") == "can't read FILE: No such file or directory"
    with pytest.raises(SettingsError, match="Is a directory"):
        read_header(folder)


@pytest.mark.parametrize("content", [b"\xff\xfet\x00_\x00s\x00", b"t_s,hr_bpm\n0,\x80\n"])
def test_other_encodings_are_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "trace.csv"
    path.write_bytes(content)
    assert _refusal(path) == "FILE is no CSV in UTF-8; save it as one"


@pytest.fixture
def as_python_begins() -> Iterator[None]:
    """The simulator's reader of archives allows longer cells, for its whole program."""
    before = csv.field_size_limit(131_072)
    yield
    csv.field_size_limit(before)


@pytest.mark.usefixtures("as_python_begins")
def test_a_cell_too_long_for_csv_is_told(tmp_path: Path) -> None:
    told = _refusal(_csv(tmp_path, "t_s,hr_bpm\n0," + "8" * 200_000 + "\n"))
    assert told == "FILE is no CSV in UTF-8; save it as one"


def _parquet(folder: Path, columns: dict[str, pa.Array], name: str = "trace.parquet") -> Path:
    path = folder / name
    parquet.write_table(pa.table(columns), path)
    return path


@pytest.mark.parametrize("name", ["trace.parquet", "TRACE.PARQUET"])
def test_parquet_gives_the_same_as_csv(tmp_path: Path, name: str) -> None:
    times, rates = pa.array([0, 1, 2], pa.int32()), pa.array([80.5, None, 82.0])
    path = _parquet(tmp_path, {"t_s": times, "hr_bpm": rates}, name)
    columns = read_columns(path, NAMES)
    assert columns["t_s"].tolist() == [0.0, 1.0, 2.0]
    assert columns["hr_bpm"].tolist()[::2] == [80.5, 82.0]
    assert np.isnan(columns["hr_bpm"][1])
    columns["t_s"][0] = 7.0  # not a view of something that can't be written
    assert read_header(path) == ("t_s", "hr_bpm")


def test_parquet_columns_are_judged_as_those_of_csv(tmp_path: Path) -> None:
    whole = pa.array([0.0, 1.0, 1.0])
    words = _parquet(tmp_path, {"t_s": whole, "hr_bpm": pa.array(["80", "fast", "82"])})
    assert _refusal(words) == "FILE: hr_bpm is string, not numbers"
    endless = _parquet(tmp_path, {"t_s": whole, "hr_bpm": pa.array([80.0, float("inf"), 81.0])})
    assert _refusal(endless) == "FILE, row 2: hr_bpm is infinite, not a number"
    named = _parquet(tmp_path, {"time": whole, "hr_bpm": whole})
    assert _refusal(named) == "FILE has no column t_s; its columns are: time, hr_bpm"
    repeated = _parquet(tmp_path, {"t_s": whole, "hr_bpm": whole})
    assert _refused_times(repeated).startswith("FILE, row 3: t_s repeats")


def test_a_parquet_column_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "trace.parquet"
    once = pa.array([0.0])
    parquet.write_table(pa.table([once, once, once], names=["t_s", "hr_bpm", "hr_bpm"]), path)
    assert _refusal(path) == "FILE has more than one column hr_bpm; leave one"


@pytest.mark.parametrize("content", [b"", b"t_s,hr_bpm\n0,80\n", b"PAR1" + bytes(40) + b"PAR1"])
def test_what_is_no_parquet_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "trace.parquet"
    path.write_bytes(content)
    assert _refusal(path) == "FILE is no Parquet file, or a damaged one"


def test_a_damaged_page_of_parquet_is_told(tmp_path: Path) -> None:
    path = _parquet(tmp_path, {name: pa.array(np.arange(5000.0)) for name in NAMES})
    content = bytearray(path.read_bytes())
    (footer,) = struct.unpack("<I", content[-8:-4])
    content[4 : len(content) - 8 - footer] = b"\xa5" * (len(content) - 12 - footer)
    path.write_bytes(content)
    assert _refusal(path) == "FILE is no Parquet file, or a damaged one"


def test_required_columns_that_are_there_pass() -> None:
    require_columns(Path("trace.csv"), ("hr_bpm", "t_s", "note", "note"), NAMES)
