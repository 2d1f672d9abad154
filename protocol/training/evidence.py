"""What is known of one participant at one exercise in one session, and what it is worth."""

from collections import defaultdict
from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct

from protocol.training.effort import EffortPosition, classify_effort
from protocol.training.frame import EffortTarget


class SetEvidence(StrEnum):
    """How a set is known."""

    OBSERVED = "observed"  # a trainer saw it
    ASSUMED = "assumed"  # as planned, until somebody says otherwise
    SENSOR = "sensor"
    SELF_REPORT = "self_report"


class Form(StrEnum):
    """What the trainer said of her technique."""

    GOOD = "good"
    LOST = "lost"
    NOT_SAID = "not_said"


class RpeSource(StrEnum):
    """Who gave the rating; what was guessed is not given."""

    SAID = "said"
    POINTED = "pointed"
    GUESSED = "guessed"
    SELF_REPORT = "self_report"


class PerformedSet(Struct, frozen=True):
    """One set. `amount` in the exercise's unit; None is unknown, never zero."""

    amount: int | None
    band: str | None
    evidence: SetEvidence
    form: Form


class ExerciseRecord(Struct, frozen=True):
    """One woman, one exercise, one session. `rpe` (6 to 20) was asked at that station."""

    exercise: str
    session: int
    sets: tuple[PerformedSet, ...]
    rpe: int | None = None
    rpe_source: RpeSource | None = None
    symptoms: bool = False
    lighter_today: bool = False

    @property
    def rpe_given(self) -> int | None:
        return None if self.rpe_source in (None, RpeSource.GUESSED) else self.rpe

    @property
    def form_lost(self) -> bool:
        return any(one.form is Form.LOST for one in self.sets)

    def observed(self) -> tuple[PerformedSet, ...]:
        return tuple(one for one in self.sets if one.evidence is SetEvidence.OBSERVED)

    def n_at_top(self, amount: int, band: str | None) -> int:
        """Observed sets with at least `amount`, on that very band."""
        reached = (s for s in self.observed() if s.amount is not None and s.amount >= amount)
        return sum(s.band == band for s in reached)

    def is_above(self, target: EffortTarget | None) -> bool:
        """Whether she gave a rating above the accepted band, on a day that counts."""
        if target is None or self.rpe_given is None or self.lighter_today:
            return False
        return classify_effort(self.rpe_given, target) is EffortPosition.ABOVE


def merge_records(records: Iterable[ExerciseRecord], exercise: str) -> list[ExerciseRecord]:
    """Her records of an exercise by session, one each, whatever order they arrive in.

    Of two records of a session all sets count, and the more careful reading of the rest.
    """
    by_session: defaultdict[int, list[ExerciseRecord]] = defaultdict(list)
    for record in records:
        if record.exercise == exercise:
            by_session[record.session].append(record)
    return [_merge(by_session[session]) for session in sorted(by_session)]


def _merge(records: list[ExerciseRecord]) -> ExerciseRecord:
    first = records[0]
    if len(records) == 1:
        return first
    sets = [one for record in records for one in record.sets]
    given = [record.rpe_given for record in records if record.rpe_given is not None]
    return ExerciseRecord(
        exercise=first.exercise,
        session=first.session,
        sets=tuple(sorted(sets, key=repr)),
        rpe=max(given, default=None),
        rpe_source=RpeSource.SAID if given else None,
        symptoms=any(record.symptoms for record in records),
        lighter_today=any(record.lighter_today for record in records),
    )
