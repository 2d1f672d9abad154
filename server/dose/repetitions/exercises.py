"""Which exercises a strap on the chest can count, and how each moves the trunk."""

import re
from enum import StrEnum
from typing import Final


class TrunkMotion(StrEnum):
    """What an exercise does to the trunk."""

    STEPS = "steps"  # up and down with each step or hop
    JUMPS = "jumps"  # a flight each; or hops, at a step's pace
    RISES = "rises"  # down and up again, slowly
    HARDLY = "hardly"  # arms or legs work, the trunk hardly moves
    HOLD = "hold"  # there is nothing to count
    UNKNOWN = "unknown"  # no exercise of this name is known


# Exercises of the shipped plans by their ids, then what people call such exercises.
_NAMES: Final = {
    TrunkMotion.STEPS: (
        "walk-cones walk-diagonal zigzag-walk fast-walk-cones fast-walk-diagonal zigzag-run "
        "walk walking treadmill-walk run running treadmill-run jog jogging steps step-counting "
        "stairs stair-climbing ascending-stairs descending-stairs stepper march marching "
        "walk-steps run-steps stepper-steps"
    ),
    TrunkMotion.JUMPS: (
        "vertical-jump pair-jump-marks hop-marks jump jumps jumping countermovement-jump cmj "
        "countermovement-jumps counter-movement-jump squat-jump jump-up hop hops hopping "
        "two-leg-jump one-leg-hop jumping-jack jumping-jacks skipping rope-jumping"
    ),
    TrunkMotion.RISES: (
        "sit-to-stand static-lunge-support static-lunge-free dynamic-lunge-return side-step-up "
        "supine-butt-lift sts chair-stand chair-rise sit-to-stands squat squats lunge lunges "
        "step-up step-ups box-step heel-raise calf-raise deadlift good-morning push-up push-ups "
        "sit-up sit-ups burpee rowing bridge hip-lift"
    ),
    TrunkMotion.HARDLY: (
        "supine-draw-in pelvic-tilt draw-in-knee-to-chest quadruped-leg-lift "
        "quadruped-opposite-arm-leg shoulder-hip-flexion-band shoulder-hip-abduction-band "
        "shoulder-hip-extension-band hip-flexion-band knee-flexion-band band band-work band-row "
        "band-pull supine-core core shoulder-flexion shoulder-abduction shoulder-extension "
        "biceps-curl"
    ),
    TrunkMotion.HOLD: (
        "tandem-stance tandem-foam-support tandem-foam-free plank stand standing sit sitting rest"
    ),
}
_MOTIONS: Final = {name: motion for motion, names in _NAMES.items() for name in names.split()}


def find_motion(name: str) -> TrunkMotion:
    """How the exercise of this name moves the trunk; spaces, capitals and signs don't matter."""
    return _MOTIONS.get(
        re.sub(r"[^a-z0-9]+", "-", name.strip().lower()).strip("-"), TrunkMotion.UNKNOWN
    )
