"""Which evening of a trial it is, and what goes wrong in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from firmware_sim.trial.troubles import Trouble, TroubleKind


@dataclass(frozen=True, slots=True)
class EveningPlan:
    """`ordinal` counts from 1."""

    seed: int
    ordinal: int
    troubles: Sequence[Trouble]
    has_acceleration: bool

    def find(self, code: str, kind: TroubleKind) -> list[Trouble]:
        """Hers of one kind."""
        return [one for one in self.troubles if (one.participant, one.kind) == (code, kind)]

    def chance(self, code: str, purpose: str) -> Random:
        """Hers, for one purpose: the same whoever else there is."""
        return Random(f"{self.seed} {code} {self.ordinal} {purpose}")
