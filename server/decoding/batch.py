"""Many decoded acceleration frames as arrays, and the frames that could not be decoded."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

AXES = 3
HEADER_BYTES = 10  # measurement u8, timestamp u64, form u8
MEASUREMENT_MASK = 0x3F
ACCELERATION = 2

SampleArray = NDArray[np.signedinteger]


@dataclass(frozen=True, slots=True)
class RefusedFrame:
    """`index` is the frame's place in the batch; it has no samples there."""

    index: int
    reason: str


@dataclass(frozen=True, slots=True)
class Columns:
    """One entry a frame; a refused frame has no samples and announces none."""

    n_samples: NDArray[np.int64]
    n_announced: NDArray[np.int64]
    forms: NDArray[np.uint8]  # byte 9
    truncated: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class AccelerationBatch:
    """Counts of F frames joined in their order.

    `samples` is (N, 3), oldest first, and owns its memory (in either axis order): int16 for raw
    8 and 16 bit, int32 or int64 where counts may be wider. `timestamps_ns` is the strap's clock
    at the last sample of each frame; `columns` hold the rest that is known of each.
    """

    samples: SampleArray
    timestamps_ns: NDArray[np.uint64]
    columns: Columns
    refused: tuple[RefusedFrame, ...]

    def samples_of(self, index: int) -> SampleArray:
        """The (n, 3) counts of one frame; a view."""
        end = int(self.columns.n_samples[: index + 1].sum())
        return self.samples[end - int(self.columns.n_samples[index]) : end]


@dataclass(frozen=True, slots=True)
class Part:
    """Some frames of a batch, decoded together: `places` are their indices in the batch."""

    places: NDArray[np.int64]
    samples: SampleArray
    n_samples: NDArray[np.int64]
    n_announced: NDArray[np.int64]
    truncated: NDArray[np.bool_]
