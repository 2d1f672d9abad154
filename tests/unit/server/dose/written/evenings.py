"""Short evenings for tests of what is worked out from entries: two stations, one or two rounds."""

from typing import Any

import msgspec

from protocol.ledger.event import LedgerEvent
from protocol.training.expand import PlannedSession, expand_session
from protocol.training.plan import TrainingPlan
from protocol.training.shipped import read_shipped_plan
from server.dose.written.assembling import WrittenDose, assemble_written_dose
from server.dose.written.bands import BandSetup
from server.dose.written.evening import WrittenEvening, fold_evening
from tests.ledger_entries import Tablet, attending, effort, minute, planned, started

PLAN = read_shipped_plan("as_printed")
SQUAT, BAND = "sit-to-stand", "hip-flexion-band"  # agility; strength, with a band
STATIONS = [SQUAT, BAND]
FALL = "01999999-0000-7000-8000-0000000000f1"


def plan_session(number: int = 1) -> PlannedSession:
    """A session of the plan with these two stations alone, three sets each, 10 of each."""
    whole = expand_session(PLAN, number)
    made = {one.exercise: one for one in expand_session(PLAN, 1).stations}
    stations = [msgspec.structs.replace(made[name], amount=10, sets=3) for name in STATIONS]
    return msgspec.structs.replace(whole, stations=tuple(stations))


def told(exercise: str, n: int | None = 10, **other: Any) -> dict[str, Any]:
    """What was prescribed at a station."""
    row = {"exercise": exercise, "amount": n, "unit": "repetitions", "band": None, "sides": "both",
           "rule": None, "lighter": None, "while_locked": None}  # fmt: skip
    return row | other


class Evening:
    """P01 is there from minute 1; the circuit of three rounds begins at minute 10.

    A round has a minute of work at each station and a minute of rest after it, so it takes four.
    """

    def __init__(self, *, status: str | None = "present", at: float = 1, why: str | None = None):
        self.tablet = Tablet()
        self.events: list[LedgerEvent] = []
        self.add("session_planned", "session", planned("P01"), 0)
        if status is not None:
            self.add("attendance", "P01", attending(status, why), at)

    def add(self, kind: str, about: str, value: dict[str, Any], at: float) -> LedgerEvent:
        self.events.append(self.tablet.write(kind, about, value, minute(at)))
        return self.events[-1]

    def prescribe(self, **band: Any) -> None:
        exercises = {SQUAT: told(SQUAT), BAND: told(BAND, **({"band": "red"} | band))}
        self.add("prescription", "P01", {"exercises": exercises}, 5)

    def start(self) -> None:
        self.add("clock_started", "clock", started(minute(10), STATIONS, {"P01": 0}, rounds=3), 10)

    def rate(self, rating: float | None, **other: Any) -> None:
        value = effort(rating, minutes_after_end=20, **other)
        del value["exercise"]
        self.add("session_rpe", "P01", value, 62)

    def close(self, at: float = 70) -> None:
        self.add("session_closed", "session", {"summary": {}}, at)

    def fold(self, at: float = 100) -> WrittenEvening:
        return fold_evening(self.events, minute(at))

    def dose(
        self,
        who: str = "P01",
        *,
        plan: TrainingPlan = PLAN,
        session: PlannedSession | None = None,
        bands: BandSetup | None = None,
    ) -> WrittenDose:
        setup = BandSetup() if bands is None else bands
        return assemble_written_dose(self.fold(), who, plan, session or plan_session(), setup)


def whole_evening(**band: Any) -> Evening:
    """Everything as planned, nothing entered of any set, rated 9 on 6 to 20."""
    evening = Evening()
    evening.prescribe(**band)
    evening.start()
    evening.rate(9)
    evening.close()
    return evening
