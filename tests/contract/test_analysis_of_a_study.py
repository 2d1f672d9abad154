"""A study's own analysis: by a plan in force, blinded until the lock, and the same ever after."""

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from protocol.identifiers import parse_participant_code
from protocol.messages.roster import ConsentedStream, RosterStrap
from server.analysis.dummy_arms import NOTICE
from server.analysis.locked_data import read_locked, write_locked
from server.gateways.roster import add_straps
from server.study.entry import Entry
from server.study.fact_kind import FactKind
from server.study.measurement import TimePoint
from tests.analysis_study import EFFECT_PG_ML, NOISE_PG_ML, fill
from tests.server_process import run_command
from tests.studies import Study, make_study
from tests.study_people import read_values, store

PLAN = (
    'outcomes = ["bdnf"]\ndose = "srpe_load_au"\nbaseline = ["age_y"]\n'
    'baseline_categories = ["smoking"]\nattendance = "sessions_attended"\n'
    "permutations = 1000\nbootstrap = 1000\n"
)
MOST_DEALS = 9
STRAPS = ("51ADA001", "8AA87D01")  # the first is a simulated one


@pytest.fixture
def study(tmp_path: Path) -> Study:
    """16 participants of whom the last has no post, for a reason; training has 200 pg/mL more."""
    made = make_study(tmp_path / "study")
    with made.open() as storage:
        fill(storage.database)
    return made


def run(study: Study, *words: str) -> str:
    done = run_command(*words, *study.arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout


def analyse(study: Study, out: Path, *more: str) -> dict[str, Any]:
    run(study, "analyse", "--out", str(out), *more)
    told: dict[str, Any] = json.loads((out / "results.json").read_text())
    return told


def find_estimate(told: dict[str, Any]) -> float:
    return next(float(one["estimate"]) for one in told["results"] if one["analysis"] == "ancova")


def test_arms_are_dealt_anew_until_the_data_are_locked(study: Study, tmp_path: Path) -> None:
    plan = tmp_path / "plan.toml"
    plan.write_text(PLAN)
    run(study, "analysis", "plan", str(plan))
    before = analyse(study, tmp_path / "before")
    assert before["dataset"]["notice"] == NOTICE
    dealt = [find_estimate(before)]
    # About one deal in eight is so like the true one that it shows half its effect: deal on.
    while len(dealt) < 3 or (min(map(abs, dealt)) >= EFFECT_PG_ML / 2 and len(dealt) < MOST_DEALS):
        dealt.append(find_estimate(analyse(study, tmp_path / f"again-{len(dealt)}")))
    assert min(map(abs, dealt)) < EFFECT_PG_ML / 2
    assert len({*dealt}) > 1  # nobody can repeat the deal
    rehearsed = (tmp_path / "before" / "report.html").read_text()
    assert NOTICE in rehearsed
    assert "<svg" not in rehearsed  # by her values somebody could be told, and with her the deal
    assert not {"srpe_load_au", "sessions_attended"} & {*before["dataset"]["columns"]}
    assert "per_protocol" not in {one["analysis"] for one in before["refusals"]}

    said = run(study, "analysis", "lock", "--reason", "steering group")
    after = analyse(study, tmp_path / "after")
    assert after["dataset"]["notice"] is None
    # worked out by hand: all else is alike in both arms but for noise of at most 5
    assert find_estimate(after) == pytest.approx(EFFECT_PG_ML, abs=NOISE_PG_ML)
    assert after["plan"]["departures"] == []
    assert after["dataset"]["why"]["bdnf_post"] == {"haemolysed": 1}
    # control has no sessions, and so no dose; of training nobody wrote one down
    assert after["dataset"]["why"]["srpe_load_au"] == {"not_applicable": 8, "not_recorded": 8}
    # 5 of 16 numbers are divisible by 3, of which 3, 9 and 15 are odd: training
    (smoking,) = (one for one in after["results"] if one["analysis"] == "baseline_category")
    assert smoking["levels"][0] == {"name": "former", "n_control": 2, "n_training": 3}
    # nobody held a session: that is no 0 of 24
    whys = {one["analysis"]: one["why"] for one in after["refusals"]}
    assert "the sessions of P01 are missing" in whys["per_protocol"]
    assert (
        f"SHA-256 {said.rsplit(maxsplit=1)[-1]}" in (tmp_path / "after" / "report.html").read_text()
    )


def test_locked_data_stay_what_they_were(study: Study, tmp_path: Path) -> None:
    plan = tmp_path / "plan.toml"
    plan.write_text(PLAN)
    run(study, "analysis", "plan", str(plan))
    run(study, "analysis", "lock", "--reason", "steering group")
    one = analyse(study, tmp_path / "one")
    with study.open() as storage:
        found = read_values({"value": 9999.0})
        whose = parse_participant_code("P16")
        late = Entry(FactKind.SAMPLE, whose, TimePoint.POST, found, "bdnf", "plasma",
                     reason="found again")  # fmt: skip
        store(storage.database, late, later_s=60)
    assert analyse(study, tmp_path / "other")["dataset"] == one["dataset"]
    done = run_command("analysis", "lock", "--reason", "again", *study.arguments)
    assert (done.returncode, "locked already" in done.stderr) == (2, True)
    plan.write_text(PLAN + "alpha = 0.01\n")
    done = run_command("analysis", "plan", str(plan), "--reason", "x", *study.arguments)
    assert (done.returncode, "departure" in done.stderr) == (2, True)
    told = analyse(study, tmp_path / "departed", "--plan", str(plan))
    assert told["plan"]["departures"] == ["alpha: planned 0.05, run 0.01."]


def test_locked_data_that_somebody_wrote_anew_with_their_sha256_are_refused(
    study: Study, tmp_path: Path
) -> None:
    plan = tmp_path / "plan.toml"
    plan.write_text(PLAN)
    run(study, "analysis", "plan", str(plan))
    run(study, "analysis", "lock", "--reason", "steering group")
    with sqlite3.connect(study.path / "archive.sqlite3") as connection:
        connection.execute("DROP TRIGGER analysis_records_refuses_update")
        query = "SELECT content FROM analysis_records WHERE kind = 'lock'"
        told = read_locked(connection.execute(query).fetchone()[0])
        told.frame.columns["bdnf_post"][0] += 100.0
        forged = (write_locked(told), told.sha256)
        assert read_locked(forged[0]).sha256 == forged[1]  # all that the row itself could tell
        connection.execute(
            "UPDATE analysis_records SET content = ?, sha256 = ? WHERE kind = 'lock'", forged
        )
    done = run_command("analyse", "--out", str(tmp_path / "out"), *study.arguments)
    assert (done.returncode, "analysis_records/2 can't be relied on" in done.stderr) == (2, True)


def test_a_plan_is_replaced_with_a_reason_only(study: Study, tmp_path: Path) -> None:
    plan = tmp_path / "plan.toml"
    plan.write_text(PLAN)
    assert "is the study's plan now" in run(study, "analysis", "plan", str(plan))
    assert "is the study's plan already" in run(study, "analysis", "plan", str(plan))
    plan.write_text(PLAN + "alpha = 0.01\n")
    done = run_command("analysis", "plan", str(plan), *study.arguments)
    assert (done.returncode, "to replace it give --reason" in done.stderr) == (2, True)
    run(study, "analysis", "plan", str(plan), "--reason", "the ethics board asked for it")


def test_without_a_plan_nothing_is_run_or_locked(study: Study, tmp_path: Path) -> None:
    for words in (("analyse", "--out", str(tmp_path / "o")), ("analysis", "lock", "--reason", "x")):
        done = run_command(*words, *study.arguments)
        assert (done.returncode, "plan" in done.stderr) == (2, True)
        assert done.stderr.count("\n") == 1


def test_one_simulated_strap_makes_no_study_a_simulated_one(study: Study, tmp_path: Path) -> None:
    with study.open() as storage:
        straps = [RosterStrap(one, "h10", None, list(ConsentedStream)) for one in STRAPS]
        add_straps(storage.database, straps)
    plan = tmp_path / "plan.toml"
    plan.write_text(PLAN)
    run(study, "analysis", "plan", str(plan))
    assert analyse(study, tmp_path / "out")["dataset"]["notice"] == NOTICE


def test_simulated_data_are_run_as_they_are_and_say_so(study: Study, tmp_path: Path) -> None:
    with study.open() as storage:
        strap = RosterStrap("51ADA001", "h10", "01", list(ConsentedStream))
        add_straps(storage.database, [strap])
    plan = tmp_path / "plan.toml"
    plan.write_text(PLAN)
    run(study, "analysis", "plan", str(plan))
    told = analyse(study, tmp_path / "out")
    assert told["dataset"]["simulated"] is True
    assert find_estimate(told) == pytest.approx(EFFECT_PG_ML, abs=NOISE_PG_ML)
