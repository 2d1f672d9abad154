"""From a session's inputs to all that is derived of it: everybody's metrics, marks and traces."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from protocol.training.plan import TrainingPlan
from server.dose.adherence.records import SessionRecord
from server.dose.quantity import Missing
from server.dose.sensed.evening_times import (
    Interval,
    find_main_phase,
    find_rest,
    list_her_parts,
    list_set_times,
)
from server.dose.sensed.heart_profile import UNKNOWN_PROFILE, HeartProfile
from server.dose.written.adherence_record import make_record
from server.dose.written.assembling import WrittenDose, assemble_written_dose
from server.dose.written.evening import WrittenEvening
from server.dose.written.planned import find_category
from server.dose.written.presence import Attendance, find_attendance
from server.projection.marks import read_marks
from server.projection.person_dose import PersonDose
from server.projection.person_sensed import HerEvening, derive_sensed
from server.projection.person_streams import PersonStreams, SessionStreams
from server.projection.quality.seeing import SeenParts, read_signs, see_person
from server.projection.quality.seen import HeartSigns, PersonSeen
from server.projection.session_inputs import SessionInputs
from server.projection.set_proposals import propose_sets


@dataclass(frozen=True, slots=True)
class DerivedPerson:
    """What is kept of her evening, and what quality rules look at."""

    dose: PersonDose
    seen: PersonSeen
    signs: HeartSigns


_SILENCES = {
    Attendance.ABSENT: Missing.ABSENT,
    Attendance.NOT_TODAY: Missing.NOT_APPLICABLE,
    Attendance.UNKNOWN: Missing.NOT_RECORDED,
}


def derive_people(
    inputs: SessionInputs,
    evening: WrittenEvening,
    streams: SessionStreams,
    profiles: Mapping[str, HeartProfile],
    inputs_sha256: str,
    *,
    only: Collection[str] | None = None,
) -> list[DerivedPerson]:
    """Of everybody planned, and everybody whom an entry names. Nothing without a plan.

    `only` some people's metrics are wanted: then no repetitions are counted, either.
    """
    if inputs.plan is None:
        return []
    codes = sorted({*(inputs.line["participants"] or ()), *evening.state["people"]})
    codes = [code for code in codes if only is None or code in only]
    people = []
    for code in codes:
        written = assemble_written_dose(evening, code, inputs.plan, inputs.planned)
        hers = _describe(evening, code, inputs.plan, profiles, inputs_sha256)
        own = streams.of.get(code, PersonStreams())
        sensed = derive_sensed(own, hers)
        metrics = (*written.vector.metrics, *sensed.metrics)
        times = list_set_times(evening, code) if only is None else []
        proposals = propose_sets(own.movement, times, written.sets)
        marks = read_marks(evening.person(code))
        record = _record(inputs, evening, code, written)
        dose = PersonDose(code, metrics, marks, proposals, sensed.traces, record, sensed.stations)
        parts = SeenParts(evening, hers, own, dose, sensed.heart)
        people.append(DerivedPerson(dose, see_person(parts), read_signs(parts)))
    return people


def _record(
    inputs: SessionInputs, evening: WrittenEvening, code: str, written: WrittenDose
) -> SessionRecord | None:
    """None for a session that no plan has."""
    if inputs.planned is None:
        return None
    return make_record(evening, code, inputs.planned, written)


def _describe(
    evening: WrittenEvening,
    code: str,
    plan: TrainingPlan,
    profiles: Mapping[str, HeartProfile],
    inputs_sha256: str,
) -> HerEvening:
    phase = find_main_phase(evening)
    return HerEvening(
        rest=find_rest(evening, code),
        warmup=_find_warmup(evening, phase),
        main=[] if phase is None else list_her_parts(evening, code, phase),
        sets=_list_sets(evening, code, plan),
        stations={one.name: one.work for one in list_set_times(evening, code)},
        origin_ms=0 if phase is None else phase.from_ms,
        silence=_explain_silence(evening, code),
        profile=profiles.get(code, UNKNOWN_PROFILE),
        inputs_sha256=inputs_sha256,
    )


def _find_warmup(evening: WrittenEvening, phase: Interval | None) -> Interval | None:
    """From its beginning to the circuit's clock; None where either wasn't."""
    if phase is None or evening.began_ms is None or evening.began_ms >= phase.from_ms:
        return None
    return Interval(evening.began_ms, phase.from_ms)


def _list_sets(
    evening: WrittenEvening, code: str, plan: TrainingPlan
) -> dict[str, Sequence[Interval]]:
    """Work of hers by category; a category that she has no set of tonight has none."""
    by_category: dict[str, list[Interval]] = {one.id: [] for one in plan.categories}
    for one in list_set_times(evening, code):
        by_category.setdefault(find_category(plan, one.exercise), []).append(one.work)
    return dict(by_category)


def _explain_silence(evening: WrittenEvening, code: str) -> Missing:
    attendance = find_attendance(evening, code)
    if attendance in _SILENCES:
        return _SILENCES[attendance]
    person = evening.person(code)
    return Missing.NO_DATA if person is not None and person["wearing"] else Missing.NO_STRAP
