"""Participant flow and checklists in the report of a study: before the lock, and after it."""

import re
from argparse import Namespace
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

import pytest

from protocol.identifiers import parse_participant_code
from server.analysis.reporting.saying import say_sentence
from server.analysis.study_data import read_study_data
from server.commands.study_arguments import open_command_study
from server.commands.study_derived import bring_up_to_date
from server.study.entry import Entry
from server.study.fact_kind import FactKind
from server.study.fields.missing import MissingReason
from server.study.measurement import TimePoint
from server.study.participant import Arm, Participant
from server.study.participants import add_participants
from server.study.reporting_sentences import NewSentence
from tests.dose_course import CODES, hold, schedule
from tests.server_process import run_command
from tests.studies import Study, make_study
from tests.study_people import read_values, store

PLAN = 'outcomes = ["bdnf"]\npermutations = 1000\nbootstrap = 1000\n'
SIGNS = ("Fig", "Tea", "Sea", "Oak", "Elm", "Ash", "Rye", "Hay", "Ivy", "Fir", "Yew")
N_TRAINING = 5
FIRST = datetime(2026, 11, 2, 17, tzinfo=UTC)
TELLING = "P03 trains, P09 does not"


@pytest.fixture
def study(tmp_path: Path) -> Study:
    """5 train and 6 don't; one of training had left the study before its last blood."""
    made = make_study(tmp_path / "study")
    people = [
        Participant(parse_participant_code(f"P{n:02d}"), sign,
                    Arm.TRAINING if n <= N_TRAINING else Arm.CONTROL)
        for n, sign in enumerate(SIGNS, start=1)
    ]  # fmt: skip
    with made.open() as storage:
        add_participants(storage.database, people, "os:test")
        store(storage.database, *(entry for one in people for entry in _list_blood(one)))
        say_sentence(storage.database, NewSentence("flow/screened", "41 in the clinic."), "rana")
        say_sentence(storage.database, NewSentence("consort-2025/24b", TELLING), "rana")
    plan = tmp_path / "plan.toml"
    plan.write_text(PLAN)
    _run(made, "analysis", "plan", str(plan))
    return made


def _list_blood(one: Participant) -> list[Entry]:
    n = int(one.code[1:])
    pre = 200.0 + 7 * n
    post: object = pre + n * 37 % 11 + (100.0 if one.arm is Arm.TRAINING else 0.0)
    if n == N_TRAINING:
        post = MissingReason.WITHDRAWN
    found = {TimePoint.BASELINE: pre, TimePoint.POST: post}
    return [
        Entry(FactKind.SAMPLE, one.code, point, read_values({"value": value, "unit": "pg/mL"}),
              "bdnf", "plasma")
        for point, value in found.items()
    ]  # fmt: skip


def _run(study: Study, *words: str) -> None:
    done = run_command(*words, *study.arguments)
    assert done.returncode == 0, done.stderr


def _report(study: Study, out: Path) -> str:
    _run(study, "analyse", "--out", str(out))
    return (out / "report.html").read_text(encoding="utf-8")


def _find_section(page: str, title: str) -> str:
    found = re.search(rf"<h2>{title}</h2>.*?</section>", page, re.DOTALL)
    assert found is not None, title
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", found[0]).split()))


def test_before_the_lock_the_report_tells_no_arm_and_no_sentence(
    study: Study, tmp_path: Path
) -> None:
    page = _report(study, tmp_path / "before")
    flow = _find_section(page, "Participant flow")
    assert "Entered with an arm all n = 11" in flow
    assert "each left out until the data are locked" in flow
    assert "Numbers of each arm are left out" in flow
    annex = _find_section(page, "Annex: reporting checklists")
    for words in (flow, annex):
        assert not re.search(r"\b(training|control)\b[^.]*n = ", words)
        assert "Allocated to" not in words
        assert "P03" not in words
        assert "41 in the clinic" not in words
    assert TELLING not in page
    assert "22a In each arm: how many were assigned" in annex
    assert "After the data lock Numbers of an arm" in annex


def test_after_the_lock_it_tells_the_flow_by_arm_and_the_studys_sentences(
    study: Study, tmp_path: Path
) -> None:
    _run(study, "analysis", "lock", "--reason", "steering group")
    page = _report(study, tmp_path / "after")
    flow = _find_section(page, "Participant flow")
    assert "Assessed for eligibility all 41 in the clinic." in flow
    assert "Excluded all not recorded here" in flow
    assert "Analysed training BDNF: n = 4 (before and after)" in flow
    assert "Analysed control BDNF: n = 6 (before and after)" in flow
    assert "BDNF: 0 without a value before, 1 without one after (withdrawn 1)" in flow
    assert page.count('role="img"') >= 1
    annex = _find_section(page, "Annex: reporting checklists")
    assert "training 4 analysed of 4 measured after, control 6 analysed of 6" in annex
    assert TELLING in annex
    for name in ("CONSORT 2025", "CONSORT-Harms 2022", "CERT", "TIDieR", "non-pharmacological"):
        assert name in annex


def test_the_same_data_give_the_same_bytes(study: Study, tmp_path: Path) -> None:
    _run(study, "analysis", "lock", "--reason", "steering group")
    for name in ("one", "other"):
        _run(study, "analyse", "--out", str(tmp_path / name))
    for file in ("report.html", "report.pdf", "results.json"):
        one, other = ((tmp_path / name / file).read_bytes() for name in ("one", "other"))
        assert one == other, file


def test_a_session_that_cannot_be_worked_out_is_named_and_stops_no_locked_analysis(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    _run(study, "analysis", "lock", "--reason", "steering group")
    with study.open() as storage:
        held = schedule(storage, FIRST)[0]
        hold(storage, held, FIRST)

    def fail(*_: object) -> None:
        raise KeyError("no such thing in this session")

    monkeypatch.setattr("server.projection.projecting.derive_people", fail)
    arguments = Namespace(data=study.path, database=None)
    with open_command_study(arguments) as opened:
        data = read_study_data(
            opened, lambda: bring_up_to_date(arguments, opened), lambda planned: planned
        )
    assert any(held in one for one in data.remarks)
    arms = data.reporting.facts.arms
    assert arms is not None
    assert (arms[0].presence.n_attended, arms[0].presence.n_unknown) == (0, len(CODES))


def test_rows_of_a_file_have_no_flow(tmp_path: Path) -> None:
    rows = [f"P{n:02d},{'training' if n % 2 else 'control'},{200 + 7 * n},{210 + 5 * n + n % 3}"
            for n in range(1, 13)]  # fmt: skip
    file = tmp_path / "rows.csv"
    file.write_text("\n".join(["id,group,bdnf_pre,bdnf_post", *rows]) + "\n")
    done = run_command("analyse", str(file), "--outcomes", "bdnf", "--out", str(tmp_path / "out"))
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "out" / "report.html").read_text()
    assert "Participant flow" not in page
    assert "reporting checklists" not in page
