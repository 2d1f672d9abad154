"""Every kind of event as a row: its sort, what it is about, what its value says.

A *fact* has one live value for what it is about; a second one that differs is a conflict until a
person decides. An *act* happened: many may stand side by side.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final

from protocol.ledger import abouts
from protocol.ledger import clock_values as clock
from protocol.ledger import effort_values as effort
from protocol.ledger import person_values as person
from protocol.ledger import safety_values as safety
from protocol.ledger import session_values as session
from protocol.ledger import set_values as sets
from protocol.ledger.abouts import AboutForm
from protocol.ledger.value import EventValue


class Sort(Enum):
    """How events about the same thing stand to each other."""

    FACT = "fact"
    ACT = "act"


@dataclass(frozen=True, slots=True)
class Kind:
    """`times` names the UTC texts of a value that move with a corrected tablet clock.

    A kind that isn't `posted` is written by the server alone.
    """

    name: str
    sort: Sort
    about: AboutForm
    value: type[EventValue]
    times: tuple[str, ...] = ()
    posted: bool = True


def _fact(name: str, about: AboutForm, value: type[EventValue], *times: str) -> Kind:
    return Kind(name, Sort.FACT, about, value, times)


def _act(name: str, about: AboutForm, value: type[EventValue], *times: str) -> Kind:
    return Kind(name, Sort.ACT, about, value, times)


_ROWS: Final = (
    _fact("session_planned", abouts.SESSION, session.SessionPlanned),
    _act("phase_entered", abouts.SESSION, session.PhaseEntered),
    _fact("room_check", abouts.SESSION, session.RoomCheck),
    _fact("room_climate", abouts.MOMENT, session.RoomClimate),
    _fact("staff_present", abouts.USER, session.StaffPresent),
    _act("staff_attendance", abouts.USER, session.StaffAttendance),
    _act("attendance", abouts.PARTICIPANT, person.Attendance),
    _fact("readiness", abouts.PARTICIPANT, person.Readiness),
    _fact("readiness_decision", abouts.PARTICIPANT, person.ReadinessDecision),
    _fact("wearing", abouts.UUID7, person.Wearing, "from", "until"),
    _act("identity_check", abouts.PARTICIPANT, person.IdentityCheck),
    _fact("resting_hr", abouts.PARTICIPANT, person.HeartBaseline, "from", "to"),
    _fact("warmup_hr", abouts.PARTICIPANT, person.HeartBaseline, "from", "to"),
    _act("sync_moment", abouts.SESSION, session.SyncMoment),
    _fact("prescription", abouts.PARTICIPANT, person.Prescription),
    _act("level_changed", abouts.PARTICIPANT, person.LevelChanged, "at"),
    _act("substitution", abouts.EXERCISE, person.Substitution, "at"),
    _act("clock_started", abouts.CLOCK, clock.ClockStarted, "at"),
    _act("clock_held", abouts.CLOCK, clock.ClockHeld, "at"),
    _act("clock_resumed", abouts.CLOCK, clock.ClockResumed, "at"),
    _act("clock_extended", abouts.CLOCK, clock.ClockExtended, "at"),
    _act("clock_cut", abouts.CLOCK, clock.ClockCut, "at"),
    _act("station_assigned", abouts.PARTICIPANT, person.StationAssigned, "at"),
    _act("person_held", abouts.PARTICIPANT, person.PersonHeld, "at"),
    _act("person_resumed", abouts.PARTICIPANT, person.PersonHeld, "at"),
    _fact("set", abouts.SET, sets.SetLogged),
    _fact("rpe", abouts.ROUND, effort.RoundEffort),
    _fact("session_rpe", abouts.PARTICIPANT, effort.SessionEffort),
    _act("cooling_given", abouts.PARTICIPANT, person.CoolingGiven),
    _act("note", abouts.PARTICIPANT_OR_SESSION, session.Note),
    _fact("adverse_event", abouts.UUID7, safety.AdverseEvent),
    _act("adverse_event_followup", abouts.UUID7, safety.AdverseEventFollowup, "settled_at"),
    _fact("progression_decision", abouts.EXERCISE, sets.ProgressionDecision),
    _fact("plyometric_signoff", abouts.PARTICIPANT, person.PlyometricSignoff, "locked_from"),
    _fact("feeling", abouts.PARTICIPANT, person.Feeling),
    _act("session_closed", abouts.SESSION, session.SessionClosed),
    _act("session_reopened", abouts.SESSION, session.SessionReopened),
    _act("server_met", abouts.SESSION, session.ServerMet),
    Kind("content_erased", Sort.ACT, abouts.UUID7, session.ContentErased, posted=False),
)
KINDS: Final[Mapping[str, Kind]] = {row.name: row for row in _ROWS}
