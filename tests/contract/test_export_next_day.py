"""Promise P5: what was said the day after goes out, a no as well as a yes, and days for dates."""

import csv
import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import frictionless
import pyreadstat
import pytest

from protocol.identifiers import parse_participant_code
from protocol.ledger.uuid7 import RANDOM_BYTES, make_uuid7
from server.db.database import Database
from server.study.erasing import erase_fact
from server.study.next_day import NextDay, append_done, append_next_day
from server.study.participant import Arm, Participant
from server.study.participants import add_participants
from tests.contract.test_export_dataset import add_recipient, approve, export_to, rows
from tests.dose_course import schedule
from tests.studies import Study, make_study
from tests.study_people import make_recorder

FIRST: Final = datetime(2026, 11, 23, 17, tzinfo=UTC)
PEOPLE: Final = (("P01", "Teapot", Arm.TRAINING), ("P02", "Figtree", Arm.CONTROL))
CANARY: Final = "Canary told her to rest"


@pytest.fixture
def answered(tmp_path: Path) -> Study:
    """Of the first session P01 says yes, no one thing; then no. P02 says yes, and is called."""
    study = make_study(tmp_path / "study")
    with study.open() as storage:
        people = [Participant(parse_participant_code(c), sign, arm) for c, sign, arm in PEOPLE]
        add_participants(storage.database, people, "os:test")
        first, second, *_ = schedule(storage, FIRST, ("P01",))
        answer(storage.database, "P01", first, 1, worse=True)
        answer(storage.database, "P01", first, 2, worse=False)
        open_yes = answer(storage.database, "P02", first, 1, ("fall", "pain"), worse=True)
        with storage.database.writing() as connection:
            append_done(connection, open_yes, CANARY, ("sara", wall_ms(3)))
            append_done(connection, open_yes, "seen by a doctor", ("sara", wall_ms(9)))
        gone = answer(storage.database, "P02", second, 2, ("vision",), worse=True)
        with storage.database.writing() as connection:
            erase_fact(connection, gone, "of another woman", make_recorder())
    add_recipient(study, "lab")
    return study


def answer(
    database: Database,
    code: str,
    session: str,
    days: int,
    what: tuple[str, ...] = (),
    *,
    worse: bool,
) -> str:
    """So many days after the first session; its id."""
    at = wall_ms(days)
    said = NextDay(
        make_uuid7(at, os.urandom(RANDOM_BYTES)), session, code, worse, what,
        call_me=bool(what),
    )  # fmt: skip
    with database.writing() as connection:
        assert append_next_day(connection, said, code, f"participant:{code}", at) == "new"
    return said.id


def wall_ms(days: int) -> int:
    return round((FIRST + timedelta(days=days)).timestamp() * 1000)


def test_each_answer_has_a_row_with_days_and_a_reason_for_what_is_missing(
    answered: Study, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    export_to(answered, "lab", out, "--part", "sessions")
    told = rows(out / "next_day.csv")
    assert {row["session_number"] for row in told} == {"1"}  # the erased one has none
    names = ("answer_number", "is_newest", "answered_day", "worse", "symptoms", "symptoms_why",
             "asked_for_call", "seen_to_day", "seen_to_day_why")  # fmt: skip
    cells = sorted(tuple(row[name] for name in names) for row in told)
    assert cells == [
        ("1", "false", "2", "true", "", "refused", "false", "", "not_recorded"),
        ("1", "true", "2", "true", "fall;pain", "", "true", "4", ""),
        ("2", "true", "3", "false", "", "not_applicable", "", "", "not_applicable"),
    ]
    assert len({row["participant"] for row in told}) == 2
    assert frictionless.validate(str(out / "datapackage.json")).valid
    book = rows(out / "codebook.csv")
    labels = {one["column_name"]: one["label"] for one in book if one["table_name"] == "next_day"}
    assert "numbness_weakness" in labels["symptoms"]
    assert "done_text" not in labels
    manifest = json.loads((out / "manifest.json").read_text())
    assert "next_day.done_text" in manifest["left_out"]["free_text"]
    for path in out.iterdir():
        for canary in (b"Canary", b"2026-11", b"Figtree"):
            assert canary not in path.read_bytes(), path.name


def test_what_was_done_goes_out_by_an_approval_of_free_text(
    answered: Study, tmp_path: Path
) -> None:
    approve(answered, "lab", "free_text")
    export_to(answered, "lab", tmp_path / "out", "--approve", "free_text", "--part", "sessions")
    told = {row["done_text"] for row in rows(tmp_path / "out" / "next_day.csv")}
    assert told == {f"{CANARY} | seen by a doctor", ""}


def test_spss_and_redcap_have_the_answers_too(answered: Study, tmp_path: Path) -> None:
    export_to(answered, "lab", tmp_path / "spss", "--part", "sessions", profile="spss")
    frame, meta = pyreadstat.read_sav(tmp_path / "spss" / "next_day.sav")
    assert sorted(frame["worse"]) == [0.0, 1.0, 1.0]
    assert meta.column_names_to_labels["worse"] == "anything new or worse since the session"
    export_to(answered, "lab", tmp_path / "redcap", "--part", "sessions", profile="redcap")
    with (tmp_path / "redcap" / "import_next_day.csv").open(newline="") as file:
        form = list(csv.DictReader(file))
    assert {one["redcap_repeat_instrument"] for one in form} == {"next_day"}
    assert sorted(one["next_day_worse"] for one in form) == ["0", "1", "1"]
    fields = {
        one["Variable / Field Name"] for one in rows(tmp_path / "redcap" / "data_dictionary.csv")
    }
    assert {"next_day_symptoms", "next_day_symptoms_why"} <= fields
