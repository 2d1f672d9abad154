"""`dose heart` as scripts of researchers use it."""

import json
import math
from pathlib import Path
from typing import Any

import pytest

from server.cli import main
from tests.recorded_heart_rates import RECORDINGS

HER = ("--rest", "60", "--max", "180", "--sex", "female")
PROMISED = {
    "banister_au", "banister_session_mean_au", "edwards_au", "minutes_in_zone", "mean_bpm",
    "mean_hrr", "coverage", "prorated_banister_au", "lucia_au",
}  # fmt: skip
ZONES = ["50_60", "60_70", "70_80", "80_90", "90_100"]


def _write(folder: Path, rows: list[tuple[float, Any]], head: str = "t_s,hr_bpm") -> str:
    path = folder / "session.csv"
    path.write_text("\n".join([head, *(f"{a},{b}" for a, b in rows)]) + "\n", encoding="utf-8")
    return str(path)


def _json(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    assert main(["dose", "heart", *words, "--json"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert out.count("\n") == 1
    return json.loads(out)


def _refused(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    with pytest.raises(SystemExit) as end:
        main(["dose", "heart", *words, "--json"])
    assert end.value.code == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "Traceback" not in err
    return err


def _two_levels() -> list[tuple[float, int]]:
    """Two minutes at 90 and one at 150, a row every 5 s."""
    return [(5.0 * at, 90 if at < 24 else 150) for at in range(37)]


def _wave(n: int = 3601) -> list[tuple[float, int]]:
    return [(at, round(130 - 30 * math.cos(2 * math.pi * at / 300))) for at in range(n)]


def test_the_promised_names_with_numbers_worked_out_by_hand(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = _json(capsys, _write(tmp_path, _two_levels()), *HER, "--lucia", "100,140")
    assert set(told) >= PROMISED
    # bc 1.07.1, as in the tests of TRIMP
    assert told["banister_au"] == pytest.approx(2.909715830346, abs=1e-10)
    assert told["banister_session_mean_au"] == pytest.approx(2.155782991980, abs=1e-10)
    assert told["edwards_au"] == pytest.approx(6.0)  # 2 min at 50 %, 1 at 83 %
    assert told["lucia_au"] == pytest.approx(2 * 1 + 1 * 3)
    assert list(told["minutes_in_zone"]) == ZONES
    assert list(told["minutes_in_zone"].values()) == pytest.approx([2, 0, 0, 1, 0])
    assert list(told["minutes_in_hrr_zone"].values()) == pytest.approx([0, 0, 1, 0, 0])
    assert told["mean_bpm"] == pytest.approx(110.0)
    assert told["mean_hrr"] == pytest.approx(50 / 120)
    assert told["coverage"] == 1.0
    assert told["prorated_banister_au"] == told["banister_au"]
    assert (told["missing"], told["gaps"], told["rejected"]) == ({}, [], {})
    assert all(isinstance(version, int) for version in told["versions"].values())


def test_k_and_b_are_of_her_sex_or_her_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = _write(tmp_path, [(0, 120), (5, 120), (10, 120)])
    his = _json(capsys, path, "--rest", "60", "--max", "180", "--sex", "male")
    assert (his["banister_k"], his["banister_b"]) == (0.64, 1.92)
    assert his["banister_au"] == pytest.approx(0.835742871495 / 6)  # bc: .5*.64*e(1.92*.5)
    own = _json(capsys, path, *HER, "--banister", "0.64,1.67")
    assert own["banister_au"] == pytest.approx(0.737540495451 / 6)  # bc: .5*.64*e(1.67*.5)


def test_a_gap_is_told_with_its_cause_and_prorated(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [row for row in _wave() if not 1200 < row[0] < 1320]
    told = _json(capsys, _write(tmp_path, rows), *HER)
    assert told["gaps"] == [{"from_s": 1200.0, "to_s": 1320.0, "cause": "silence"}]
    assert told["coverage"] == pytest.approx(58 / 60)
    assert told["prorated_banister_au"] == pytest.approx(told["banister_au"] * 60 / 58)
    assert told["prorated_edwards_au"] == pytest.approx(told["edwards_au"] * 60 / 58)
    assert told["flags"] == ["prorated"]


def test_planned_minutes_stand_in_for_the_span(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = _write(tmp_path, _wave())
    told = _json(capsys, path, *HER, "--planned-min", "75")
    assert told["coverage"] == pytest.approx(0.8)
    assert told["prorated_banister_au"] == pytest.approx(told["banister_au"] * 75 / 60)
    longer = _json(capsys, path, *HER, "--planned-min", "50")
    assert longer["coverage"] == 1.0
    assert longer["prorated_banister_au"] == longer["banister_au"]


def test_under_eighty_percent_is_null_with_its_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = _json(capsys, _write(tmp_path, _wave()), *HER, "--planned-min", "76")
    for name in PROMISED - {"coverage", "minutes_in_zone", "lucia_au"}:
        assert told[name] is None, name
        assert told["missing"][name] == "low_coverage"
    assert told["missing"]["lucia_au"] == "not_measured"
    assert sum(told["minutes_in_zone"].values()) == pytest.approx(60 - told["minutes_below_zones"])


def test_what_no_heart_does_is_refused_row_by_row(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows: list[tuple[float, Any]] = list(_wave())
    rows[100], rows[200], rows[300], rows[400] = (100, 0), (200, 400), (300, ""), (400, 200)
    told = _json(capsys, _write(tmp_path, rows), *HER)
    assert told["rejected"] == {"no_value": 2, "out_of_range": 1, "jump": 1}
    assert told["coverage"] == 1.0  # the one before holds over a second


def test_a_file_of_refused_rows_is_null_and_never_0(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = _json(capsys, _write(tmp_path, [(0, 0), (1, 400), (2, "nan")]), *HER)
    assert told["banister_au"] is told["minutes_in_zone"] is told["mean_bpm"] is None
    assert told["missing"]["banister_au"] == "unusable"
    assert told["coverage"] == 0.0


def test_where_the_maximum_comes_from_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = _write(tmp_path, _wave(60))
    plain = _json(capsys, path, *HER)
    assert (plain["hr_max_source"], plain["hr_max_see_bpm"]) == (None, None)
    measured = _json(capsys, path, *HER, "--max-source", "measured")
    assert (measured["hr_max_source"], measured["hr_max_see_bpm"]) == ("measured", None)
    formula = _json(capsys, path, *HER, "--max-source", "gulati")
    assert (formula["hr_max_source"], formula["hr_max_see_bpm"]) == ("gulati", 10.0)
    assert formula["flags"] == ["hr_max_estimated"]


@pytest.mark.parametrize(
    ("rows", "head", "told"),
    [
        ([], "t_s,hr_bpm", "has a header and no rows"),
        ([], "", "is empty; its first row must name t_s, hr_bpm"),
        ([(0, 80)], "time,hr_bpm", "has no column t_s; its columns are: time, hr_bpm"),
        ([(0, 80), (1, "fast")], "t_s,hr_bpm", "row 3: hr_bpm is 'fast', not a number"),
        ([(0, 80), (2, 81), (1, 82)], "t_s,hr_bpm", "row 4: t_s is earlier than the row before"),
        ([(0, 80), (1, 81), (1, 82)], "t_s,hr_bpm", "row 4: t_s repeats the row before"),
        ([(0, 80), (math.nan, 81)], "t_s,hr_bpm", "row 3: t_s has no number"),
    ],
)
def test_a_wrong_file_is_told_by_row_and_column(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    rows: list[tuple[float, Any]],
    head: str,
    told: str,
) -> None:
    path = _write(tmp_path, rows, head)
    assert told in _refused(capsys, path, *HER)
    assert path in _refused(capsys, path, *HER)


def test_a_real_file_with_repeated_times_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    path = str(RECORDINGS / "hr-fit" / "sample-activity.csv")
    assert "t_s repeats the row before" in _refused(capsys, path, *HER)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--rest", "180", "--max", "60"], "the resting heart rate (180) is not below the maximum"),
        (["--rest", "60", "--max", "60"], "is not below the maximum"),
        (["--rest", "60", "--max", "400"], "a maximum heart rate of 400"),
        (["--rest", "nan", "--max", "180"], "a resting heart rate of nan"),
        (["--rest", "slow", "--max", "180"], "invalid float value: 'slow'"),
        (["--rest", "60", "--max", "180", "--planned-min", "0"], "0 planned minutes can't be"),
        (["--rest", "60", "--max", "180", "--planned-min", "nan"], "nan planned minutes"),
        (["--rest", "60", "--max", "180", "--lucia", "150,120"], "the first threshold lies below"),
        (["--rest", "60", "--max", "180", "--lucia", "150"], "two numbers with a comma"),
        (["--rest", "60", "--max", "180", "--banister", "0,1"], "above 0"),
        (["--max", "180"], "--rest"),
    ],
)
def test_wrong_numbers_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], told: str
) -> None:
    assert told in _refused(capsys, _write(tmp_path, _wave(60)), "--sex", "female", *words)


def test_a_person_gets_a_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [(at, 400 if 1000 < at < 1100 else bpm) for at, bpm in _wave()]
    assert main(["dose", "heart", _write(tmp_path, rows), *HER, "--max-source", "tanaka"]) == 0
    out, err = capsys.readouterr()
    lines = out.splitlines()
    assert err == ""
    assert lines[0] == "session.csv: 58.3 of 60.0 min heard (97.2%)"
    assert lines[1] == "rest 60 bpm, maximum 180 bpm (tanaka)"
    assert "TRIMP Lucia               missing: her thresholds were never measured" in lines
    assert any(line.startswith("TRIMP Banister ") and line.endswith(" AU") for line in lines)
    assert "99 rows refused: out_of_range" in lines
    assert "gap from 1000 to 1100 s: out_of_range" in lines
    assert "the maximum comes from a formula of age, ± 10 bpm" in lines


def test_a_table_doesnt_list_gaps_by_the_dozen(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A row a minute, as some exports have it: every hole is a gap, and nothing is said of them."""
    path = _write(tmp_path, [(60 * at, 100 + at % 3) for at in range(60)])
    assert main(["dose", "heart", path, *HER]) == 0
    out = capsys.readouterr().out
    assert "mean heart rate           missing: under 80 % of the time was heard" in out
    assert "and 49 more gaps; a hole over 5 s is one" in out
    assert "minutes at" not in out
