"""Rated sessions from a file: what can't be a session is told by its row and column."""

from datetime import date
from pathlib import Path

import pytest

from server.commands.session_rows import SessionRow, read_session_rows
from server.dose.effort.rating import Rating, Scale
from server.errors import SettingsError

HEAD = "date,rpe_cr10,dur_min\n"
BORG_HEAD = "date,rpe_borg,dur_min\n"


def _write(folder: Path, text: str) -> Path:
    path = folder / "sessions.csv"
    path.write_text(text, encoding="utf-8")
    return path


def _refused(folder: Path, text: str) -> str:
    with pytest.raises(SettingsError) as refused:
        read_session_rows(_write(folder, text))
    sentence = str(refused.value)
    assert "sessions.csv" in sentence
    return sentence


def test_sessions_in_order_two_of_one_day_and_other_columns(tmp_path: Path) -> None:
    text = "who,dur_min,date,rpe_cr10\nP01,60,2026-01-05,3\nP01,30,2026-01-05,2.5\n"
    assert read_session_rows(_write(tmp_path, text)) == [
        SessionRow(date(2026, 1, 5), Rating(3, Scale.CR10), 60),
        SessionRow(date(2026, 1, 5), Rating(2.5, Scale.CR10), 30),
    ]


@pytest.mark.parametrize("nothing", ["", " ", "NA", "nan", "null"])
def test_an_empty_cell_is_not_recorded(tmp_path: Path, nothing: str) -> None:
    text = f"{BORG_HEAD}2026-01-05,{nothing},60\n2026-01-07,13,{nothing}\n"
    first, second = read_session_rows(_write(tmp_path, text))
    assert (first.rating, first.duration_min) == (None, 60)
    assert (second.rating, second.duration_min) == (Rating(13, Scale.BORG), None)


def test_a_byte_order_mark_and_an_empty_line_are_no_trouble(tmp_path: Path) -> None:
    rows = read_session_rows(_write(tmp_path, f"\ufeff{HEAD}2026-01-05,3,60\n\n2026-01-07,3,60\n"))
    assert [row.day.day for row in rows] == [5, 7]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("date,dur_min\n2026-01-05,60\n", "no column rpe_cr10; its columns are: date, dur_min"),
        ("rpe_cr10,dur_min\n3,60\n", "no column date"),
        ("date,rpe_borg\n2026-01-05,11\n", "no column dur_min"),
        ("", "is empty; its first row must name date, rpe_cr10, dur_min"),
        (HEAD, "has a header and no rows"),
        ("date,rpe_cr10,rpe_borg,dur_min\n", "has rpe_cr10 and rpe_borg; keep the one"),
        (f"{HEAD}2026-01-05,11,60\n", "row 2: rpe_cr10 is 11; a rating is 0 to 10"),
        (f"{HEAD}2026-01-05,-1,60\n", "row 2: rpe_cr10 is -1"),
        (f"{HEAD}2026-01-05,inf,60\n", "row 2: rpe_cr10 is 'inf', not a number"),
        (f"{HEAD}2026-01-05,hard,60\n", "row 2: rpe_cr10 is 'hard', not a number"),
        (f"{BORG_HEAD}2026-01-05,5,60\n", "row 2: rpe_borg is 5; a rating is a whole number"),
        (f"{BORG_HEAD}2026-01-05,12.5,60\n", "row 2: rpe_borg is 12.5"),
        (f"{BORG_HEAD}2026-01-05,21,60\n", "row 2: rpe_borg is 21"),
        (f"{HEAD}2026-01-05,3,60\n2026-01-07,3,-5\n", "row 3: dur_min is -5; a session has 0 to"),
        (f"{HEAD}2026-01-05,3,3600\n", "row 2: dur_min is 3600"),
        (f"{HEAD}2026-01-07,3,60\n2026-01-05,3,60\n", "row 3: date is earlier than before; sort"),
        (f"{HEAD}2026-01-05,3,60\n2062-01-07,3,60\n", "row 3: 2062-01-07 is years after"),
        (f"{HEAD}5.1.2026,3,60\n", "row 2: date is '5.1.2026', not a day such as 2026-01-05"),
        (f"{HEAD}20260105,3,60\n", "row 2: date is '20260105'"),
        (f"{HEAD}2026-W02-1,3,60\n", "row 2: date is '2026-W02-1'"),
        (f"{HEAD}2026-02-30,3,60\n", "row 2: date is '2026-02-30'"),
        (f"{HEAD}2026-01-05T17:00,3,60\n", "row 2: date is '2026-01-05T17:00'"),
        (f"{HEAD}\n2026-01-05,3,60\n,3,60\n", "row 4: date is ''"),
        (f"{HEAD}2026-01-05,3,5,60\n", "row 2 has 4 cells, and the first row 3; write decimals"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_row_and_column(
    tmp_path: Path, text: str, said: str
) -> None:
    assert said in _refused(tmp_path, text)


def test_no_file_no_text_and_no_csv(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="can't read .*: No such file"):
        read_session_rows(tmp_path / "nowhere.csv")
    (tmp_path / "binary.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingsError, match="no CSV in UTF-8"):
        read_session_rows(tmp_path / "binary.csv")
    with pytest.raises(SettingsError, match="save it as CSV"):
        read_session_rows(tmp_path / "sessions.parquet")
    broken = tmp_path / "broken.csv"
    broken.write_bytes(HEAD.encode() + b"2026-01-05,3,60\n" * 5000 + b"2026-01-0\xff,3,60\n")
    with pytest.raises(SettingsError, match="no CSV in UTF-8"):
        read_session_rows(broken)
