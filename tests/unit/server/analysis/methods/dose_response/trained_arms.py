"""Made-up doses of the fifteen trained in `tests/two_arm_outcomes.py`, and what else moves them.

For numbers of other programs `pre` and `post` are TRAINING_PRE and TRAINING_POST typed into R.
"""

from typing import Final

import numpy as np

from server.analysis.methods.design import TwoByTwo
from server.analysis.methods.dose_response.trained import Trained, select_training
from tests.two_arm_outcomes import balanced

SRPE_AU: Final = (
    4980.0, 5410.0, 4635.0, 3890.0, 4420.0, 3310.0, 4725.0, 3505.0, 3580.0, 5260.0, 4470.0,
    4150.0, 3150.0, 4805.0, 3720.0,
)  # fmt: skip
WITH_TIES_AU: Final = (4980.0, 4980.0, *SRPE_AU[2:])
AGE_Y: Final = (
    34.0, 41.0, 38.0, 45.0, 29.0, 47.0, 36.0, 33.0, 44.0, 31.0, 40.0, 49.0, 37.0, 35.0, 42.0,
)  # fmt: skip
EDSS: Final = (2.0, 3.5, 2.0, 3.0, 1.5, 4.0, 2.5, 1.0, 3.0, 1.5, 2.5, 4.5, 2.0, 2.0, 3.0)
DOSE: Final = "srpe_load_au"


def training_arm() -> TwoByTwo:
    """P16 to P30, complete."""
    return select_training(balanced())


def trained(dose: tuple[float | None, ...] = SRPE_AU) -> Trained:
    return Trained.from_design(training_arm(), DOSE, np.array(dose, dtype=np.float64))
