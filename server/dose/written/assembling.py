"""The dose vector of one person and session, from what people wrote down alone."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import floor
from typing import Any, Final

import msgspec

from protocol.training.expand import PlannedSession
from protocol.training.minutes import S_PER_MIN
from protocol.training.plan import TrainingPlan
from server.dose.vector import DoseVector, hash_inputs
from server.dose.volume.sets import DoseSet
from server.dose.volume.threefold import SetState
from server.dose.written.band_metrics import list_band_metrics
from server.dose.written.bands import BandSetup
from server.dose.written.completion_metrics import list_completion_metrics
from server.dose.written.effort_metrics import EffortInputs, list_effort_metrics
from server.dose.written.evening import WrittenEvening
from server.dose.written.planned import UNLISTED, PlannedSet, list_planned_sets
from server.dose.written.presence import Attendance, find_attendance, measure_duration
from server.dose.written.round_metrics import list_round_metrics
from server.dose.written.set_inputs import SetInputs
from server.dose.written.sets import SetReader
from server.dose.written.volume_metrics import list_volume_metrics

_NO_BANDS: Final = BandSetup()


@dataclass(frozen=True, slots=True)
class WrittenDose:
    """The vector, and the sets that it was worked out from."""

    vector: DoseVector
    sets: tuple[DoseSet, ...]


def assemble_written_dose(
    evening: WrittenEvening,
    participant: str,
    plan: TrainingPlan,
    planned: PlannedSession | None,
    bands: BandSetup = _NO_BANDS,
) -> WrittenDose:
    """Everything of her session that needs no sensor.

    Args:
        planned: the session of the plan; None for one that no plan has, and then nothing is
            planned and completion is against what was prescribed to her set by set.
        bands: lengths at the mark on the floor; without them bands are levels only.
    """
    inputs = _read_set_inputs(evening, participant, plan, planned, bands)
    categories = [one.id for one in plan.categories]
    if any(one.category == UNLISTED for one in inputs.sets):
        categories.append(UNLISTED)
    person = evening.person(participant)
    rpe: Mapping[str, Any] = {} if person is None else person["rpe"]
    metrics = (
        *list_effort_metrics(_read_effort(evening, participant, planned)),
        *list_volume_metrics(inputs, categories),
        *list_completion_metrics(inputs, categories),
        *list_band_metrics(inputs),
        *list_round_metrics(inputs, rpe, planned, hash_inputs([inputs.sha256, rpe])),
    )
    evidence = _count_evidence(inputs.sets)
    vector = DoseVector(participant, metrics, evidence, is_final=evening.is_closed)
    return WrittenDose(vector, tuple(inputs.sets))


def _read_set_inputs(
    evening: WrittenEvening,
    participant: str,
    plan: TrainingPlan,
    planned: PlannedSession | None,
    bands: BandSetup,
) -> SetInputs:
    told = _list_planned(evening, participant, planned)
    sets = SetReader(evening, participant, plan, told or (), bands).read()
    inputs = msgspec.to_builtins([sets, told, planned and planned.plan_digest])
    return SetInputs(
        sets=sets,
        planned=told,
        turn_min=None if planned is None else _round_turn_min(planned),
        sha256=hash_inputs(inputs),
        is_open=told is None and _is_untold(evening, participant),
    )


def _list_planned(
    evening: WrittenEvening, participant: str, planned: PlannedSession | None
) -> list[PlannedSet] | None:
    person = evening.person(participant)
    prescription = None if person is None else person["prescription"]
    return None if planned is None else list_planned_sets(planned, prescription)


def _read_effort(
    evening: WrittenEvening, participant: str, planned: PlannedSession | None
) -> EffortInputs:
    person = evening.person(participant)
    told: Mapping[str, Any] | None = None if person is None else person["session_rpe"]
    attendance = find_attendance(evening, participant)
    duration = measure_duration(evening, participant, None if planned is None else planned.minutes)
    effort = planned and planned.effort
    inputs = msgspec.to_builtins([attendance, duration, told, effort, planned and planned.minutes])
    return EffortInputs(attendance, duration, told, planned, hash_inputs(inputs))


def _is_untold(evening: WrittenEvening, participant: str) -> bool:
    """Whether no clock ran for her, though she may have trained."""
    if evening.slots.get(participant):
        return False
    attendance = find_attendance(evening, participant)
    return attendance not in (Attendance.ABSENT, Attendance.NOT_TODAY)


def _round_turn_min(planned: PlannedSession) -> float:
    """As tablets lay out the clock: whole seconds."""
    return floor(planned.minutes.turn_work_s + 0.5) / S_PER_MIN


def _count_evidence(sets: Sequence[DoseSet]) -> dict[str, int]:
    counted = Counter(one.state.value for one in sets)
    return {state.value: counted[state.value] for state in SetState}
