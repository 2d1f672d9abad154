"""Records of a participant at an exercise, as a trainer would leave them."""

from protocol.training.evidence import (
    ExerciseRecord,
    Form,
    PerformedSet,
    RpeSource,
    SetEvidence,
)


def make_set(
    amount: int | None = 15,
    band: str | None = "red",
    evidence: SetEvidence = SetEvidence.OBSERVED,
    form: Form = Form.GOOD,
) -> PerformedSet:
    return PerformedSet(amount, band, evidence, form)


def make_record(
    session: int,
    *sets: PerformedSet,
    exercise: str = "knee-flexion-band",
    rpe: int | None = 9,
    rpe_source: RpeSource | None = RpeSource.SAID,
    symptoms: bool = False,
    lighter_today: bool = False,
) -> ExerciseRecord:
    """Three observed sets of 15 on red with good form and effort 9, unless told otherwise."""
    return ExerciseRecord(
        exercise, session, sets or (make_set(),) * 3, rpe, rpe_source, symptoms, lighter_today
    )
