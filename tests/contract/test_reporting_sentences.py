"""The study's own sentences: appended, corrected by adding, refused with a sentence."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from server.analysis.reporting.saying import say_sentence
from server.errors import ConflictError, NotFoundError, RuleError
from server.study.record_erasing import erase_sentence
from server.study.reporting_sentences import MAX_TEXT, NewSentence, read_histories
from tests.server_process import run_command
from tests.studies import Study, make_study

ITEM = "consort-2025/2"
FIRST = NewSentence(ITEM, " Registered \n as  IRCT1. ")


def test_a_correction_stands_beside_what_it_corrects(study: Study) -> None:
    with study.open() as storage:
        database = storage.database
        assert say_sentence(database, FIRST, "rana").text == "Registered as IRCT1."
        second = NewSentence(ITEM, "Registered as IRCT2.", reason="mistyped", seen=1)
        say_sentence(database, second, "os:ali")
        with database.reading() as connection:
            found = read_histories(connection)[ITEM]
    assert [(one.number, one.text, one.reason, one.recorded_by) for one in found] == [
        (1, "Registered as IRCT1.", None, "rana"),
        (2, "Registered as IRCT2.", "mistyped", "os:ali"),
    ]
    assert found[0].recorded_wall_ns <= found[1].recorded_wall_ns


@pytest.mark.parametrize(
    ("new", "error", "says"),
    [
        (NewSentence(ITEM, " \n "), RuleError, "is empty"),
        (NewSentence(ITEM, "…"), RuleError, "is empty"),
        (NewSentence(ITEM, "x" * (MAX_TEXT + 1)), RuleError, "1001 characters and may have 1000"),
        (NewSentence(ITEM, "a\u202eb"), RuleError, "invisible"),
        (NewSentence(ITEM, "a\x00b"), RuleError, "invisible"),
        (NewSentence("consort-2025/31", "text"), NotFoundError, "no item of this name"),
        (NewSentence(ITEM, "Registered as IRCT1."), RuleError, "just that already"),
        (NewSentence(ITEM, "Otherwise."), RuleError, "reason for the change is empty"),
        (NewSentence(ITEM, "Otherwise.", reason="y" * 501), RuleError, "may have 500"),
        (NewSentence(ITEM, "Otherwise.", reason="x", seen=0), ConflictError, "meanwhile"),
    ],
)
def test_what_can_not_be_stored_is_told_and_changes_nothing(
    study: Study, new: NewSentence, error: type[Exception], says: str
) -> None:
    with study.open() as storage:
        say_sentence(storage.database, FIRST, "rana")
        with pytest.raises(error, match=says):
            say_sentence(storage.database, new, "rana")
        with storage.database.reading() as connection:
            histories = read_histories(connection)
    assert [one.number for one in histories[ITEM]] == [1]
    assert list(histories) == [ITEM]


def test_persian_is_written_with_its_joiners(study: Study) -> None:
    with study.open() as storage:
        said = say_sentence(storage.database, NewSentence(ITEM, "می\u200cروم"), "rana")
    assert said.text == "می\u200cروم"


@pytest.mark.parametrize(
    "statement", ["UPDATE reporting_sentences SET text = 'x'", "DELETE FROM reporting_sentences"]
)
def test_the_database_itself_refuses_to_change_a_sentence(study: Study, statement: str) -> None:
    with study.open() as storage:
        say_sentence(storage.database, FIRST, "rana")
    with (
        study.connect() as database,
        pytest.raises(DBAPIError, match="append-only|never changes|no erasure of this row"),
        database.writing() as connection,
    ):
        connection.execute(text(statement))


def test_a_command_says_and_shows_it(study: Study) -> None:
    words = ("reporting", "set", "cert/6", "--text", "Music.", *study.arguments)
    done = run_command(*words)
    assert (done.returncode, done.stdout) == (0, "cert/6 has sentence 1: Music.\n")
    shown = run_command("reporting", "show", "cert", *study.arguments)
    assert "6  [Your sentence]  What was done to keep participants motivated.\n    Music." in (
        shown.stdout
    )
    told = json.loads(run_command("reporting", "show", "--json", *study.arguments).stdout)
    assert [one["id"] for one in told["checklists"]] == [
        "consort-2025", "consort-harms", "consort-npt", "cert", "tidier", "flow",
    ]  # fmt: skip
    own = [one["item"] for each in told["checklists"] for one in each["items"] if one["own"]]
    assert own == ["cert/6"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("reporting", "set", "cert/17", "--text", "x"), "no item of this name"),
        (("reporting", "set", "cert/6", "--text", ""), "is empty"),
        (("reporting", "show", "consort-1996"), "there is no checklist of this name"),
    ],
)
def test_a_wrong_word_ends_with_2_and_one_sentence(
    study: Study, words: tuple[str, ...], says: str
) -> None:
    done = run_command(*words, *study.arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_sentence_is_erased_once_it_is_confirmed_and_nothing_of_it_is_left(
    tmp_path: Path,
) -> None:
    study = make_study(tmp_path / "study")
    canary = "P07 is called Canary"
    with study.open() as storage:
        say_sentence(storage.database, NewSentence("cert/6", canary), "rana")
    words = ("reporting", "erase", "cert/6", "1", "--reason", "it names her", *study.arguments)
    shown = run_command(*words)
    assert (shown.returncode, shown.stderr) == (0, "")
    assert f"cert/6, sentence 1 by rana: {canary}\n" in shown.stdout
    assert "nothing is erased yet" in shown.stdout
    assert _find_files(study, canary) != []

    # with another program at the database its log isn't emptied by closing
    with closing(sqlite3.connect(study.path / "archive.sqlite3")) as another:
        another.execute("SELECT count(*) FROM reporting_sentences").fetchall()
        done = run_command(*words, "--confirm")
        assert _find_files(study, canary) == []
    assert _find_files(study, canary) == []
    assert (done.returncode, "erased; the chain still verifies" in done.stdout) == (0, True)
    audit = run_command("verify-audit", *study.arguments).stdout
    assert "2 study records, their chain is whole, what 1 said was erased by decision" in audit
    again = run_command(*words)
    assert (again.returncode, "has no sentence 1, or it is erased already" in again.stderr) == (
        2, True,
    )  # fmt: skip
    # what is said next has a number of its own, so that neither is taken for the other
    said = run_command("reporting", "set", "cert/6", "--text", "Music.", *study.arguments)
    assert said.stdout == "cert/6 has sentence 2: Music.\n"


def _find_files(study: Study, words: str) -> list[str]:
    """Of the database, those that hold them."""
    files = study.path.glob("archive.sqlite3*")
    return [one.name for one in files if words.encode() in one.read_bytes()]


def test_an_older_sentence_holds_again_and_whoever_saw_the_erased_one_is_told(
    study: Study,
) -> None:
    with study.open() as storage:
        database = storage.database
        say_sentence(database, FIRST, "rana")
        say_sentence(database, NewSentence(ITEM, "P07 fell.", reason="more"), "rana")
        with database.writing() as connection:
            erase_sentence(connection, ITEM, 2, "it names her", "os:root")
        with database.reading() as connection:
            assert [one.number for one in read_histories(connection)[ITEM]] == [1]
        with pytest.raises(ConflictError, match="meanwhile"):
            say_sentence(database, NewSentence(ITEM, "x.", reason="y", seen=2), "rana")
        said = say_sentence(database, NewSentence(ITEM, "x.", reason="y", seen=1), "rana")
        assert said.number == 3
        with database.writing() as connection, pytest.raises(RuleError, match="needs a reason"):
            erase_sentence(connection, ITEM, 3, " ", "os:root")
