"""Chest acceleration of one wearer, in milli-g, for any stretch of her session."""

import math
import random

import numpy as np

from firmware_sim.physiology.activities import Activity
from firmware_sim.physiology.circuit import Timetable
from firmware_sim.physiology.repetitions import Repetitions
from firmware_sim.physiology.templates import (
    PHASES,
    SWAY_MG,
    TEMPLATES,
    USUAL_SWAY_MG,
    FloatArray,
    Template,
)

STANDARD_GRAVITY_MG = 1000.0
# Standard deviation of the sensor's own noise: a little below the 5 mg of a real H10 at rest,
# which holds breath and heart as well.
NOISE_MG = 4.0
_BREATH_MG = 9.0
_BREATH_HZ = (0.22, 0.32)
_MOUNT_DEG = 6.0  # straps sit a little askew, each in its own way
_SETTLE_S = 1.5  # from one posture to the next


class Movement:
    """Axes as in a real H10: x towards the feet, y to her left, z out of the chest."""

    def __init__(self, timetable: Timetable, repetitions: Repetitions, rng: random.Random) -> None:
        self._timetable = timetable
        self._starts_s = np.array([-math.inf, *repetitions.starts_s])
        self._ends_s = np.array([-math.inf, *repetitions.ends_s])
        self._mount_tilt_deg = rng.gauss(0.0, _MOUNT_DEG)
        roll = math.radians(rng.gauss(0.0, _MOUNT_DEG))
        self._roll_cos, self._roll_sin = math.cos(roll), math.sin(roll)
        self._breath_hz = rng.uniform(*_BREATH_HZ)
        self._vigour = max(0.6, rng.gauss(1.0, 0.15))
        self._noise = np.random.default_rng(rng.getrandbits(64))

    def acceleration_mg(self, elapsed_s: FloatArray) -> FloatArray:
        """(n, 3) milli-g at (n,) rising moments, real seconds since the simulation's start."""
        first, last = float(elapsed_s[0]), float(elapsed_s[-1])
        segment = self._timetable.at(first)
        if last < segment.ends_s:
            return self._within(segment.activity, segment.starts_s, elapsed_s)
        cut = max(1, int(np.searchsorted(elapsed_s, segment.ends_s)))
        head = self._within(segment.activity, segment.starts_s, elapsed_s[:cut])
        return np.concatenate([head, self.acceleration_mg(elapsed_s[cut:])])

    def _within(self, activity: Activity, began_s: float, elapsed_s: FloatArray) -> FloatArray:
        template = TEMPLATES[activity]
        phase = self._phase(elapsed_s)
        # Posture eases over from the one before, so that angles never jump.
        before = TEMPLATES[self._timetable.at(math.nextafter(began_s, -math.inf)).activity]
        ease = np.clip((elapsed_s - began_s) / _SETTLE_S, 0.0, 1.0)
        tilt_deg = template.tilt_deg[phase] * ease + before.tilt_deg[0] * (1.0 - ease)
        tilt_deg += self._mount_tilt_deg
        body = self._body(template, phase, elapsed_s)
        sway = self._noise.standard_normal((len(elapsed_s), 3)) * NOISE_MG
        slow = SWAY_MG.get(activity, USUAL_SWAY_MG) * np.sin(
            2 * np.pi * np.array([0.31, 0.47, 0.23]) * elapsed_s[:, None] + self._breath_hz * 40
        )
        return self._in_chest_axes(np.radians(tilt_deg), body) + sway + slow

    def _phase(self, elapsed_s: FloatArray) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        """Index into a template; 0, its resting start, outside repetitions."""
        index = np.searchsorted(self._starts_s, elapsed_s, side="right") - 1
        starts, ends = self._starts_s[index], self._ends_s[index]
        with np.errstate(invalid="ignore"):
            phase = np.where(elapsed_s < ends, (elapsed_s - starts) / (ends - starts), 0.0)
        return np.asarray((phase * PHASES).astype(np.int64).clip(0, PHASES - 1))

    def _body(
        self,
        template: Template,
        phase: np.ndarray[tuple[int], np.dtype[np.int64]],
        at_s: FloatArray,
    ) -> tuple[FloatArray, FloatArray, FloatArray]:
        breath = _BREATH_MG * np.sin(2 * np.pi * self._breath_hz * at_s)
        # Flight is free fall however vigorous the jump; and nothing falls faster.
        up = template.up_mg[phase]
        up = np.where(up <= -STANDARD_GRAVITY_MG, up, up * self._vigour)
        up = np.maximum(up, -STANDARD_GRAVITY_MG)
        forward = template.forward_mg[phase] * self._vigour + breath
        return up, forward, template.left_mg[phase] * self._vigour

    def _in_chest_axes(
        self, tilt: FloatArray, body: tuple[FloatArray, FloatArray, FloatArray]
    ) -> FloatArray:
        up, forward, left = body
        cos, sin = np.cos(tilt), np.sin(tilt)
        x = -(STANDARD_GRAVITY_MG + up) * cos + forward * sin
        z = (STANDARD_GRAVITY_MG + up) * sin + forward * cos
        y = left * self._roll_cos + x * self._roll_sin
        x = x * self._roll_cos - left * self._roll_sin
        return np.stack([x, y, z], axis=1)
