"""Thirty women who are alike in groups: enough for some bands, too few for exact values."""

from protocol.identifiers import ParticipantCode, parse_participant_code
from server.db.database import Database
from server.study.entry import Entry
from server.study.measurement import TimePoint
from server.study.participant import Arm, Participant
from server.study.participants import add_participants
from tests.study_people import measured, store

N = 30
SIGNS = [f"{one}{other}" for one in ("Sea", "Tea", "Fig") for other in "abcdefghij"]


def add_women(database: Database, start: int = 0, end: int = N) -> None:
    """Aged 30 to 44 by one year, two of each; EDSS 1 to 3.5 and one of 6.5; half in each arm."""
    codes = {n: parse_participant_code(f"P{n + 1:02d}") for n in range(start, end)}
    people = [
        Participant(code, SIGNS[n], Arm.TRAINING if n % 2 else Arm.CONTROL)
        for n, code in codes.items()
    ]
    add_participants(database, people, "os:test")
    store(database, *(entry for n, code in codes.items() for entry in _measure(n, code)))


def _measure(n: int, code: ParticipantCode) -> list[Entry]:
    edss = 6.5 if n == N - 1 else 1 + (n % 6) / 2
    told = {"age_y": 30 + n // 2, "sex": "female", "edss": edss, "height_cm": 160, "dmt": "none"}
    return [measured(code, point, **told) for point in TimePoint]
