"""`plan show` and `plan lint` as scripts of trainers and researchers use them."""

import json
from pathlib import Path
from typing import Any

import pytest

from protocol.training.shipped import read_shipped_text
from server.cli import main
from tests.server_process import run_command

SHOWN_KEYS = {"plan", "plan_digest", "weeks"}
WEEK_KEYS = {"week", "effort", "band_ceiling", "exercises", "sessions"}


def _run(*words: str) -> tuple[int, str, str]:
    done = run_command("plan", *words)
    return done.returncode, done.stdout, done.stderr


def _json(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    assert main(["plan", *words, "--json"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert out.count("\n") == 1
    return json.loads(out)


def _refused(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    with pytest.raises(SystemExit) as end:
        main(["plan", *words])
    assert end.value.code == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "Traceback" not in err
    return err


def test_the_plan_in_force_is_one_json_document(capsys: pytest.CaptureFixture[str]) -> None:
    shown = _json(capsys, "show")
    assert set(shown) == SHOWN_KEYS
    assert [week["week"] for week in shown["weeks"]] == list(range(1, 9))
    assert all(set(week) == WEEK_KEYS for week in shown["weeks"])
    assert shown["plan"]["id"] == "as_printed"
    assert shown["plan"]["provenance"]["session.rest_s"]["origin"] == "printed"
    assert len(shown["plan"]["notes"]) >= 10


def test_one_week_has_its_sessions(capsys: pytest.CaptureFixture[str]) -> None:
    (week,) = _json(capsys, "show", "--plan", "tailored", "--week", "5")["weeks"]
    assert [session["session"] for session in week["sessions"]] == [13, 14, 15]
    assert [len(session["stations"]) for session in week["sessions"]] == [8, 8, 8]
    assert week["effort"]["target"] == [11, 11]


def test_without_json_it_is_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", "show"]) == 0
    table = capsys.readouterr().out
    assert "Hop" not in table.split("week 1")[0]
    assert "One-leg hop to marks" in table
    assert "Where the source contradicts itself" in table
    assert main(["plan", "show", "--week", "8"]) == 0
    assert "24 turns × 45 s + 23 rests × 60 s = 41.0 min" in capsys.readouterr().out


def test_lint_tells_every_contradiction_of_the_shipped_plan(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "plan.toml"
    file.write_text(read_shipped_text("eight_week"), encoding="utf-8")
    findings = _json(capsys, "lint", str(file))
    assert all(set(one) == {"code", "severity", "where", "message"} for one in findings)
    assert {one["severity"] for one in findings} == {"warning", "note"}
    codes = {one["code"] for one in findings}
    assert {"late_category_early", "week_longer_than_session", "week_thin", "load_falls"} <= codes
    assert _json(capsys, "lint", "as_printed") == findings


def test_lint_tells_what_is_broken_without_refusing_it(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "plan.toml"
    text = read_shipped_text("eight_week").replace("rounds = 3", "rounds = 0")
    file.write_text(text.replace('harder = "hop-marks"', 'harder = "hop"'), encoding="utf-8")
    findings = _json(capsys, "lint", str(file))
    assert [one["code"] for one in findings[:2]] == ["unknown_exercise", "nothing_to_do"]
    assert main(["plan", "lint", str(file), "--strict"]) == 1
    report = capsys.readouterr().out
    line = text[: text.index("rounds = 0")].count("\n") + 1
    assert f"nothing_to_do  session.rounds (line {line})" in report
    assert report.splitlines()[-1].startswith("2 errors, ")
    assert main(["plan", "lint", "as_printed", "--strict"]) == 0


def test_a_file_with_faults_is_told_line_by_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "plan.toml"
    text = read_shipped_text("eight_week").replace("rounds = 3", 'rounds = "three"')
    file.write_text(text.replace("rest_s = 60", "rest_se = 60", 1), encoding="utf-8")
    line = text[: text.index('rounds = "three"')].count("\n") + 1
    for command in ("lint", "show"):
        words = ("lint", str(file)) if command == "lint" else ("show", "--plan", str(file))
        told = _refused(capsys, *words)
        assert f"{file}: 4 faults" in told
        assert f"line {line}, session.rounds: expected a whole number, got text" in told
        assert "session.rest_se: there is no such key; did you mean 'rest_s'?" in told


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"weeks == 8", "not TOML: Invalid value (at line 1, column 8)"),
        (b"\xff\xfe", "byte 0 isn't UTF-8 text"),
        (b"#" * 1_000_001, "longer than 1000000 bytes"),
        (b"", "course: missing"),
        (b'extends = "nine_week"', "there is no plan 'nine_week'"),
    ],
)
def test_a_file_that_is_no_plan(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, content: bytes, told: str
) -> None:
    file = tmp_path / "plan.toml"
    file.write_bytes(content)
    assert told in _refused(capsys, "lint", str(file), "--json")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("lint", "nowhere.toml"), "can't be read: No such file or directory"),
        (("lint", "."), "Is a directory"),
        (("show", "--plan", "nowhere"), "name a file, or as_printed or tailored"),
        (("show", "--week", "9"), "week 9 isn't one of the plan's 8"),
        (("show", "--week", "-1"), "week -1 isn't one"),
        (("show", "--week", "two"), "invalid int value"),
        (("lint",), "the following arguments are required: FILE"),
        (("lint", "a\0b"), "can't be read"),
    ],
)
def test_wrong_words_end_with_2_and_a_sentence(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], told: str
) -> None:
    assert told in _refused(capsys, *words)


def test_as_a_program() -> None:
    code, out, err = _run("show", "--week", "1", "--json")
    assert (code, err) == (0, "")
    assert json.loads(out)["weeks"][0]["week"] == 1
    code, out, err = _run("lint", "missing.toml")
    assert (code, out) == (2, "")
    assert err.startswith("doseline-server plan lint: missing.toml: can't be read")
