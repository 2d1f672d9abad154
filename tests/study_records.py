"""A study with a row in each table whose records are chained."""

from pathlib import Path

from sqlalchemy import Connection

from server.db.database import Database
from server.study.analysis_records import add_plan, lock_data
from server.study.approval import Verdict, Wanted
from server.study.approvals import ask_approval, decide_approval
from server.study.measured_heart import MeasuredHeart, Sex
from server.study.measured_hearts import add_measured_heart
from server.study.participant import Arm, Participant
from server.study.participants import add_participants
from server.study.quality_decisions import Act, Decision, FindingKey, add_decision
from server.study.recipients import HandedOut, add_recipient, note_handed_out, note_taken
from server.study.record_erasing import erase_sentence
from server.study.reporting_sentences import NewSentence, append_sentence
from server.study.time_zone import set_zone
from tests.study_people import P07

LAB = "University lab"
WANTED = Wanted(LAB, "csv", ("dates",), "the board's letter of 12 May", 1, 3)


ITEM, CANARY = "cert/6", "canary of Mrs Fig"
FINDING = FindingKey("s1", "gap", "P07", "4b" * 32)


def keep_records(database: Database, folder: Path) -> None:
    """Chained in this order: recipients twice, a request, a decision, two datasets, one taken, …

    Of the study's own sentences the first is erased.
    """
    for name in (LAB, "Clinic"):
        add_recipient(database, name, folder / f"{name}.key", "os:root")
    number = ask_approval(database, WANTED, "ana")
    decide_approval(database, number, Verdict.APPROVED, "bo", None)
    first = HandedOut(LAB, "csv", ("dates",), WANTED.reason, "0f" * 32, number)
    note_handed_out(database, first, "ana")
    note_handed_out(database, HandedOut("Clinic", "spss", (), None, "1e" * 32), "bo")
    note_taken(database, 1, "ana")
    add_plan(database, "outcomes = []", "2d" * 32, None, "os:root")
    with database.writing() as connection:
        lock_and_place(connection)
    woman = Participant(P07, "Fig", Arm.TRAINING)
    add_participants(database, [woman], "os:root")
    add_measured_heart(database, P07, MeasuredHeart(62, Sex.FEMALE, max_bpm=181.5), "bo", None)
    with database.writing() as connection:
        add_decision(connection, Decision(0, FINDING, "a gap", Act.ACCEPTED, None, "bo", 1), 0)
        append_sentence(connection, NewSentence(ITEM, CANARY), "ana")
        erase_sentence(connection, ITEM, 1, "it names somebody", "os:root")
        append_sentence(connection, NewSentence(ITEM, "Music."), "ana")


def lock_and_place(connection: Connection) -> None:
    """The last two."""
    lock_data(connection, "{}", "3c" * 32, "steering group", "os:root")
    set_zone(connection, "Asia/Tehran", None, "os:root")


NAMES = [
    "recipients/University lab",
    "recipients/Clinic",
    "approval_requests/1",
    "approval_decisions/1",
    "handed_out/1",
    "handed_out/2",
    "datasets_taken/1",
    "analysis_records/1",
    "analysis_records/2",
    "study_zones/1",
    "participant_entries/P07/1",
    "measured_hearts/P07/1",
    "quality_decisions/1",
    "reporting_sentences/cert/6/1",
    "record_erasures/reporting_sentences/cert/6/1",
    "reporting_sentences/cert/6/2",
]
