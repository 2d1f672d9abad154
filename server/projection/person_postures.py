"""How upright she was in each epoch, by the gravity that her strap felt. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from server.decoding.clocks.frames import NS_PER_MS, NS_PER_S
from server.dose.movement.epoch_grid import EpochGrid
from server.dose.movement.epochs import Epochs
from server.dose.movement.posture import (
    H10_UPRIGHT,
    Posture,
    classify_posture,
    compute_gravity_mg,
    estimate_upright,
    measure_tilt_deg,
)
from server.dose.sensed.evening_times import Interval
from server.projection.person_streams import MovementPiece

# Where upright is on her chest: told by the warm-up, in which women sit, stand and walk; or by the
# axes of an H10 that is worn as its maker shows it.
BY_WARM_UP, BY_AXES = "warm_up", "h10_axes"
LEAST_WARM_UP_S: Final = 120.0  # of one strap, so that a minute on a mat isn't taken for upright


@dataclass(frozen=True, slots=True)
class Postures:
    """One an epoch (E,). `upright` is BY_AXES where any strap's warm-up says nothing."""

    of: tuple[Posture, ...]
    upright: str


def find_postures(
    pieces: Sequence[MovementPiece], epochs: Epochs, origin_ms: int, warmup: Interval | None
) -> Postures:
    """Of pieces at the rate of the epochs, whose seconds count from `origin_ms` (UTC).

    Unknown where an epoch has no number.
    """
    postures = [Posture.UNKNOWN] * len(epochs)
    upright = BY_WARM_UP
    heard = epochs.heard
    for strap in sorted({one.strap for one in pieces}):
        own = [one for one in pieces if one.strap == strap]
        gravity_mg = _sum_gravity(own, epochs, origin_ms)
        axis = _find_axis(gravity_mg, epochs, origin_ms, warmup)
        if axis is None:
            axis, upright = np.array(H10_UPRIGHT), BY_AXES
        tilts_deg = measure_tilt_deg(gravity_mg, axis)
        for place, posture in enumerate(classify_posture(tilts_deg)):
            if heard[place] and posture is not Posture.UNKNOWN:
                postures[place] = posture
    return Postures(tuple(postures), upright)


def _sum_gravity(
    pieces: Sequence[MovementPiece], epochs: Epochs, origin_ms: int
) -> NDArray[np.float64]:
    """Means (E, 3) in mg, of nothing 0: which isn't gravity."""
    sums_mg, n_samples = np.zeros((len(epochs), 3)), np.zeros(len(epochs))
    first = round(epochs.start_s / epochs.epoch_s)
    for piece in pieces:
        grid = EpochGrid(piece.rate_hz, epochs.epoch_s)
        spans = grid.locate_stamped((piece.utc_ns - origin_ms * NS_PER_MS) / NS_PER_S)
        lengths = np.diff(np.append(spans.starts, len(piece.samples_mg)))
        places = spans.numbers - first
        inside = (places >= 0) & (places < len(epochs))
        means_mg = compute_gravity_mg(piece.samples_mg, spans.starts)
        sums_mg[places[inside]] += means_mg[inside] * lengths[inside, None]
        n_samples[places[inside]] += lengths[inside]
    return np.asarray(sums_mg / np.maximum(n_samples, 1)[:, None], dtype=np.float64)


def _find_axis(
    gravity_mg: NDArray[np.float64], epochs: Epochs, origin_ms: int, warmup: Interval | None
) -> NDArray[np.float64] | None:
    if warmup is None:
        return None
    ends_s = [(one - origin_ms) / 1000 for one in (warmup.from_ms, warmup.until_ms)]
    inside = gravity_mg[epochs.locate(*ends_s)]
    felt = inside[inside.any(axis=1)]
    if len(felt) * epochs.epoch_s < LEAST_WARM_UP_S:
        return None
    return estimate_upright(felt)
