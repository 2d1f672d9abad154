"""Whether she trained, and for how many minutes of the session."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from protocol.ledger.instants import parse_utc_ms
from protocol.training.minutes import SessionMinutes
from server.dose.quantity import Missing, Quantity
from server.dose.written.evening import Coming, WrittenEvening

VERSION: Final = 2  # raised when the same entries give other minutes
WHOLE: Final = "whole_session_as_planned"
PART: Final = "part_of_the_session"
_HERE: Final = frozenset({"present", "held"})  # a rest is part of the session
_CAME: Final = _HERE | {"stopped"}
_MS_PER_MIN: Final = 60_000


class Attendance(StrEnum):
    """What is known of her coming."""

    ATTENDED = "attended"
    ABSENT = "absent"
    NOT_TODAY = "not_today"  # she came, and it was decided that she doesn't train
    UNKNOWN = "unknown"  # nobody said


def find_attendance(evening: WrittenEvening, participant: str) -> Attendance:
    """She attended if she was ever there to train: also if she left again."""
    person = evening.person(participant)
    status = None if person is None else person["attendance"]
    if status is None:
        return Attendance.UNKNOWN
    words = {one.word for one in evening.comings[participant]}
    if status == "absent":  # the last word on it, whatever was tapped before
        return Attendance.ABSENT
    if "not_today" in words:
        return Attendance.NOT_TODAY
    return Attendance.ATTENDED if words & _CAME else Attendance.ABSENT


def count_total_min(minutes: SessionMinutes) -> int:
    """A session as planned: warm-up, main part with its rests, cool-down."""
    return minutes.warmup + minutes.main + minutes.cooldown


def measure_duration(
    evening: WrittenEvening, participant: str, minutes: SessionMinutes | None
) -> Quantity:
    """Minutes of the whole session by convention as planned, less those in which she wasn't there.

    The session begins with the warm-up, else the plan's warm-up before the circuit's clock, else
    when it was planned. Whoever is put down as present was there from its beginning, whenever that
    was entered; being held is part of it, being stopped or away isn't. A closing that cut the
    circuit ends the session for everybody; one in the cool-down is a session as planned.
    """
    attendance = find_attendance(evening, participant)
    if attendance is Attendance.UNKNOWN:
        return Quantity.missing_for(Missing.NOT_RECORDED, "min", VERSION)
    if attendance is not Attendance.ATTENDED:
        return Quantity(0.0, "min", VERSION, flags=(attendance.value,))
    comings = evening.comings[participant]
    was_there_first = evening.first_status[participant] == "present"
    is_whole = was_there_first and all(one.word in (*_HERE, "expected") for one in comings)
    began_ms = None if minutes is None else _find_beginning_ms(evening, minutes)
    cut_ms = _find_cut_ms(evening)
    if minutes is not None and is_whole and cut_ms is None:
        return Quantity(float(count_total_min(minutes)), "min", VERSION, flags=(WHOLE,))
    if minutes is None or began_ms is None:
        return Quantity.missing_for(Missing.NOT_RECORDED, "min", VERSION)
    ends_ms = began_ms + count_total_min(minutes) * _MS_PER_MIN
    if cut_ms is not None:
        ends_ms = max(began_ms, min(ends_ms, cut_ms))
    here_ms = _measure_here_ms(comings, began_ms, ends_ms, was_there_first=was_there_first)
    return Quantity(here_ms / _MS_PER_MIN, "min", VERSION, flags=(PART,))


def _find_cut_ms(evening: WrittenEvening) -> int | None:
    """When the session was closed, where the circuit's clock hadn't come to its end by then."""
    run, closed_at = evening.run, evening.state["closed_at"]
    if run is None or closed_at is None:
        return None
    closed_ms = parse_utc_ms(closed_at)
    return closed_ms if run.active_ms(closed_ms) < run.total_ms else None


def _find_beginning_ms(evening: WrittenEvening, minutes: SessionMinutes) -> int | None:
    if evening.began_ms is not None:
        return evening.began_ms
    started_at = evening.state["clock"]["started_at"]
    if started_at is not None:
        return parse_utc_ms(started_at) - minutes.warmup * _MS_PER_MIN
    planned = evening.state["session"]
    return None if planned is None else parse_utc_ms(planned["planned_start"])


def _measure_here_ms(
    comings: Sequence[Coming], began_ms: int, ends_ms: int, *, was_there_first: bool
) -> int:
    here_ms, since_ms, is_here = 0, began_ms, was_there_first
    for one in (*comings, Coming(ends_ms, "ended")):
        at_ms = min(max(one.at_ms, began_ms), ends_ms)
        here_ms += at_ms - since_ms if is_here else 0
        since_ms, is_here = at_ms, stays(one.word, was_here=is_here)
    return here_ms


def stays(word: str, *, was_here: bool) -> bool:
    """Whether she is there from a coming on; an attendance taken back changes nothing."""
    return word in _HERE or (was_here and word == "expected")
