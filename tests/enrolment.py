"""Participants of a test's study, enrolled from the shell."""

from collections.abc import Iterable

from protocol.identifiers import parse_participant_code
from server.db.database import Database
from server.study.participant import Arm, Participant
from server.study.participants import add_participants


def enrol_people(database: Database, codes: Iterable[str], signs: Iterable[str], arm: Arm) -> None:
    """All of them in one arm."""
    people = [
        Participant(parse_participant_code(code), sign, arm)
        for code, sign in zip(codes, signs, strict=True)
    ]
    add_participants(database, people, "os:test")
