"""The detector's counts beside the trainers', over a study and by exercise. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from server.dose.repetitions.agreement import Agreement, measure_agreement
from server.dose.repetitions.proposal import Proposal

# Below this a limit of agreement is itself known to no better than 0.6 standard deviations:
# 1.96 * sqrt(3 / n) (Bland & Altman, Lancet 1986; 327: 307-310).
FEW_PAIRS: Final = 30


@dataclass(frozen=True, slots=True)
class SetProposal:
    """What the detector said of one set of one person."""

    participant: str
    proposal: Proposal


@dataclass(frozen=True, slots=True)
class ExerciseAgreement:
    """`exercise` None: all of them. `n_sets` were heard; of them the detector can't tell of
    `n_cant_tell`, and nobody saw and counted `n_unseen` others; the rest are pairs, of `n_people`.

    Sets of one person are no independent pairs: the limits hold for sets like these, of these
    people.
    """

    exercise: str | None
    n_sets: int
    n_cant_tell: int
    n_unseen: int
    n_people: int
    agreement: Agreement

    @property
    def cant_tell_share(self) -> float | None:
        """None without any set."""
        return self.n_cant_tell / self.n_sets if self.n_sets else None

    @property
    def has_few_pairs(self) -> bool:
        """Whether too few to judge the detector by."""
        return self.agreement.n_sets < FEW_PAIRS


def report_agreement(sets: Iterable[SetProposal]) -> list[ExerciseAgreement]:
    """All exercises together, then each by its name; only the first where there is no set."""
    every = list(sets)
    exercises = sorted({one.proposal.exercise for one in every})
    return [
        _compare(None, every),
        *[
            _compare(name, [one for one in every if one.proposal.exercise == name])
            for name in exercises
        ],
    ]


def _compare(exercise: str | None, sets: Sequence[SetProposal]) -> ExerciseAgreement:
    pairs = [
        (one.participant, one.proposal.proposed, one.proposal.trainer)
        for one in sets
        if one.proposal.proposed is not None and one.proposal.trainer is not None
    ]
    n_cant_tell = sum(one.proposal.proposed is None for one in sets)
    ours = [proposed for _, proposed, _ in pairs if proposed is not None]
    hers = [trainer for _, _, trainer in pairs if trainer is not None]
    return ExerciseAgreement(
        exercise,
        n_sets=len(sets),
        n_cant_tell=n_cant_tell,
        n_unseen=len(sets) - n_cant_tell - len(pairs),
        n_people=len({participant for participant, _, _ in pairs}),
        agreement=measure_agreement(ours, hers),
    )
