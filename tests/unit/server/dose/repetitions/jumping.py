"""Countermovement jumps drawn from mechanics: what a chest feels, and how many there were.

SIMULATED, and independent of the detector and of the simulator's one template: every jump has its
own depth, flight, landing and rest, and its impulses add up to zero.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
FINE_HZ = 1000.0


@dataclass(frozen=True, slots=True)
class Jumper:
    """One person and her way to jump; seconds and g."""

    flight_s: tuple[float, float] = (0.18, 0.5)
    rest_s: tuple[float, float] = (0.3, 4.0)
    dip_g: tuple[float, float] = (0.25, 0.7)
    arm_swing_g: float = 0.25
    bounce: float = 0.25  # chance that she lifts off once more at the landing
    tilt_deg: float = 15.0  # how the strap sits, up to
    lean_deg: float = 25.0
    noise_mg: float = 8.0


def simulate_jumps(
    rng: np.random.Generator, rate_hz: float, seconds: float, jumper: Jumper
) -> tuple[FloatArray, list[float]]:
    """(n, 3) milli-g and the moments of take-off of all jumps that end before `seconds`."""
    up: list[FloatArray] = [np.zeros(int(rng.uniform(0.5, 2.0) * FINE_HZ))]
    take_offs: list[float] = []
    while True:
        jump, take_off_s = _one_jump(rng, jumper)
        at_s = sum(map(len, up)) / FINE_HZ
        if at_s + len(jump) / FINE_HZ > seconds:
            break
        take_offs.append(at_s + take_off_s)
        up += [jump, np.zeros(int(rng.uniform(*jumper.rest_s) * FINE_HZ))]
    vertical = np.concatenate(up)[: int(seconds * FINE_HZ)]
    vertical = np.pad(vertical, (0, int(seconds * FINE_HZ) - len(vertical)))
    return _on_the_chest(rng, vertical, take_offs, rate_hz, jumper), take_offs


def _pulse(impulse: float, lasts_s: float) -> FloatArray:
    """A half sine that changes velocity by `impulse` (g s)."""
    n = max(2, int(lasts_s * FINE_HZ))
    shape = np.sin(np.pi * (np.arange(n) + 0.5) / n)
    return np.asarray(impulse * FINE_HZ * shape / shape.sum())


def _one_jump(rng: np.random.Generator, jumper: Jumper) -> tuple[FloatArray, float]:
    flight_s = rng.uniform(*jumper.flight_s)
    leaves = flight_s / 2
    dip_s = rng.uniform(0.25, 0.5)
    dip = rng.uniform(*jumper.dip_g) * dip_s * 2 / math.pi
    push = _pulse(dip + leaves, rng.uniform(0.22, 0.38))
    before = [_pulse(-dip, dip_s), push]
    after = [np.full(int(flight_s * FINE_HZ), -1.0)]
    falls = leaves
    if rng.random() < jumper.bounce:
        again_s = rng.uniform(0.06, 0.12)
        after += [_pulse(falls + again_s / 2, rng.uniform(0.08, 0.14))]
        after += [np.full(int(again_s * FINE_HZ), -1.0)]
        falls = again_s / 2
    after += _landing(rng, falls)
    return np.concatenate(before + after), sum(map(len, before)) / FINE_HZ


def _landing(rng: np.random.Generator, falls: float) -> list[FloatArray]:
    """Toes, heels, a crouch that goes a little too deep, and up again."""
    toes = falls * rng.uniform(0.2, 0.6)
    sinks = rng.uniform(0.0, 0.06)
    heels_s = rng.uniform(0.06, 0.2)
    return [
        _pulse(toes, rng.uniform(0.03, 0.07)),
        np.zeros(int(rng.uniform(0.0, 0.03) * FINE_HZ)),
        _pulse(falls - toes + sinks, heels_s),
        _pulse(-sinks, rng.uniform(0.2, 0.4)),
    ]


def _on_the_chest(
    rng: np.random.Generator,
    vertical_g: FloatArray,
    take_offs: list[float],
    rate_hz: float,
    jumper: Jumper,
) -> FloatArray:
    at_s = np.arange(len(vertical_g)) / FINE_HZ
    swing = np.zeros(len(vertical_g))
    lean = np.zeros(len(vertical_g))
    for moment in take_offs:
        swing += jumper.arm_swing_g * _bump(at_s, moment - 0.15, 0.1)
        swing -= jumper.arm_swing_g * _bump(at_s, moment - 0.4, 0.1)
        lean += jumper.lean_deg * _bump(at_s, moment - 0.35, 0.12)
    lean = np.radians(lean)
    force = 1.0 + vertical_g  # in flight nothing is felt, swing and lean included
    forward = swing * np.clip(force, 0.0, 1.0)
    body = np.stack(
        [
            -force * np.cos(lean) + forward * np.sin(lean),
            0.05 * swing,
            force * np.sin(lean) + forward * np.cos(lean),
        ],
        axis=1,
    )
    picked = np.arange(0, len(body), FINE_HZ / rate_hz).astype(np.int64)
    mg = 1000.0 * body[picked] @ _tilted(rng, jumper.tilt_deg)
    return np.asarray(mg + rng.normal(0.0, jumper.noise_mg, mg.shape)).round()


def _bump(at_s: FloatArray, centre_s: float, width_s: float) -> FloatArray:
    return np.asarray(np.exp(-0.5 * ((at_s - centre_s) / width_s) ** 2))


def _tilted(rng: np.random.Generator, most_deg: float) -> FloatArray:
    """A turn by up to so much about each axis."""
    a, b, c = np.radians(rng.uniform(-most_deg, most_deg, 3))
    x = np.array([[1, 0, 0], [0, math.cos(a), -math.sin(a)], [0, math.sin(a), math.cos(a)]])
    y = np.array([[math.cos(b), 0, math.sin(b)], [0, 1, 0], [-math.sin(b), 0, math.cos(b)]])
    z = np.array([[math.cos(c), -math.sin(c), 0], [math.sin(c), math.cos(c), 0], [0, 0, 1]])
    return np.asarray(x @ y @ z)
