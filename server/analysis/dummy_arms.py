"""Arms dealt anew by chance: what may be run before the lock, as nothing of it is a result."""

from dataclasses import replace
from typing import Final

import numpy as np

from server.analysis.frame import Frame

NOTICE: Final = "REHEARSAL: arms dealt anew by chance, so no number here is a result"


def deal_arms_anew(frame: Frame, seed: int) -> Frame:
    """The same rows, each with somebody's arm; as many in each arm as before."""
    order = np.random.default_rng(seed).permutation(frame.n)
    return replace(frame, group=tuple(frame.group[place] for place in order))
