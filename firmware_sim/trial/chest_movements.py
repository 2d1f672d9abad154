"""Which movement of the chest each exercise of the plan is."""

from typing import Final

from firmware_sim.physiology.activities import Activity

# The first word that is part of an exercise's name decides.
_BY_WORD: Final = (
    ("band", Activity.BAND),
    ("sit-to-stand", Activity.SIT_TO_STAND),
    ("lunge", Activity.LUNGE),
    ("step-up", Activity.STEP_UP),
    ("jump", Activity.JUMP),
    ("hop", Activity.JUMP),
    ("tandem", Activity.TANDEM_STANCE),
    ("walk", Activity.WALK),
    ("run", Activity.WALK),  # slowly around cones, at the most
    ("supine", Activity.SUPINE_CORE),
    ("pelvic", Activity.SUPINE_CORE),
    ("draw-in", Activity.SUPINE_CORE),
    ("quadruped", Activity.SUPINE_CORE),
)
_SEATED_REST: Final = frozenset({Activity.SIT_TO_STAND, Activity.SUPINE_CORE, Activity.JUMP})


def find_activity(exercise: str) -> Activity:
    """What her chest does in it; an exercise that isn't known is one without movement."""
    return next((does for word, does in _BY_WORD if word in exercise), Activity.STAND)


def find_rest(activity: Activity) -> Activity:
    """How she rests after it."""
    return Activity.SIT if activity in _SEATED_REST else Activity.STAND
