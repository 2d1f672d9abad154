"""`dose effort` as researchers' scripts use it; numbers by hand."""

import json
from pathlib import Path
from typing import Any

import pytest

from server.cli import main

THREE_EQUAL = "2026-01-05,3,60\n2026-01-07,3,60\n2026-01-09,3,60\n"
WEEK_KEYS = {
    "week", "from", "until", "sessions", "weekly_load_au", "monotony", "strain_au", "monotony_n",
    "strain_n_au", "cumulative_load_au", "missing",
}  # fmt: skip


def _write(folder: Path, rows: str, column: str = "rpe_cr10") -> str:
    path = folder / "sessions.csv"
    path.write_text(f"date,{column},dur_min\n{rows}", encoding="utf-8")
    return str(path)


def _json(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    assert main(["dose", "effort", *words, "--json"]) == 0
    out, err = capsys.readouterr()
    assert (err, out.count("\n")) == ("", 1)
    return json.loads(out)


def test_three_equal_sessions_a_week(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """540 AU; monotony 3/7 / sqrt(12/42) = 0.801784, with n 0.866025."""
    told = _json(capsys, _write(tmp_path, THREE_EQUAL))
    (week,) = told["weeks"]
    assert set(week) == WEEK_KEYS
    assert (week["week"], week["from"], week["until"], week["sessions"]) == (
        1, "2026-01-05", "2026-01-11", 3,
    )  # fmt: skip
    numbers = [week[name] for name in ("weekly_load_au", "monotony", "strain_au", "monotony_n")]
    assert numbers == pytest.approx([540, 0.8017837, 432.9632, 0.8660254])
    assert week["strain_n_au"] == pytest.approx(467.6537)
    assert (told["total_load_au"], told["converted"]) == (540, False)
    assert "sensitivity" not in told


def test_ratings_on_6_to_20_are_converted_and_told_otherwise(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """13, 12, 9 are 4, 3, 1; otherwise 3.5, 2.5, 1; less 6: 7, 6, 3; raw: 34 in all."""
    rows = "2026-01-05,13,60\n2026-01-07,12,60\n2026-01-09,9,60\n"
    told = _json(capsys, _write(tmp_path, rows, "rpe_borg"))
    assert told["converted"] is True
    assert [one["rpe_cr10"] for one in told["sessions"]] == [4, 3, 1]
    assert told["weeks"][0]["weekly_load_au"] == 480
    assert {name: one["weekly"] for name, one in told["sensitivity"].items()} == {
        "srpe_load_13_as_3_5_au": [420],
        "rpe_minus_6_min": [960],
        "raw_rpe_min": [2040],
    }


def test_a_session_without_a_rating_is_null_and_never_zero(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = _json(capsys, _write(tmp_path, THREE_EQUAL + "2026-01-12,,60\n2026-01-14,3,60\n"))
    assert told["sessions"][3]["srpe_load_au"] is None
    assert told["sessions"][3]["missing"] == "not_recorded"
    week = told["weeks"][1]
    for name in ("weekly_load_au", "monotony", "strain_au", "cumulative_load_au"):
        assert (week[name], week["missing"][name]) == (None, "not_recorded")
    assert (told["total_load_au"], told["sessions_without_load"]) == (None, 1)


def test_a_week_of_rest_has_no_monotony(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = _json(capsys, _write(tmp_path, "2026-01-05,3,60\n2026-01-19,3,60\n"))
    assert [week["weekly_load_au"] for week in told["weeks"]] == [180, 0, 180]
    assert told["weeks"][1]["monotony"] is None
    assert told["weeks"][1]["missing"]["monotony"] == "not_applicable"


def test_weeks_begin_with_the_first_session_or_on_monday(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """From Thursday to Monday: one block of seven days, two weeks of the calendar."""
    file = _write(tmp_path, "2026-01-08,3,60\n2026-01-10,3,60\n2026-01-12,3,60\n")
    blocks, weeks = _json(capsys, file), _json(capsys, file, "--iso-weeks")
    assert [(one["from"], one["sessions"]) for one in blocks["weeks"]] == [("2026-01-08", 3)]
    assert [(one["from"], one["sessions"]) for one in weeks["weeks"]] == [
        ("2026-01-05", 2),
        ("2026-01-12", 1),
    ]
    assert "2026-01-08" in blocks["conventions"]["week"]
    assert "ISO 8601" in weeks["conventions"]["week"]


def test_without_json_it_is_a_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = _write(tmp_path, "2026-01-05,13,60\n2026-01-07,13,60\n2026-01-12,,60\n", "rpe_borg")
    assert main(["dose", "effort", file]) == 0
    table = capsys.readouterr().out
    lines = table.splitlines()
    assert lines[0].split() == ["week", "from", "until", "sessions", "load", "AU", "monotony",
                                "strain", "AU", "so", "far"]  # fmt: skip
    assert lines[1].split()[:5] == ["1", "2026-01-05", "2026-01-11", "2", "480.0"]
    assert lines[2].split()[3:] == ["1", "-", "-", "-", "-"]
    assert "sessions without rating or minutes, whose weeks have no sum: 1" in table
    assert "raw_rpe_min (Borg 6-20 x min) by week: 1560.0, -" in table


def test_a_wrong_row_ends_with_2_and_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        main(["dose", "effort", _write(tmp_path, "2026-01-05,30,60\n"), "--json"])
    out, err = capsys.readouterr()
    assert (end.value.code, out, err.count("\n")) == (2, "", 1)
    assert "row 2: rpe_cr10 is 30; a rating is 0 to 10" in err
