"""Participants: appended to, never changed, on both databases; and the commands for people."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from protocol.identifiers import parse_participant_code
from protocol.messages.roster import ConsentedStream, RosterStrap
from server.db.database import Database
from server.errors import ConflictError, NotFoundError, RuleError
from server.gateways.roster import add_strap
from server.study.participant import Arm, Flag, Participant
from server.study.participants import (
    add_participants,
    change_participant,
    find_participant,
    read_participants,
)
from server.study.tables import PARTICIPANT_ENTRIES
from tests.server_process import run_command
from tests.studies import Study, make_study

P07 = parse_participant_code("P07")
FIG = Participant(P07, "Fig", Arm.TRAINING, (Flag.HEAT_SENSITIVE,), "8AA87D20")
TEA = Participant(parse_participant_code("P12"), "Tea", Arm.CONTROL)


@pytest.fixture
def database(study: Study) -> Iterator[Database]:
    with study.open() as storage:
        strap = RosterStrap("8AA87D20", "h10", "07", [ConsentedStream.HEART_RATE])
        add_strap(storage.database, strap)
        add_participants(storage.database, [TEA, FIG], "os:test")
        yield storage.database


def read(database: Database) -> list[Participant]:
    with database.reading() as connection:
        return read_participants(connection)


def test_everybody_by_code(database: Database) -> None:
    assert read(database) == [FIG, TEA]


def test_a_change_is_added_with_its_reason_and_what_held_before_stays(database: Database) -> None:
    changed = Participant(P07, "Oak", Arm.TRAINING, (Flag.HR_UNRELIABLE,), None)
    change_participant(database, changed, "beta blocker since May", "os:test")
    assert read(database) == [changed, TEA]
    change_participant(database, FIG, "was a mistake", "os:other")
    assert read(database) == [FIG, TEA]
    entries = PARTICIPANT_ENTRIES.c
    hers = select(entries.sign, entries.recorded_by, entries.reason).where(entries.code == P07)
    with database.reading() as connection:
        trail = [tuple(row) for row in connection.execute(hers.order_by(entries.number))]
    assert trail == [
        ("Fig", "os:test", None),
        ("Oak", "os:test", "beta blocker since May"),
        ("Fig", "os:other", "was a mistake"),
    ]


def test_the_database_itself_refuses_to_change_or_branch_a_history(database: Database) -> None:
    with pytest.raises(DBAPIError, match="append-only"), database.writing() as connection:
        connection.execute(update(PARTICIPANT_ENTRIES).values(arm="control"))
    with pytest.raises(DBAPIError, match="append-only"), database.writing() as connection:
        connection.execute(delete(PARTICIPANT_ENTRIES))
    change_participant(database, Participant(P07, "Oak", Arm.TRAINING), "one", "os:test")
    with database.reading() as connection:
        rows = connection.execute(
            select(PARTICIPANT_ENTRIES).order_by(PARTICIPANT_ENTRIES.c.number)
        )
        first, newest = [dict(row) for row in rows.mappings() if row["code"] == P07]
    unexplained = ({**newest, "number": 3, "reason": ""}, {**newest, "number": 3, "reason": None})
    for branch in (first, newest, *unexplained, {**first, "code": "P20", "reason": "x"}):
        with pytest.raises(IntegrityError), database.writing() as connection:
            connection.execute(PARTICIPANT_ENTRIES.insert(), [branch])
    assert [one.sign for one in read(database)] == ["Oak", "Tea"]


def test_what_may_not_be(database: Database) -> None:
    def participant(code: str, sign: str, strap: str | None = None) -> Participant:
        return Participant(parse_participant_code(code), sign, Arm.TRAINING, (), strap)

    before = read(database)
    with pytest.raises(ConflictError, match="P07 is in the study already"):
        add_participants(database, [participant("P20", "Sea"), participant("P07", "Sun")], "os:t")
    with pytest.raises(RuleError, match="P12 has the sign Tea already"):
        add_participants(database, [participant("P20", "Tea")], "os:t")
    with pytest.raises(NotFoundError, match="strap 8AA87D99 is not on the roster"):
        add_participants(database, [participant("P20", "Sea", "8AA87D99")], "os:t")
    with pytest.raises(RuleError, match="usually worn by P07"):
        change_participant(database, participant("P12", "Tea", "8AA87D20"), "why", "os:t")
    with pytest.raises(RuleError, match="needs a reason"):
        change_participant(database, participant("P12", "Sea"), " ", "os:t")
    with pytest.raises(RuleError, match="just so already"):
        change_participant(database, TEA, "why", "os:t")
    with pytest.raises(NotFoundError, match="P13 is not in the study"):
        change_participant(database, participant("P13", "Sea"), "why", "os:t")
    with database.reading() as connection, pytest.raises(NotFoundError):
        find_participant(connection, parse_participant_code("P13"))
    assert read(database) == before


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return make_study(tmp_path / "study").path


def run(directory: Path, *words: str) -> tuple[int, str]:
    done = run_command("participants", *words, "--data", str(directory))
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout + done.stderr


def test_the_commands(directory: Path, tmp_path: Path) -> None:
    assert "nobody is in the study yet" in run(directory, "list")[1]
    run_command("straps", "add", "8AA87D20", "--model", "h10", "--data", str(directory))
    more = ("--flags", "hr_unreliable", "--strap", "8aa87d20")
    assert run(directory, "add", "p07", "--sign", "fig", "--arm", "training", *more) == (
        0,
        "P07 Fig is in the study (training)\n",
    )
    (tmp_path / "more.csv").write_text(
        "code,sign,arm,flags,strap\nP01,Tea,control,,\nP02,Sea,training,"
        '"heat_sensitive,hr_unreliable",\n'
    )
    assert run(directory, "add", "--from", str(tmp_path / "more.csv"))[0] == 0
    words = ("change", "P07", "--flags", "", "--strap", "none", "--reason", "new medicine")
    assert run(directory, *words)[0] == 0
    listed = json.loads(run(directory, "list", "--json")[1])
    assert listed[1:] == [
        {
            "code": "P02",
            "sign": "Sea",
            "arm": "training",
            "flags": ["heat_sensitive", "hr_unreliable"],
            "usual_strap": None,
        },
        {"code": "P07", "sign": "Fig", "arm": "training", "flags": [], "usual_strap": None},
    ]
    assert "P01   Tea          control   -\n" in run(directory, "list")[1]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("code,sign\nP01,Fig\n", "its first line must read code,sign,arm,flags,strap"),
        ("code,sign,arm,flags,strap\nP01,Fig,training\n", "line 2: 5 columns are needed"),
        ("code,sign,arm,flags,strap\nP01,Fig,training,,,x\n", "line 2: 5 columns are needed"),
        ("code,sign,arm,flags,strap\nP01,Fig,training,,\nMaryam,Tea,training,,\n", "line 3:"),
        ("code,sign,arm,flags,strap\nP01,Fig,A,,\n", "line 2: an arm is training or control"),
    ],
)
def test_a_list_with_a_mistake_adds_nobody(
    directory: Path, tmp_path: Path, content: str, sentence: str
) -> None:
    path = tmp_path / "list.csv"
    path.write_text(content)
    code, said = run(directory, "add", "--from", str(path))
    assert (code, said.count("\n")) == (2, 1)
    assert sentence in said
    assert "nobody is in the study yet" in run(directory, "list")[1]
