"""ENMO and MAD of epochs whose samples lie one after the other in memory.

ENMO = mean(max(r - 1 g, 0)), each sample cut off at zero BEFORE the mean (van Hees et al. 2013,
PLoS ONE 8:e61691; GGIR). MAD = mean|r - mean r| of the epoch (Vaha-Ypya et al. 2015, Clin Physiol
Funct Imaging 35:64). r is the length of the acceleration vector.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from server.dose.movement.calibration import Calibration

GRAVITY_MG: Final = 1000.0
# So many samples with all that is computed of them fit into a core's second-level cache; a few
# times fewer, and the calls cost more than the arithmetic.
BLOCK_SAMPLES: Final = 32_000
AXES: Final = 3

Samples = NDArray[np.floating] | NDArray[np.signedinteger]
Floats = NDArray[np.float64]
Places = NDArray[np.int64]


class NormMeter:
    """Measures epochs block by block in memory of its own. Not for two threads at once.

    Whole counts (int16, mg) are computed in float32, which differs from float64 by less than a
    millionth of the largest norm in an epoch: 0.001 mg near 1 g, 0.0002 found in real jumps.
    Floating-point input is computed in float64.
    """

    def __init__(self, dtype: np.dtype[np.generic], calibration: Calibration | None = None) -> None:
        self._float = np.dtype(np.float64 if dtype.kind == "f" else np.float32)
        self._calibration = calibration
        self._ones = np.ones(AXES, self._float)
        self._grow(0)

    def measure(self, samples_mg: Samples, starts: Places) -> tuple[Floats, Floats]:
        """ENMO and MAD in mg, each (E,), of samples (n, 3) in mg without a missing value.

        Epoch e holds `samples_mg[starts[e] : starts[e + 1]]`, the last one the rest; none is empty.
        """
        bounds = np.append(starts, len(samples_mg))
        lengths = np.diff(bounds)
        equal = bool((lengths == lengths[0]).all())
        at_once = max(1, int(BLOCK_SAMPLES // lengths.max()))
        enmo_mg, mad_mg = np.empty(len(starts)), np.empty(len(starts))
        for first in range(0, len(starts), at_once):
            block = slice(first, first + at_once)
            begin, end = bounds[first], bounds[min(first + at_once, len(starts))]
            norms = self._compute_norms(samples_mg[begin:end])
            if equal:
                measured = self._measure_equal(norms.reshape(-1, lengths[0]))
            else:
                measured = self._measure_block(norms, starts[block] - begin, lengths[block])
            enmo_mg[block], mad_mg[block] = measured
        return enmo_mg, mad_mg

    def _compute_norms(self, samples_mg: Samples) -> NDArray[np.floating]:
        """r - 1 g of each sample; the block's own memory, valid until the next block."""
        n = len(samples_mg)
        if n > len(self._norms):
            self._grow(n)
        wide, norms = self._wide[:n], self._norms[:n]
        np.copyto(wide, samples_mg, casting="unsafe")
        if self._calibration is not None:
            flat = wide.reshape(-1)
            np.multiply(flat, self._gains[: flat.size], out=flat)
            np.add(flat, self._offsets_mg[: flat.size], out=flat)
        np.multiply(wide, wide, out=wide)
        np.matmul(wide, self._ones, out=norms)
        np.sqrt(norms, out=norms)
        np.subtract(norms, GRAVITY_MG, out=norms)
        return norms

    def _measure_block(
        self, norms: NDArray[np.floating], starts: Places, lengths: Places
    ) -> tuple[NDArray[np.floating], NDArray[np.floating]]:
        """Of (n,), cut at `starts`. Sums are in float64: these aren't added pair by pair."""
        scratch = self._scratch[: len(norms)]
        np.maximum(norms, 0, out=scratch)
        enmo_mg = np.add.reduceat(scratch, starts, dtype=np.float64) / lengths
        means = np.add.reduceat(norms, starts, dtype=np.float64) / lengths
        np.subtract(norms, np.repeat(means, lengths), out=scratch, casting="same_kind")
        np.maximum(scratch, 0, out=scratch)
        return enmo_mg, 2 * np.add.reduceat(scratch, starts, dtype=np.float64) / lengths

    def _measure_equal(
        self, norms: NDArray[np.floating]
    ) -> tuple[NDArray[np.floating], NDArray[np.floating]]:
        """Of (E, n). What lies above the mean sums to as much as what lies below: half of MAD."""
        n = norms.shape[1]
        scratch, ones = self._scratch[: norms.size].reshape(norms.shape), self._row[:n]
        np.maximum(norms, 0, out=scratch)
        enmo_mg = scratch @ ones / n
        means = norms @ ones / n
        np.subtract(norms, means[:, None], out=scratch)
        np.maximum(scratch, 0, out=scratch)
        return enmo_mg, 2 * (scratch @ ones) / n

    def _grow(self, n_samples: int) -> None:
        n = max(n_samples, BLOCK_SAMPLES)
        self._wide = np.empty((n, AXES), self._float)
        self._norms, self._scratch = np.empty(n, self._float), np.empty(n, self._float)
        self._row = np.ones(n, self._float)
        if self._calibration is not None:
            self._gains = np.tile(np.array(self._calibration.gains, self._float), n)
            offsets_mg = GRAVITY_MG * np.array(self._calibration.offsets_g)
            self._offsets_mg = np.tile(offsets_mg.astype(self._float), n)
