"""How large a simulated trial is, and when it was: the same seed makes the same one again."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from firmware_sim.rehearsal.course import PLAN
from firmware_sim.rehearsal.participants import CONTROL_SIGNS, SIGNS, Arms
from firmware_sim.trial.blood.model import CONTROL, TRAINING, Blood

FIRST_SESSION: Final = datetime(2025, 1, 6, 17, 0, tzinfo=UTC)  # a Monday; any past one would do
MOST_PARTICIPANTS: Final = len(SIGNS) + len(CONTROL_SIGNS)
LEAST_PARTICIPANTS: Final = 2
N_SESSIONS: Final = 24


@dataclass(frozen=True, slots=True)
class TrialShape:
    """`n_sessions` of the plan's 24 are held."""

    seed: int = 1
    n_participants: int = MOST_PARTICIPANTS
    n_sessions: int = N_SESSIONS
    plan: str = PLAN
    blood: Blood = Blood.EFFECT

    @property
    def arms(self) -> Arms:
        """One to one; who is over trains."""
        n_control = self.n_participants // 2
        return Arms(self.n_participants - n_control, n_control)

    @property
    def codes(self) -> list[str]:
        """Of everybody; who trains comes first."""
        return [f"P{number:02d}" for number in range(1, self.n_participants + 1)]

    @property
    def arm_of(self) -> dict[str, str]:
        """By code, in their order."""
        arms = self.arms
        words = [TRAINING] * arms.n_training + [CONTROL] * arms.n_control
        return dict(zip(self.codes, words, strict=True))

    @property
    def acceleration_on(self) -> int:
        """The session whose movement is kept too: one in the middle."""
        return (self.n_sessions + 1) // 2
