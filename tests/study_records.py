"""A study with a row in each table whose records are chained."""

from pathlib import Path

from sqlalchemy import Connection

from server.db.database import Database
from server.study.analysis_records import add_plan, lock_data
from server.study.approval import Verdict, Wanted
from server.study.approvals import ask_approval, decide_approval
from server.study.recipients import HandedOut, add_recipient, note_handed_out, note_taken
from server.study.time_zone import set_zone

LAB = "University lab"
WANTED = Wanted(LAB, "csv", ("dates",), "the board's letter of 12 May", 1, 3)


def keep_records(database: Database, folder: Path) -> None:
    """Chained in this order: recipients twice, a request, a decision, two datasets, one taken, …"""
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
]
