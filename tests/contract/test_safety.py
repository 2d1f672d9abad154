"""Limits: none without a clinician's signature under just these values, on both databases."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Table, delete, insert, update
from sqlalchemy.exc import DBAPIError

from server.db.database import Database
from server.errors import (
    ConflictError,
    NotFoundError,
    NotPermittedError,
    RuleError,
    SignInRefusedError,
)
from server.people.confirming import confirm_person
from server.people.registry import Registry
from server.people.roles import Role
from server.safety.limits import SafetyLimits
from server.safety.phone_list import read_phones, write_phones
from server.safety.phones import Phone
from server.safety.register import (
    Proposal,
    propose_limits,
    read_history,
    read_in_force,
    sign_limits,
)
from server.safety.tables import (
    APPEND_ONLY,
    EMERGENCY_PHONES,
    SAFETY_SIGNATURES,
)
from tests.server_process import run_command
from tests.staff import PASSWORD, add_person
from tests.studies import Study, make_study

FIRST = SafetyLimits(150, 14, 16, {"P07": 130})
SECOND = SafetyLimits(145, 14, 16, {})
KARIMI = ("karimi", "neurologist, 12345")


@pytest.fixture
def database(study: Study) -> Iterator[Database]:
    with study.open() as storage:
        add_person(storage.database, "karimi", Role.CLINICIAN)
        add_person(storage.database, "sara", Role.TRAINER)
        yield storage.database


def propose(database: Database, limits: SafetyLimits) -> Proposal:
    with database.writing() as connection:
        return propose_limits(connection, limits, ["P07"], "stress test", "os:ana")


def sign(database: Database, digest: str, reason: str = "seen") -> Proposal:
    with database.writing() as connection:
        return sign_limits(connection, digest, KARIMI, reason, "os:ana")


def in_force(database: Database) -> SafetyLimits | None:
    with database.reading() as connection:
        found = read_in_force(connection)
    return None if found is None else found.limits


def test_unsigned_values_have_no_effect(database: Database) -> None:
    assert in_force(database) is None
    made = propose(database, FIRST)
    assert in_force(database) is None
    signed = sign(database, made.sha256[:8])
    assert in_force(database) == FIRST
    assert signed.signature is not None
    assert (signed.signature.signed_by, signed.signature.qualification) == KARIMI
    assert (signed.signature.reason, signed.signature.sha256) == ("seen", made.sha256)


def test_a_change_voids_the_signature_and_the_history_is_kept(database: Database) -> None:
    sign(database, propose(database, FIRST).sha256)
    changed = propose(database, SECOND)
    assert in_force(database) is None
    sign(database, changed.sha256)
    assert in_force(database) == SECOND
    propose(database, FIRST)  # values that were signed once aren't signed for ever
    assert in_force(database) is None
    with database.reading() as connection:
        history = read_history(connection)
    assert [(one.limits, one.is_signed) for one in history] == [
        (FIRST, True), (SECOND, True), (FIRST, False),
    ]  # fmt: skip


def test_only_the_values_that_she_saw_can_be_signed(database: Database) -> None:
    seen = propose(database, FIRST)
    propose(database, SECOND)
    with pytest.raises(ConflictError, match="safety show"):
        sign(database, seen.sha256)
    with pytest.raises(ConflictError):
        sign(database, "")
    assert in_force(database) is None


def test_nothing_can_be_signed_twice_or_without_a_reason_or_when_there_is_nothing(
    database: Database,
) -> None:
    with pytest.raises(NotFoundError, match="nobody proposed"):
        sign(database, "0" * 64)
    made = propose(database, FIRST)
    with pytest.raises(RuleError, match="reason"):
        sign(database, made.sha256, " ")
    sign(database, made.sha256)
    with pytest.raises(ConflictError, match="karimi signed"):
        sign(database, made.sha256)
    empty = propose(database, SafetyLimits())
    with pytest.raises(RuleError, match="nothing to sign"):
        sign(database, empty.sha256)
    assert in_force(database) is None


def test_the_same_values_again_and_a_stranger_are_refused(database: Database) -> None:
    with pytest.raises(RuleError, match="already"):
        propose(database, SafetyLimits())
    sign(database, propose(database, FIRST).sha256)
    with pytest.raises(RuleError, match="already"):
        propose(database, FIRST)
    with pytest.raises(NotFoundError, match="P99"):
        propose(database, SafetyLimits(hr_ceiling_bpm_of={"P99": 120}))
    assert in_force(database) == FIRST


def test_a_signature_for_other_values_is_none(database: Database) -> None:
    """Whoever writes to the file past the program can't make values count that nobody signed."""
    made = propose(database, FIRST)
    row = {"number": made.number, "sha256": "0" * 64, "signed_by": "karimi",
           "qualification": "x", "reason": "x", "recorded_by": "x",
           "recorded_wall_ns": 1}  # fmt: skip
    with database.writing() as connection:
        connection.execute(insert(SAFETY_SIGNATURES), [row])
    assert in_force(database) is None


def test_only_a_clinician_with_her_password_signs(database: Database) -> None:
    confirm_person(database, "karimi", PASSWORD, Role.CLINICIAN, "os:ana")
    with pytest.raises(NotPermittedError, match="only a clinician"):
        confirm_person(database, "sara", PASSWORD, Role.CLINICIAN, "os:ana")
    for name in ("karimi", "nobody"):
        with pytest.raises(SignInRefusedError):
            confirm_person(database, name, "another-password", Role.CLINICIAN, "os:ana")
    Registry(database, "os:ana").disable("karimi")
    with pytest.raises(SignInRefusedError):
        confirm_person(database, "karimi", PASSWORD, Role.CLINICIAN, "os:ana")


def test_phones_are_replaced_as_a_list_and_need_no_signature(database: Database) -> None:
    with database.writing() as connection:
        assert read_phones(connection) == []
        write_phones(connection, [Phone("Ambulance", "115")], "os:ana")
        write_phones(connection, [Phone("Ward", "+98 21"), Phone("Ambulance", "112")], "os:ana")
        assert read_phones(connection) == [Phone("Ward", "+98 21"), Phone("Ambulance", "112")]


@pytest.mark.parametrize("table", APPEND_ONLY, ids=str)
def test_the_database_itself_refuses_to_change_or_forget(database: Database, table: Table) -> None:
    sign(database, propose(database, FIRST).sha256)
    with database.writing() as connection:
        write_phones(connection, [Phone("Ambulance", "115")], "os:ana")
    for statement in (update(table).values(recorded_by="other"), delete(table)):
        with pytest.raises(DBAPIError, match="append-only"), database.writing() as connection:
            connection.execute(statement)
    assert in_force(database) == FIRST
    assert EMERGENCY_PHONES in APPEND_ONLY


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., str]:
    """The commands as people run them, on a study with a clinician and P07."""
    study = make_study(tmp_path / "study")
    (tmp_path / "limits.toml").write_text("hr_ceiling_bpm = 150\n[hr_ceiling_bpm_of]\nP07 = 130\n")
    (tmp_path / "password").write_text(PASSWORD + "\n")
    with study.open() as storage:
        add_person(storage.database, "karimi", Role.CLINICIAN)
        add_person(storage.database, "sara", Role.TRAINER)

    def command(*words: str, refused: bool = False) -> str:
        placed = [str(tmp_path / word) if (tmp_path / word).is_file() else word for word in words]
        done = run_command(*placed, *study.arguments)
        assert done.returncode == (2 if refused else 0), done.stderr
        assert "Traceback" not in done.stderr
        return done.stderr if refused else done.stdout

    command("participants", "add", "P07", "--sign", "Fig", "--arm", "training")
    return command


def test_the_commands_from_a_file_to_a_signature(run: Callable[..., str]) -> None:
    assert "none is in force" in run("safety", "show")
    said = run("safety", "propose", "limits.toml", "--reason", "stress test of May")
    assert "none of it has any effect until a clinician signs" in said
    digest = said.partition("hash ")[2][:64]
    assert "signed by nobody" in run("safety", "show")
    words = ["safety", "sign", digest[:8], "--qualification", "neurologist", "--reason", "seen",
             "--password-file", "password"]  # fmt: skip
    assert "only a clinician" in run(*words, "--as", "sara", refused=True)
    assert json.loads(run("safety", "show", "--json"))["in_force"] is None
    assert "signed by karimi (neurologist)" in run(*words, "--as", "karimi")
    told = json.loads(run("safety", "show", "--json"))
    assert told["in_force"]["limits"]["hr_ceiling_bpm_of"] == {"P07": 130}
    assert told["in_force"]["signature"]["sha256"] == digest


def test_the_commands_refuse_in_one_sentence(run: Callable[..., str], tmp_path: Path) -> None:
    (tmp_path / "wrong.toml").write_text("rpe_hold = 21")
    for words in (
        ("safety", "propose", "wrong.toml", "--reason", "x"),
        ("safety", "propose", "nowhere.toml", "--reason", "x"),
        ("safety", "phones", "Ambulance"),
        ("safety", "sign", "12345678", "--as", "karimi", "--qualification", "x", "--reason", "x"),
    ):
        assert run(*words, refused=True).count("\n") == 1
    assert run("safety", "phones", "Ambulance=115") == "call Ambulance            115\n"
    assert json.loads(run("safety", "show", "--json"))["history"] == []
