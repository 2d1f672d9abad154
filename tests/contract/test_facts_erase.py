"""`facts erase`: shown first, done when confirmed; the chain verifies, and what is left is told."""

from dataclasses import replace
from pathlib import Path

import pytest

from server.db.database import Database
from server.errors import NotFoundError, RuleError
from server.study.analysis_records import add_plan, lock_data
from server.study.entry import Entry
from server.study.erasure import list_facts_of, preview_erasure
from server.study.fact_kind import FactKind
from server.study.facts import read_facts
from server.study.fields.field import Answer
from server.study.recipients import HandedOut, add_recipient, note_handed_out
from server.study.recorded import read_measurements
from tests.server_process import run_command
from tests.studies import Study, make_study
from tests.study_people import (
    BASELINE,
    P07,
    P08,
    add_two_women,
    measured,
    read_values,
    store,
)

CANARY = "canary of her therapy"
FIRST, SECOND = "019abcde-f012-7abc-8def-000000000001", "019abcde-f012-7abc-8def-000000000002"


def enter_values(database: Database) -> None:
    """Of P07 a value and its correction, a heart and a sample; of P08 one value."""
    add_two_women(database)
    first = replace(measured(weight_kg=57.3, dmt_text=CANARY), id=FIRST)
    second = replace(measured(weight_kg=58.3, age_y=36), id=SECOND, reason="read wrongly")
    found = Entry(FactKind.SAMPLE, P07, BASELINE, read_values({"value": 228.8, "unit": "pg/mL"}),
                  "bdnf", "serum")  # fmt: skip
    store(database, first)
    heart = measured(hr_rest_bpm=64, hr_rest_source="ecg", hr_max_bpm=178,
                     hr_max_source="exercise_test")  # fmt: skip
    store(database, second, found, heart)
    store(database, measured(P08, weight_kg=61))


def hand_out(database: Database, folder: Path) -> None:
    """To two recipients; her values are locked as well."""
    for name in ("lab", "clinic"):
        add_recipient(database, name, folder / f"{name}.key", "os:test")
        note_handed_out(database, HandedOut(name, "csv", (), None, "0f" * 32), "ana")
    add_plan(database, "x", "2d" * 32, None, "os:test")
    with database.writing() as connection:
        lock_data(connection, '{"codes": ["P07"]}', "3c" * 32, "steering group", "os:bo")


@pytest.fixture
def study_of_two(study: Study) -> Study:
    with study.open() as storage:
        enter_values(storage.database)
    return study


def test_what_would_hold_then_is_told_before(study_of_two: Study) -> None:
    with study_of_two.connect() as database, database.reading() as connection:
        (newer,) = preview_erasure(connection, [SECOND]).erased
        (older,) = preview_erasure(connection, [FIRST]).erased
        both = preview_erasure(connection, [FIRST, SECOND, SECOND]).erased
        hers = list_facts_of(connection, P07)
    assert newer.afterwards == {"weight_kg": Answer(57.3), "age_y": None}
    assert older.afterwards == {"dmt_text": None}  # the weight that was corrected stays so
    assert [one.afterwards for one in both] == [
        {"weight_kg": None, "dmt_text": None}, {"weight_kg": None, "age_y": None},
    ]  # fmt: skip
    assert [one.id for one in hers[:2]] == [FIRST, SECOND]
    assert len(hers) == 4


def test_only_an_entry_that_still_says_something_is_erased(study_of_two: Study) -> None:
    with (
        study_of_two.connect() as database,
        database.reading() as connection,
        pytest.raises(NotFoundError, match="facts list"),
    ):
        preview_erasure(connection, ["nothing"])
    done = run_command("facts", "erase", FIRST, "--reason", "x", "--confirm",
                       *study_of_two.arguments)  # fmt: skip
    assert done.returncode == 0, done.stderr
    with (
        study_of_two.connect() as database,
        database.reading() as connection,
        pytest.raises(RuleError, match="erased already"),
    ):
        preview_erasure(connection, [FIRST])


def test_nothing_goes_without_being_confirmed_and_all_of_hers_goes_with_it(
    study_of_two: Study, tmp_path: Path
) -> None:
    with study_of_two.connect() as database:
        hand_out(database, tmp_path)
    words = ("facts", "erase", "--participant", "P07", "--reason", "she withdrew")
    shown = run_command(*words, *study_of_two.arguments)
    assert (shown.returncode, shown.stderr) == (0, "")
    assert "nothing is erased yet: 4 entries would be" in shown.stdout
    assert "weight_kg: 57.3; then nothing" in shown.stdout
    assert f"dmt_text: {CANARY}; then nothing" in shown.stdout
    for left in (
        "dataset 1, handed out to lab as csv on ",
        "dataset 2, handed out to clinic as csv on ",
        "(analysis record 2) hold values of hers",
        "hr_max_bpm, hr_max_source, hr_rest_bpm lie among the measured hearts",
        "backups taken by hand",
    ):
        assert left in shown.stdout
    with study_of_two.connect() as database, database.reading() as connection:
        assert not any(one.is_erased for one in read_facts(connection))

    done = run_command(*words, "--confirm", *study_of_two.arguments)
    assert done.returncode == 0, done.stderr
    assert "erased: 4 entries; the chain still verifies" in done.stdout
    with study_of_two.connect() as database, database.reading() as connection:
        decisions = [one for one in read_facts(connection) if one.kind is FactKind.ERASED]
        assert {one.reason for one in decisions} == {"she withdrew"}
        assert all(one.recorded_by.startswith("os:") for one in decisions)
        assert all(one.is_erased for one in list_facts_of(connection, P07))
        read = {(one.code, one.time_point): one.answers for one in read_measurements(connection)}
    assert read[P07, BASELINE]["weight_kg"].value is None
    assert read[P08, BASELINE]["weight_kg"] == Answer(61.0)
    audit = run_command("verify-audit", *study_of_two.arguments)
    assert "9 study facts, their chain is whole, what 4 said was erased by decision" in audit.stdout
    again = run_command(*words, *study_of_two.arguments)
    assert (again.returncode, "nothing is stored of P07" in again.stderr) == (2, True)


def test_a_dataset_of_before_the_entry_can_not_hold_it(tmp_path: Path) -> None:
    study = make_study(tmp_path / "study")
    with study.open() as storage:
        enter_values(storage.database)
        in_fifty_years_s = 50 * 365 * 24 * 3600.0
        store(storage.database, measured(P08, edss=2), later_s=in_fifty_years_s)
        hand_out(storage.database, tmp_path)
        with storage.database.reading() as connection:
            *_, newest = list_facts_of(connection, P08)
            assert preview_erasure(connection, [newest.id]).datasets == ()
            assert preview_erasure(connection, [newest.id]).lock is None  # P07's alone
            assert [one.number for one in preview_erasure(connection, [FIRST]).datasets] == [1, 2]


def test_no_byte_of_it_is_left_in_the_studys_file(tmp_path: Path) -> None:
    study = make_study(tmp_path / "study")
    with study.open() as storage:
        enter_values(storage.database)
    files = [study.path / name for name in ("archive.sqlite3", "archive.sqlite3-wal")]
    assert any(CANARY.encode() in one.read_bytes() for one in files if one.exists())
    with study.connect() as served, served.reading() as connection:
        n_before = len(read_facts(connection))
        connection.rollback()  # a server has the file open, so that its log stays there
        done = run_command("facts", "erase", FIRST, "--reason", "x", "--confirm", *study.arguments)
        assert done.returncode == 0, done.stderr
        for one in study.path.rglob("*"):
            assert not (one.is_file() and CANARY.encode() in one.read_bytes()), one
        assert len(read_facts(connection)) == n_before + 1


COMPLAINTS = (
    ((), "give the ids of entries, or --participant"),
    ((FIRST, "--participant", "P07"), "give the ids of entries, or --participant"),
    (("nothing",), "there is no entry nothing"),
    (("--participant", "P99"), "nothing is stored of P99"),
)


def test_what_is_wrong_is_one_sentence(study_of_two: Study) -> None:
    start = ("facts", "erase", "--reason", "x", "--confirm", *study_of_two.arguments)
    for words, complaint in COMPLAINTS:
        done = run_command(*start, *words)
        assert (done.returncode, complaint in done.stderr) == (2, True), done.stderr
        assert done.stderr.count("\n") == 1
    listed = run_command("facts", "list", "P07", *study_of_two.arguments)
    assert listed.stdout.startswith(f"{FIRST}  measurement P07/baseline, number 1, by ana ")
    assert CANARY not in listed.stdout
