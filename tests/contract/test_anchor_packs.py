"""Licensed wording: loaded with its licence, shown, replaced, withdrawn; on both databases."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import DBAPIError

from protocol.errors import PlanError
from server.db.database import Database
from server.errors import NotFoundError, RuleError
from server.study.anchor_packs import (
    LoadedPack,
    load_pack,
    read_all_packs,
    read_packs,
    withdraw_pack,
)
from server.study.tables import ANCHOR_PACKS
from tests.licensed_words import BORG, CR10
from tests.server_process import run_command
from tests.studies import Study, make_study

STATEMENT = "licensor to Uni, study 7"


@pytest.fixture
def database(study: Study) -> Iterator[Database]:
    with study.open() as storage:
        yield storage.database


def load(database: Database, text: str, statement: str = STATEMENT) -> LoadedPack:
    with database.writing() as connection:
        return load_pack(connection, text, statement, "os:ana")


def shown(database: Database) -> dict[str, str]:
    """By scale, the words of the first number."""
    with database.reading() as connection:
        return {s: one.pack.anchors[0].words for s, one in read_packs(connection).items()
                if one.pack}  # fmt: skip


def test_a_pack_is_shown_with_its_licence_and_hash_and_another_takes_its_place(
    database: Database,
) -> None:
    assert shown(database) == {}
    first = load(database, BORG)
    assert first.sha256 == hashlib.sha256(BORG.encode()).hexdigest()
    assert (first.statement, first.recorded_by) == (STATEMENT, "os:ana")
    load(database, CR10)
    load(database, BORG.replace("made-up six", "another six"))
    assert shown(database) == {"borg_6_20": "another six", "borg_cr10": "made-up six"}


def test_after_a_withdrawal_there_are_no_words_and_what_was_stays(database: Database) -> None:
    load(database, BORG)
    with database.writing() as connection:
        withdraw_pack(connection, "borg_6_20", "licence ended", "os:ana")
    assert shown(database) == {}
    with database.writing() as connection:
        with pytest.raises(NotFoundError):
            withdraw_pack(connection, "borg_6_20", "again", "os:ana")
        assert [one.statement for one in read_all_packs(connection)] == [STATEMENT, "licence ended"]
    load(database, BORG)
    assert shown(database) == {"borg_6_20": "made-up six"}


def test_without_a_licence_statement_and_the_same_again_are_refused(database: Database) -> None:
    with pytest.raises(RuleError, match="licence"):
        load(database, BORG, " ")
    load(database, BORG)
    with pytest.raises(RuleError, match="already"):
        load(database, BORG)
    with pytest.raises(PlanError, match="isn't a number of borg_6_20"):
        load(database, BORG.replace("= 20", "= 21"))
    assert shown(database) == {"borg_6_20": "made-up six"}


def test_the_database_itself_refuses_to_change_or_forget(database: Database) -> None:
    load(database, BORG)
    for statement in (update(ANCHOR_PACKS).values(statement="x"), delete(ANCHOR_PACKS)):
        with pytest.raises(DBAPIError, match="append-only"), database.writing() as connection:
            connection.execute(statement)
    assert shown(database) == {"borg_6_20": "made-up six"}


def test_the_commands(tmp_path: Path) -> None:
    study = make_study(tmp_path / "study")
    file = tmp_path / "pack.toml"

    def run(*words: str, code: int = 0) -> str:
        done = run_command("anchors", *words, *study.arguments)
        assert (done.returncode, "Traceback" in done.stderr) == (code, False), done.stderr
        return done.stdout if code == 0 else done.stderr

    assert "own end words" in run("list")
    file.write_text(BORG)
    assert "borg_6_20 fa 77-A is shown" in run("load", str(file), "--statement", STATEMENT)
    (told,) = json.loads(run("list", "--json"))
    assert (told["is_shown"], told["statement"]) == (True, STATEMENT)
    file.write_text(BORG.replace("= 20", "= 21"))
    said = run("load", str(file), "--statement", STATEMENT, code=2)
    assert said.startswith(f"{file}: ") or str(file) in said
    run("withdraw", "borg_6_20", "--reason", "licence ended")
    assert [one["is_shown"] for one in json.loads(run("list", "--json"))] == [False, False]
