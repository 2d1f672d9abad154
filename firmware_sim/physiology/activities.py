"""What a wearer can be doing, and how hard it is."""

from dataclasses import dataclass
from enum import StrEnum


class Activity(StrEnum):
    """One kind of chest movement."""

    SIT = "sit"
    STAND = "stand"
    WALK = "walk"
    SIT_TO_STAND = "sit_to_stand"
    LUNGE = "lunge"
    STEP_UP = "step_up"
    JUMP = "jump"  # countermovement jump
    BAND = "band"  # shoulder and hip work against an elastic band
    SUPINE_CORE = "supine_core"
    TANDEM_STANCE = "tandem_stance"


@dataclass(frozen=True, slots=True)
class Effort:
    """How an activity loads the heart and how long one repetition takes."""

    intensity: float  # share of heart-rate reserve that it would settle at
    repetition_s: float | None  # None: nothing to count


# Shares of heart-rate reserve follow the programme's “very low” to “moderate” (30 to 59 % at its
# hardest); repetition times are those a trainer counts aloud. Our choice, not measured.
EFFORTS = {
    Activity.SIT: Effort(0.04, None),
    Activity.STAND: Effort(0.08, None),
    Activity.WALK: Effort(0.35, 1.1),  # a stride: two steps
    Activity.SIT_TO_STAND: Effort(0.50, 3.4),
    Activity.LUNGE: Effort(0.48, 3.8),
    Activity.STEP_UP: Effort(0.52, 3.0),
    Activity.JUMP: Effort(0.58, 4.2),
    Activity.BAND: Effort(0.38, 4.0),
    Activity.SUPINE_CORE: Effort(0.28, 4.6),
    Activity.TANDEM_STANCE: Effort(0.20, None),
}
