"""G3, threat 12: what could give somebody away is approved by a second person, or stays inside."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import insert

from server.db.database import Database
from server.errors import (
    ApprovalNeededError,
    ConflictError,
    NotFoundError,
    NotPermittedError,
    RuleError,
)
from server.people.roles import Role
from server.study.approval import Approval, Verdict, Wanted
from server.study.approvals import (
    ask_approval,
    decide_approval,
    find_approval,
    read_approvals,
    require_approval,
)
from server.study.recipients import HandedOut, add_recipient, note_handed_out, read_noted
from server.study.record_tables import APPROVAL_DECISIONS, APPROVAL_REQUESTS
from tests.contract.test_export_dataset import add_recipient as add_by_command
from tests.contract.test_export_dataset import fill
from tests.server_process import run_command
from tests.staff import PASSWORD, add_person
from tests.studies import Study, make_study

WANTED = Wanted("lab", "csv", ("arms", "dates"), "the board's letter of 12 May", 1, 3)
MANIFEST, OTHER = "0f" * 32, "1e" * 32


@pytest.fixture
def database(study: Study, tmp_path: Path) -> Iterator[Database]:
    with study.open() as storage:
        for name in ("lab", "clinic"):
            add_recipient(storage.database, name, tmp_path / f"{name}.key", "os:test")
        yield storage.database


def find(database: Database, builder: str, *words: str, recipient: str = "lab") -> Approval | None:
    with database.reading() as connection:
        return find_approval(connection, recipient, "csv", words or WANTED.words, builder)


def get_approved(database: Database) -> int:
    number = ask_approval(database, WANTED, "ana")
    decide_approval(database, number, Verdict.APPROVED, "bo", None)
    return number


def test_who_asked_can_not_approve_under_either_of_her_names(database: Database) -> None:
    number = ask_approval(database, WANTED, "ana")
    for same in ("ana", "os:ana"):
        with pytest.raises(NotPermittedError, match="somebody else has to decide"):
            decide_approval(database, number, Verdict.APPROVED, same, None)
    with database.reading() as connection:
        assert [one.decision for one in read_approvals(connection)] == [None]
    assert find(database, "ana") is None


def test_neither_who_approved_nor_a_stranger_to_it_builds(database: Database) -> None:
    number = get_approved(database)
    for builder in ("bo", "os:bo"):
        assert find(database, builder) is None
    for builder in ("ana", "cy", "os:root"):
        found = find(database, builder)
        assert found is not None
        assert (found.number, found.asked_by, found.approved_by) == (number, "ana", "bo")
    with (
        database.reading() as connection,
        pytest.raises(ApprovalNeededError, match="approvals ask"),
    ):
        require_approval(connection, "lab", "csv", WANTED.words, "bo")


def test_an_approval_is_for_its_recipient_profile_and_words_alone(database: Database) -> None:
    get_approved(database)
    assert find(database, "ana", "dates", "arms") is not None
    for words in (("dates",), ("dates", "arms", "serials")):
        assert find(database, "ana", *words) is None
    assert find(database, "ana", recipient="clinic") is None
    with database.reading() as connection:
        assert find_approval(connection, "lab", "spss", WANTED.words, "ana") is None


def test_an_approval_is_used_for_one_dataset_which_may_be_built_again(database: Database) -> None:
    number = get_approved(database)
    one = HandedOut("lab", "csv", WANTED.words, WANTED.reason, MANIFEST, number)
    assert note_handed_out(database, one, "ana") == 1
    assert note_handed_out(database, one, "ana") == 2  # the same bytes
    with pytest.raises(RuleError, match="was used for a dataset of other data"):
        note_handed_out(database, replace(one, manifest_sha256=OTHER), "ana")
    again = get_approved(database)
    found = find(database, "ana")
    assert found is not None
    assert found.number == again  # one that wasn't used yet comes first
    note_handed_out(database, replace(one, manifest_sha256=OTHER, approval=again), "ana")
    with database.reading() as connection:
        noted = read_noted(connection)
    assert [(one.approval.asked_by, one.approval.approved_by) for one in noted if one.approval] == [
        ("ana", "bo")
    ] * 3


def test_a_decision_that_somebody_slipped_in_lets_nobody_build(database: Database) -> None:
    number = ask_approval(database, WANTED, "ana")
    row = {"request": number, "asked_by": "ana", "decision": "approved", "decided_by": "bo",
           "decided_wall_ns": 1}  # fmt: skip
    with database.writing() as connection:
        connection.execute(insert(APPROVAL_DECISIONS), [row])
    with pytest.raises(RuleError, match="approval_decisions/1 can't be relied on: .*slipped in"):
        find(database, "cy")
    one = HandedOut("lab", "csv", WANTED.words, WANTED.reason, MANIFEST, number)
    with pytest.raises(RuleError, match="approval_decisions/1 can't be relied on"):
        note_handed_out(database, one, "cy")


def test_a_request_that_somebody_slipped_in_is_decided_by_nobody(database: Database) -> None:
    row = {"number": 1, "recipient": "lab", "profile": "csv", "approved": "arms", "reason": "x",
           "in_small_groups": 0, "asked_by": "ana", "asked_wall_ns": 1}  # fmt: skip
    with database.writing() as connection:
        connection.execute(insert(APPROVAL_REQUESTS), [row])
    with pytest.raises(RuleError, match="approval_requests/1 can't be relied on"):
        decide_approval(database, 1, Verdict.APPROVED, "bo", None)


def test_nothing_is_handed_out_by_another_ones_approval(database: Database) -> None:
    number = get_approved(database)
    fits = HandedOut("lab", "csv", WANTED.words, WANTED.reason, MANIFEST, number)
    for wrong in (
        replace(fits, approval=None),
        replace(fits, recipient="clinic"),
        replace(fits, profile="spss"),
        replace(fits, approved=("arms",)),
    ):
        with pytest.raises(RuleError):
            note_handed_out(database, wrong, "ana")
    with pytest.raises(RuleError, match="not for bo"):
        note_handed_out(database, fits, "bo")
    with pytest.raises(NotFoundError):
        note_handed_out(database, replace(fits, approval=7), "ana")
    with database.reading() as connection:
        assert read_noted(connection) == []


def test_a_request_is_decided_once_and_a_refusal_has_its_reason(database: Database) -> None:
    number = ask_approval(database, WANTED, "ana")
    with pytest.raises(ConflictError, match="request 1 asks for the same, and waits"):
        ask_approval(database, replace(WANTED, words=("dates", "arms")), "cy")
    with pytest.raises(RuleError, match="a refusal needs a reason"):
        decide_approval(database, number, Verdict.REFUSED, "bo", " ")
    decided = decide_approval(database, number, Verdict.REFUSED, "bo", "the letter is of 2025")
    assert decided.decision is not None
    assert (decided.decision.reason, decided.approved_by) == ("the letter is of 2025", None)
    assert find(database, "ana") is None
    with pytest.raises(ConflictError, match="was refused by bo already"):
        decide_approval(database, number, Verdict.APPROVED, "cy", None)
    assert ask_approval(database, WANTED, "ana") == 2
    with pytest.raises(NotFoundError):
        decide_approval(database, 3, Verdict.APPROVED, "bo", None)


@pytest.mark.parametrize("wrong", [{"words": ()}, {"reason": " "}, {"reason": "x" * 501},
                                   {"reason": "two\nlines"}])  # fmt: skip
def test_a_request_says_what_and_why(database: Database, wrong: dict[str, str]) -> None:
    with pytest.raises(RuleError):
        ask_approval(database, replace(WANTED, **wrong), "ana")  # type: ignore[arg-type]


@pytest.fixture
def on_disk(tmp_path: Path) -> Study:
    study = make_study(tmp_path / "study")
    fill(study)
    with study.open() as storage:
        for name, role in (("bo", Role.DATA_MANAGER), ("ada", Role.ADMIN)):
            add_person(storage.database, name, role)
    add_by_command(study, "lab")
    return study


def test_by_command_one_asks_and_another_decides_with_her_password(
    on_disk: Study, tmp_path: Path
) -> None:
    password = tmp_path / "password"
    password.write_text(PASSWORD)
    password.chmod(0o600)
    ask = ("approvals", "ask", "--recipient", "lab", "--profile", "csv", "--approve", "dates")
    asked = run_command(*ask, "--reason", "the board's letter", *on_disk.arguments)
    assert asked.stdout.startswith("request 1: the smallest group alike has 1, 3 participants are")
    out = ("export", "--profile", "csv", "--recipient", "lab", "--approve", "dates", "--key-file",
           str(tmp_path / "lab.key"), "--out", str(tmp_path / "out"))  # fmt: skip
    waits = run_command(*out, *on_disk.arguments)
    assert (waits.returncode, "no second person approved dates" in waits.stderr) == (2, True)
    decide = ("approvals", "decide", "1", "--password-file", str(password), "--approve")
    for name, complaint in (("ada", "only a data-manager or researcher"), ("no", "don't belong")):
        refused = run_command(*decide, "--as", name, *on_disk.arguments)
        assert (refused.returncode, complaint in refused.stderr) == (2, True), refused.stderr
    decided = run_command(*decide, "--as", "bo", *on_disk.arguments)
    assert (decided.returncode, "approved by bo" in decided.stdout) == (0, True), decided.stderr
    built = run_command(*out, *on_disk.arguments)
    assert built.returncode == 0, built.stderr
    listed = run_command("approvals", "list", *on_disk.arguments).stdout
    assert "asked by os:" in listed
    assert "used for the dataset with manifest" in listed
