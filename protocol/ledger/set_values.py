"""Sets as prescribed and as performed, and what was decided about the next ones."""

from typing import Annotated, Literal

import msgspec

from protocol.ledger.value import EventValue
from protocol.ledger.words import (
    Amount,
    Chip,
    ExerciseId,
    Round,
    ShortText,
    StationIndex,
    Unit,
)

ShortfallReason = Literal[
    "fatigue", "spasm", "pain", "balance", "heat", "dizzy", "time", "equipment", "her_choice"
]
SetChip = Literal["support", "shorter_range", "one_side", "form_lost", "skipped"]


class Prescribed(EventValue, frozen=True):
    amount: Amount | None
    unit: Unit
    band: Chip | None
    sides: Chip | None


class Performed(EventValue, frozen=True):
    amount: Amount | None
    unit: Unit
    band: Chip | None
    band_length_cm: Annotated[int, msgspec.Meta(ge=1, le=300)] | None
    sides: Literal["both", "left", "right"] | None


class SetLogged(EventValue, frozen=True):
    """A set that somebody saw, a sensor counted, or she told of. Assumed sets are no events."""

    round: Round
    station: StationIndex | None
    exercise: ExerciseId  # what she did; the event's `about` names the station's
    substituted_for: ExerciseId | None
    prescribed: Prescribed | None
    performed: Performed
    evidence: Literal["observed", "sensor", "self_report"]
    technique: Literal["good", "form_lost"] | None
    chips: Annotated[list[SetChip], msgspec.Meta(max_length=5)]
    shortfall_reason: ShortfallReason | None


StepValue = Annotated[int, msgspec.Meta(ge=-9999, le=9999)] | ShortText | None


class Proposal(EventValue, frozen=True):
    """What a rule of progression proposed: from what to what, on which axis."""

    rule: Chip
    axis: Chip
    from_: StepValue = msgspec.field(name="from")
    to: StepValue
    decision: Chip


class ProgressionDecision(EventValue, frozen=True):
    proposal: Proposal
    accepted: bool
    chosen: StepValue
    reason_chip: Chip | None
