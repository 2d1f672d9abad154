"""What one repetition does to a chest: trunk angle and body acceleration over its phase.

Shapes are drawn after textbook descriptions, not measured; a repetition's net push is zero.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from firmware_sim.physiology.activities import Activity

FloatArray = npt.NDArray[np.float64]

PHASES = 1024  # points of a template
_PHASE = (np.arange(PHASES) + 0.5) / PHASES


@dataclass(frozen=True, slots=True)
class Template:
    """One repetition, (PHASES,) each: trunk angle (0 upright, 90 supine, below 0 leaning
    forwards), and acceleration of the body upwards, forwards and to her left, in mg.
    """

    tilt_deg: FloatArray
    up_mg: FloatArray
    forward_mg: FloatArray
    left_mg: FloatArray


def _bump(centre: float, width: float) -> FloatArray:
    return np.asarray(np.exp(-0.5 * ((_PHASE - centre) / width) ** 2))


def _wave(cycles: float) -> FloatArray:
    return np.asarray(np.sin(2 * np.pi * cycles * _PHASE))


_ZERO = np.zeros(PHASES)


def _still(tilt_deg: float) -> Template:
    return Template(_ZERO + tilt_deg, _ZERO, _ZERO, _ZERO)


def _walk() -> Template:
    """A stride of two steps: up and down at each step, sideways once a stride."""
    steps = 180 * _wave(2) + 110 * (_bump(0.12, 0.025) + _bump(0.62, 0.025))
    return Template(_ZERO - 4, steps - steps.mean(), 90 * _wave(2), 70 * _wave(1))


def _sit_to_stand() -> Template:
    """Lean, rise, stand; lean, sit down with a small thud."""
    tilt = -8 - 32 * (_bump(0.15, 0.07) + _bump(0.72, 0.08))
    rise = 260 * _bump(0.20, 0.035) - 220 * _bump(0.32, 0.045)
    lower = -160 * _bump(0.70, 0.05) + 200 * _bump(0.82, 0.03) + 240 * _bump(0.86, 0.010)
    up = rise + lower
    return Template(tilt, up - up.mean(), 120 * (_bump(0.12, 0.04) - _bump(0.22, 0.04)), _ZERO)


def _lunge() -> Template:
    """Step out and land, sink, push back."""
    up = 320 * _bump(0.18, 0.02) - 170 * _bump(0.28, 0.06)
    up = up + 210 * _bump(0.58, 0.05) + 220 * _bump(0.82, 0.02)
    forward = 200 * _bump(0.12, 0.04) - 230 * _bump(0.20, 0.03) - 170 * _bump(0.62, 0.05)
    forward = forward + 190 * _bump(0.80, 0.04)
    return Template(-5 - 10 * _bump(0.42, 0.14), up - up.mean(), forward, 35 * _wave(1))


def _step_up() -> Template:
    """Up with one push, both feet on top, down again with an impact."""
    up = 300 * _bump(0.22, 0.04) - 230 * _bump(0.34, 0.05)
    up = up - 180 * _bump(0.64, 0.04) + 420 * _bump(0.74, 0.015) + 260 * _bump(0.84, 0.02)
    side = 110 * (_bump(0.20, 0.05) - _bump(0.70, 0.05))
    return Template(-6 - 9 * _bump(0.20, 0.08), up - up.mean(), 80 * _wave(1), side)


def _jump() -> Template:
    """Dip, push, 0.26 s of free fall in a repetition of 4.2 s, landing, settling."""
    up = -420 * _bump(0.30, 0.025) + 1150 * _bump(0.385, 0.020)
    up = up + 2600 * _bump(0.490, 0.008) + 500 * _bump(0.520, 0.018) - 150 * _bump(0.60, 0.03)
    in_flight = (_PHASE > 0.415) & (_PHASE < 0.477)
    up = np.where(in_flight, -1000.0, np.maximum(up, -1000.0))
    tilt = -4 - 24 * _bump(0.33, 0.04) - 16 * _bump(0.53, 0.04)
    return Template(tilt, up, np.where(in_flight, 0.0, 120 * _bump(0.36, 0.03)), _ZERO)


def _band() -> Template:
    """Pull and let go slowly: little more than a sway."""
    return Template(-3 - 4 * _bump(0.35, 0.12), 55 * _wave(1), 45 * _wave(2), 60 * _wave(1))


def _supine_core() -> Template:
    """On her back: the pelvis tilts and the trunk rolls a little."""
    return Template(86 - 11 * _bump(0.45, 0.16), 30 * _wave(1), 20 * _wave(1), 18 * _wave(2))


_MAKERS: dict[Activity, Callable[[], Template]] = {
    Activity.SIT: lambda: _still(-2.0),
    Activity.STAND: lambda: _still(-3.0),
    Activity.TANDEM_STANCE: lambda: _still(-3.0),
    Activity.WALK: _walk,
    Activity.SIT_TO_STAND: _sit_to_stand,
    Activity.LUNGE: _lunge,
    Activity.STEP_UP: _step_up,
    Activity.JUMP: _jump,
    Activity.BAND: _band,
    Activity.SUPINE_CORE: _supine_core,
}
TEMPLATES = {activity: make() for activity, make in _MAKERS.items()}
SWAY_MG = {Activity.TANDEM_STANCE: 35.0}  # standard deviation of slow sway; others:
USUAL_SWAY_MG = 8.0
