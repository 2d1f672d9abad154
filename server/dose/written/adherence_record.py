"""One evening of one person as adherence over the course needs it."""

from collections.abc import Mapping
from typing import Any, Final

from protocol.training.expand import PlannedSession
from server.dose.adherence.records import Change, SessionRecord
from server.dose.effort.session_load import SRPE
from server.dose.volume.band_charts import LEVELS
from server.dose.written.assembling import WrittenDose
from server.dose.written.effort_metrics import read_rating
from server.dose.written.evening import WrittenEvening
from server.dose.written.presence import Attendance, find_attendance

DOSES: Final = (SRPE, "sets_as_logged", "repetitions_as_logged", "hold_seconds_as_logged")
_ENDED: Final = frozenset({"left", "away", "stopped", "held", "cut"})
_ATTENDED: Final[Mapping[Attendance, bool | None]] = {
    Attendance.ATTENDED: True,
    Attendance.ABSENT: False,
    Attendance.NOT_TODAY: False,  # she didn't get the session, though she came
    Attendance.UNKNOWN: None,
}


def make_record(
    evening: WrittenEvening,
    participant: str,
    planned: PlannedSession,
    dose: WrittenDose,
) -> SessionRecord:
    """`dose` is hers of that evening, from `assemble_written_dose` with the same arguments."""
    attendance = find_attendance(evening, participant)
    person = evening.person(participant) or {}
    did_train = attendance is Attendance.ATTENDED
    return SessionRecord(
        session=planned.session,
        attended=_ATTENDED[attendance],
        why=_find_why(person, attendance),
        sets=dose.sets,
        rating=read_rating(person.get("session_rpe")),
        accepted=planned.effort.accept,
        modified=_list_changes(person) if did_train else (),
        terminated=_find_early_end(evening, participant, person) if did_train else None,
        doses={name: _read_dose(dose, name) for name in DOSES},
    )


def _read_dose(dose: WrittenDose, name: str) -> tuple[float | None, float | None]:
    metric = dose.vector.find(name)
    return metric.planned.value, metric.delivered.value


def _find_why(person: Mapping[str, Any], attendance: Attendance) -> str | None:
    """Why she didn't train: said with her attendance, or with the decision on her readiness."""
    if attendance is Attendance.NOT_TODAY:
        reason: str | None = person["decision"]["reason_chip"]
        return reason
    if attendance is Attendance.ABSENT:
        why: str | None = person["why"]
        return why
    return None


def _list_changes(person: Mapping[str, Any]) -> tuple[Change, ...]:
    """What was less or other than prescribed, and why."""
    changes = []
    decision = person["decision"]
    if decision is not None and decision["decision"] == "lighter":
        changes.append(Change("lighter_day", decision["reason_chip"]))
    elif person["level"] == "lighter":
        changes.append(Change("lighter_level", None))
    changes += [
        Change("substitution", one["reason_chip"])
        for one in person["substitutions"].values()
        if one["instead"] is not None
    ]
    for one in person["sets"].values():
        changes += _list_shortfalls(one)
    return tuple(changes)


def _list_shortfalls(one: Mapping[str, Any]) -> list[Change]:
    """Fewer than prescribed, or a weaker band; an amount that isn't known is neither."""
    done, told = one["performed"], one["prescribed"]
    if done is None or told is None:
        return []
    amounts, bands = (done["amount"], told["amount"]), (done["band"], told["band"])
    kinds = ["fewer"] if None not in amounts and amounts[0] < amounts[1] else []
    if all(band in LEVELS for band in bands) and LEVELS[bands[0]] < LEVELS[bands[1]]:
        kinds.append("weaker_band")
    return [Change(kind, one["shortfall_reason"]) for kind in kinds]


def _find_early_end(
    evening: WrittenEvening, participant: str, person: Mapping[str, Any]
) -> Change | None:
    """By the last set that the circuit has for her: whether she was away from it, and why."""
    slots = list(evening.list_work_s(participant))
    if not slots or not evening.is_closed:
        return None
    last = person["sets"].get(slots[-1])
    if last is None:
        return Change("closed", None)  # the session, before its circuit's end
    if last["missing"] not in _ENDED:
        return None
    word = last["missing"]
    if word == "stopped" and person["events"]:
        return Change(word, evening.state["events"][person["events"][-1]]["what"])
    return Change(word, person["why"] if word in ("left", "away") else word)
