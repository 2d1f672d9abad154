"""How much a trunk must move, slowly and again and again, before that is counted."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from server.dose.repetitions.likeness import choose_period
from server.dose.repetitions.trunk import RATE_HZ, FloatArray

_QUICK_S: Final = 1.5  # 40 turns a minute; nobody pedals slower for long
_SIGN: Final = 0.6  # of the best likeness: a period that shows


@dataclass(frozen=True, slots=True)
class Extent:
    """What it takes to be counted.

    `movement_mg` is the root mean square over all axes; `quick_mg` is that of repetitions that
    come as quickly as pedals turn. `sweep` is movement times the period squared, in mg s²: how far
    a chest is carried or turned (300 is 20 cm there and back).
    """

    movement_mg: float
    quick_mg: float
    sweep: float
    likeness: float
    repetitions: int

    def is_reached(
        self, movement_mg: FloatArray, likeness: FloatArray, lags: NDArray[np.int64]
    ) -> NDArray[np.bool_]:
        """(m,) whether movement of (m,) mg and (m, k) likeness at these lags is enough.

        Judged by the shortest period there is a sign of: two turns of a pedal are no slow one.
        """
        return self.is_wide(movement_mg, choose_period(likeness, lags, _SIGN)[0] / RATE_HZ)

    def is_wide(self, movement_mg: FloatArray, period_s: FloatArray) -> NDArray[np.bool_]:
        """Whether movement of so many mg is enough at these periods."""
        least_mg = np.where(period_s < _QUICK_S, self.quick_mg, self.movement_mg)
        return (movement_mg >= least_mg) & (movement_mg * period_s**2 >= self.sweep)


# On a bicycle the development data have up to 165 mg at 0.8 to 1.3 s; sitting and standing 25 mg.
UNNAMED: Final = Extent(90.0, 220.0, 300.0, 0.55, 4)
# Of a set it is known that she does something; of band work, not whether the trunk shows it.
NAMED: Final = Extent(55.0, 55.0, 60.0, 0.5, 2)
CLEAR: Final = Extent(180.0, 180.0, 150.0, 0.4, 3)
