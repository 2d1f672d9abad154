"""Participants, measurements and samples as each role may read and enter them."""

import os
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from protocol.ledger.instants import format_utc_ms
from server.db.database import Database
from server.errors import NotFoundError
from server.people.current import CurrentPerson
from server.study.answers_json import view_answer
from server.study.entering import Outcome, Recorder, enter
from server.study.entry import FIELDS_OF, Entry, name_thing
from server.study.fact_kind import FactKind
from server.study.facts import Fact, Salts, read_facts
from server.study.fields.drawn import ASSAYED, DRAWN
from server.study.fields.field import Answers, Field
from server.study.fields.measured import MEASURED
from server.study.held import read_held
from server.study.measurement import TimePoint
from server.study.participant import Participant
from server.study.participants import read_participants
from server.study.posted import Posted, read_posted
from server.study.recorded import (
    Draw,
    Measurement,
    Sample,
    tell_draw,
    tell_measurements,
    tell_samples,
)
from server.study.sight import SIGHTS, Sight


@dataclass(frozen=True, slots=True)
class Recorded:
    """All that was recorded, of one moment."""

    people: list[Participant]
    measurements: list[Measurement]
    draws: list[Draw]
    samples: list[Sample]
    facts: list[Fact]


class StudyService:
    """Thread-safe. Whoever asks sees what her role may see, and no more."""

    def __init__(
        self,
        database: Database,
        wall_ns: Callable[[], int] = time.time_ns,
        salts: Salts = os.urandom,
    ) -> None:
        self.database = database
        self._wall_ns = wall_ns
        self._salts = salts

    def recorder(self, name: str) -> Recorder:
        """Somebody who enters something now."""
        now = datetime.fromtimestamp(self._wall_ns() / 1e9, UTC)
        return Recorder(name, now, self._salts)

    def now(self) -> str:
        """UTC text."""
        return format_utc_ms(self._wall_ns() // 1_000_000)

    def read(self, sight: Sight) -> Recorded:
        """All that was recorded; heart rates of who trains only for who may know that."""
        with self.database.reading() as connection:
            held = read_held(connection)
            people = read_participants(connection)
            facts = read_facts(connection)
        draws = [tell_draw(held, one.code, point) for one in people for point in TimePoint]
        measured = tell_measurements(held, with_unentered=sight.knows_arm)
        return Recorded(people, measured, draws, tell_samples(held), facts)

    def list_participants(self, person: CurrentPerson) -> dict[str, Any]:
        """Everybody by code, and how much was measured of her."""
        sight = SIGHTS[person.role]
        recorded = self.read(sight)
        counts = {(one.code, one.time_point): one for one in recorded.measurements}
        rows = [
            {
                **view_person(one, sight),
                "n_answered": {
                    point.value: count_answered(counts[one.code, point].answers, sight)
                    for point in TimePoint
                },
            }
            for one in recorded.people
        ]
        return {"participants": rows, "server_utc": self.now()}

    def read_participant(self, person: CurrentPerson, code: str) -> dict[str, Any]:
        """One, with all measurements and how they came to be. Raises NotFoundError."""
        sight = SIGHTS[person.role]
        recorded = self.read(sight)
        found = next((one for one in recorded.people if one.code == code), None)
        if found is None:
            raise NotFoundError(f"{code} is not in the study")
        hers = [one for one in recorded.measurements if one.code == code]
        return {
            **view_person(found, sight),
            "measurements": [_view_measurement(one, sight) for one in hers],
            "history": list_history(recorded.facts, [name_thing(code, p) for p in TimePoint],
                                    (FactKind.MEASUREMENT,), (sight, person.name)),
            "server_utc": self.now(),
        }  # fmt: skip

    def list_samples(self, person: CurrentPerson) -> dict[str, Any]:
        """All draws of which anything was entered, and what was found in them."""
        sight = SIGHTS[person.role]
        recorded = self.read(sight)
        reads_assays = bool(sight.list_read(ASSAYED))
        return {
            "draws": [_view_draw(one, sight) for one in recorded.draws if one.number],
            "samples": [_view_sample(o, sight) for o in recorded.samples] if reads_assays else [],
            "server_utc": self.now(),
        }

    def post(self, person: CurrentPerson, posted: Posted) -> dict[str, Any]:
        """Store what somebody posted. Raises AnswersRefusedError, ConflictError and others."""
        sight = SIGHTS[person.role]
        entry = read_posted(posted, sight.list_entered(MEASURED, DRAWN, ASSAYED))
        outcome = self.enter(person.name, [entry])[0]
        said = {"id": entry.id, "result": outcome.result.value, "number": outcome.number}
        return {**said, "corrected": list(outcome.corrected), "server_utc": self.now()}

    def enter(self, name: str, entries: list[Entry]) -> list[Outcome]:
        """All of them, or none. Raises AnswersRefusedError and ConflictError."""
        with self.database.writing() as connection:
            return enter(connection, entries, self.recorder(name)).outcomes


def view_person(one: Participant, sight: Sight) -> dict[str, Any]:
    """Her code; her sign and arm for who may know who trains."""
    if not sight.knows_arm:
        return {"code": one.code}
    return {"code": one.code, "sign": one.sign, "arm": one.arm.value}


def count_answered(answers: Answers, sight: Sight) -> int:
    """How many fields that she sees have a value or a reason."""
    return len([one for one in view_answers(answers, MEASURED, sight).values() if one != _NOTHING])


def view_answers(answers: Answers, table: tuple[Field, ...], sight: Sight) -> dict[str, Any]:
    """The fields that she sees."""
    return {field.name: view_answer(answers[field.name]) for field in sight.list_read(table)}


def list_history(
    facts: Iterable[Fact],
    abouts: Iterable[str],
    kinds: tuple[FactKind, ...],
    reader: tuple[Sight, str],
) -> list[dict[str, Any]]:
    """What was said of these things, oldest first. Somebody else's reason may tell who trains."""
    sight, name = reader
    wanted = set(abouts)
    lines = []
    for fact in facts:
        if fact.about not in wanted or fact.kind not in kinds:
            continue
        known: Mapping[str, Field] = FIELDS_OF[fact.kind]
        said = {n: a for n, a in fact.answers.items() if n in known and sight.may_read(known[n])}
        if not said and not fact.is_erased:
            continue
        may_know = sight.knows_arm or fact.recorded_by == name
        lines.append(
            {
                "id": fact.id,
                "about": fact.about,
                "number": fact.number,
                "recorded_at": fact.recorded_at,
                "recorded_by": fact.recorded_by,
                "corrects": fact.corrects,
                "reason": fact.reason if may_know else None,
                "erased": fact.is_erased,
                "values": {
                    n: {"in": "measured_hearts"} if a.is_linked else view_answer(a)
                    for n, a in said.items()
                },
            }
        )
    return lines


_NOTHING = {"missing": "not_recorded"}


def _view_measurement(one: Measurement, sight: Sight) -> dict[str, Any]:
    return {
        "time_point": one.time_point.value,
        "number": one.number,
        "derived": [name for name, answer in one.answers.items() if answer.is_derived],
        "values": view_answers(one.answers, MEASURED, sight),
    }


def _view_draw(one: Draw, sight: Sight) -> dict[str, Any]:
    return {
        "participant": one.code,
        "time_point": one.time_point.value,
        "number": one.number,
        "hour_h": one.hour_h,
        "values": view_answers(one.answers, DRAWN, sight),
    }


def _view_sample(one: Sample, sight: Sight) -> dict[str, Any]:
    return {
        "participant": one.key.code,
        "time_point": one.key.time_point.value,
        "analyte": one.key.analyte,
        "matrix": one.key.matrix,
        "number": one.number,
        "value_pg_ml": one.value_pg_ml,
        "values": view_answers(one.answers, ASSAYED, sight),
    }
