"""A study with a woman in each arm, and what tests enter of them."""

import itertools
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from protocol.identifiers import ParticipantCode
from server.db.database import Database
from server.study.entering import Entered, Recorder, enter
from server.study.entry import Entry
from server.study.fact_kind import FactKind
from server.study.fields.field import Answer
from server.study.fields.missing import MissingReason
from server.study.measurement import TimePoint
from server.study.participant import Arm, Participant
from server.study.participants import add_participants

P07, P08 = ParticipantCode("P07"), ParticipantCode("P08")
BASELINE, POST = TimePoint.BASELINE, TimePoint.POST
NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)

_COUNTED = itertools.count(1)


def add_two_women(database: Database) -> None:
    """P07 trains, P08 doesn't."""
    women = [Participant(P07, "Fig", Arm.TRAINING), Participant(P08, "Tea", Arm.CONTROL)]
    add_participants(database, women, "os:test")


def make_recorder(name: str = "ana") -> Recorder:
    """Chance that repeats itself nowhere, and a clock that stands still."""
    return Recorder(name, NOW, lambda n: next(_COUNTED).to_bytes(n, "big"))


def measured(code: ParticipantCode = P07, point: TimePoint = BASELINE, **values: object) -> Entry:
    """An entry of a measurement."""
    return Entry(FactKind.MEASUREMENT, code, point, read_values(values))


def read_values(values: Mapping[str, object]) -> dict[str, Answer]:
    """Answers from plain values."""
    return {name: _read(value) for name, value in values.items()}


def _read(value: object) -> Answer:
    if isinstance(value, MissingReason):
        return Answer.missing_for(value)
    if isinstance(value, int | float):
        return Answer(float(value))
    return Answer(value if isinstance(value, str | tuple) else str(value))


def store(database: Database, *entries: Entry, later_s: float = 0.0) -> Entered:
    """Enter them as ana."""
    recorder = make_recorder()
    moved = Recorder(recorder.name, NOW + timedelta(seconds=later_s), recorder.salts)
    with database.writing() as connection:
        return enter(connection, entries, moved)
