"""`analyse` as a researcher runs it: files that read back, and one sentence where it can't."""

import csv
import json
from pathlib import Path

import pytest

from server.analysis.frame import Frame
from tests.server_process import run_command
from tests.unit.server.analysis.simulated_frame import simulate_frame

PLAN = 'outcomes = ["bdnf", "gdnf"]\ndose = "srpe_load_au"\nbaseline = ["age_y"]\n'
FAST = "permutations = 1000\nbootstrap = 1000\n"


def write_frame(path: Path, frame: Frame) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "group", *frame.columns])
        for place, (code, arm) in enumerate(zip(frame.codes, frame.group, strict=True)):
            cells = [repr(float(column[place])) for column in frame.columns.values()]
            writer.writerow([code, arm, *("" if cell == "nan" else cell for cell in cells)])
    return path


def test_results_and_reports_are_the_same_bytes_each_time(tmp_path: Path) -> None:
    frame = simulate_frame()
    file = write_frame(tmp_path / "p.csv", frame)
    plan = tmp_path / "plan.toml"
    plan.write_text(PLAN + FAST)
    outs = [tmp_path / name for name in ("one", "other")]
    for out in outs:
        words = ("analyse", str(file), "--plan", str(plan), "--unit", "pg/mL", "--out", str(out))
        done = run_command(*words, "--simulated")
        assert (done.returncode, done.stderr) == (0, "")
    files = [{path.name: path.read_bytes() for path in out.iterdir()} for out in outs]
    assert files[0] == files[1]
    assert {*files[0]} == {"results.json", "report.html", "report.pdf"}
    told = json.loads(files[0]["results.json"])
    assert told["dataset"]["sha256"] == frame.sha256
    assert told["dataset"]["simulated"] is True
    assert told["plan"]["departures"] == []
    assert {"doseline", "scipy", "statsmodels"} <= {*told["versions"]}
    anova = [one for one in told["results"] if one["analysis"] == "mixed_anova"]
    assert [one["term"] for one in anova[:3]] == ["group", "time", "group:time"]


def test_what_is_run_otherwise_than_planned_is_told(tmp_path: Path) -> None:
    file = write_frame(tmp_path / "p.csv", simulate_frame())
    plan = tmp_path / "plan.toml"
    plan.write_text(PLAN + FAST)
    words = ("analyse", str(file), "--plan", str(plan), "--outcomes", "bdnf")
    done = run_command(*words, "--out", str(tmp_path / "out"))
    assert done.returncode == 0, done.stderr
    told = json.loads((tmp_path / "out" / "results.json").read_text())
    assert told["plan"]["departures"] == ["outcomes: planned bdnf, gdnf, run bdnf."]
    assert "outcomes: planned bdnf, gdnf" in (tmp_path / "out" / "report.html").read_text()


HEAD = "id,group,bdnf_pre,bdnf_post\n"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("id,group,bdnf_pre\nP01,control,1\n", "has no column bdnf_post"),
        (HEAD + "P01,control,1,<LLOQ\n", "row 2: bdnf_post is '<LLOQ'; write the limit"),
        (HEAD + "P01,placebo,1,2\n", 'group of P01 is \'placebo\'; it is "control" or "training"'),
        (HEAD + "P01,control,1,2\nP01,training,1,2\n", "P01: a participant's code may occur once"),
        (HEAD + ",control,1,2\n", "row 2: id is empty"),
        ("", "is empty"),
    ],
)
def test_what_is_wrong_with_a_file_is_one_sentence(
    tmp_path: Path, text: str, complaint: str
) -> None:
    (tmp_path / "p.csv").write_text(text)
    out = tmp_path / "out"
    done = run_command("analyse", str(tmp_path / "p.csv"), "--outcomes", "bdnf", "--out", str(out))
    assert (done.returncode, complaint in done.stderr) == (2, True), done.stderr
    assert done.stderr.count("\n") == 1
    assert not out.exists()


def test_without_outcomes_and_plan_it_asks_for_them(tmp_path: Path) -> None:
    file = write_frame(tmp_path / "p.csv", simulate_frame())
    done = run_command("analyse", str(file), "--out", str(tmp_path / "out"))
    assert (done.returncode, "give --outcomes" in done.stderr) == (2, True)
