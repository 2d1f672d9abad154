"""Real torso recordings, read where they lie: they may not be copied into the project."""

import os
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from pyarrow import parquet

SHARED_DATA = Path(
    os.environ.get("DOSELINE_SHARED_DATA", Path(__file__).parents[6] / "shared" / "data")
)
TORSO_HZ = 25


def read_torso(person: int, activity: int) -> NDArray[np.int16]:
    """Five minutes (7500, 3) in mg, x up, y to her right, z forward (UCI 256). Skips if absent."""
    path = SHARED_DATA / "torso-25hz" / "dev.parquet"
    if not path.exists():
        pytest.skip(f"the shared recordings are not at {SHARED_DATA}: set DOSELINE_SHARED_DATA")
    wanted = [("subject", "==", person), ("activity", "==", activity)]
    table = parquet.read_table(path, filters=wanted)
    return np.stack([np.asarray(table[name]) for name in ("x_mg", "y_mg", "z_mg")], axis=1)
