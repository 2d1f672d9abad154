"""A connection's readable frames: their samples in mg, and what their clocks say."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from protocol.ble.pmd.acceleration import MG_PER_G
from protocol.identifiers import BootId
from server.decoding.acceleration import decode_frames
from server.decoding.batch import AccelerationBatch, SampleArray
from server.decoding.clocks.connections import Connection
from server.decoding.clocks.frames import LAST_STAMP_NS, Flags, FrameTimes, Ints

_DELTA_IN_G = 0x80  # its counts are worth nothing without the factor of the strap's start answer
_DELTA_IN_MG = 0x81
# Bluetooth Core 5.4, Vol 3 Part F 3.2.9: no value is longer. A longer one was never a strap's.
_MAX_VALUE_BYTES = 512


@dataclass(frozen=True, slots=True)
class DecodedConnection:
    """F readable frames. `frames.n_samples` is what each announced; of a truncated one only the
    first `n_kept` are there. `samples_mg` (sum of `n_kept`, 3). `n_repeated` frames came again byte
    by byte and are left out: the second time says nothing of the clock."""

    boot_id: BootId
    frames: FrameTimes
    n_kept: Ints
    samples_mg: NDArray[np.float32]
    refused_arrivals_ns: Ints
    n_repeated: int


def decode_connection(connection: Connection) -> DecodedConnection:
    """Decode all frames at once; those that can't be, or whose unit isn't known, are set aside."""
    heard_ns: dict[bytes, int] = {}
    for payload, arrival_ns in zip(connection.payloads, connection.arrivals_ns, strict=True):
        heard_ns.setdefault(payload, arrival_ns)
    arrivals_ns = np.fromiter(heard_ns.values(), np.int64, len(heard_ns))
    batch = decode_frames([one if len(one) <= _MAX_VALUE_BYTES else b"" for one in heard_ns])
    scales_mg = _scale_mg(batch, connection.factor)
    readable = (
        (batch.columns.n_samples > 0) & (batch.timestamps_ns < LAST_STAMP_NS) & ~np.isnan(scales_mg)
    )
    frames = FrameTimes(
        batch.timestamps_ns[readable].astype(np.int64),
        arrivals_ns[readable],
        batch.columns.n_announced[readable],
    )
    return DecodedConnection(
        connection.boot_id,
        frames,
        batch.columns.n_samples[readable],
        _take_samples(batch, readable, scales_mg),
        arrivals_ns[~readable],
        len(connection.payloads) - len(heard_ns),
    )


def join_connections(parts: Sequence[DecodedConnection]) -> tuple[DecodedConnection, Ints]:
    """One after the other as one, and of each frame (F,) the number of its connection."""
    frames = FrameTimes(
        np.concatenate([one.frames.stamps_ns for one in parts]),
        np.concatenate([one.frames.arrivals_ns for one in parts]),
        np.concatenate([one.frames.n_samples for one in parts]),
    )
    joined = DecodedConnection(
        parts[0].boot_id,
        frames,
        np.concatenate([one.n_kept for one in parts]),
        np.concatenate([one.samples_mg for one in parts]),
        np.concatenate([one.refused_arrivals_ns for one in parts]),
        sum(one.n_repeated for one in parts),
    )
    return joined, np.repeat(np.arange(len(parts)), [len(one.frames) for one in parts])


def _scale_mg(batch: AccelerationBatch, factor: float | None) -> NDArray[np.float64]:
    """What each frame's counts are multiplied with; NaN where nobody said."""
    scales_mg = np.ones(batch.columns.forms.size)
    in_g = np.nan if factor is None else factor * MG_PER_G
    scales_mg[batch.columns.forms == _DELTA_IN_G] = in_g
    if factor is not None:
        scales_mg[batch.columns.forms == _DELTA_IN_MG] = factor
    return scales_mg


def _take_samples(
    batch: AccelerationBatch, readable: Flags, scales_mg: NDArray[np.float64]
) -> NDArray[np.float32]:
    n_samples = batch.columns.n_samples
    counts: SampleArray = batch.samples
    if not readable.all():
        counts = counts[np.repeat(readable, n_samples)]
    scales_mg, n_samples = scales_mg[readable], n_samples[readable]
    if (scales_mg == 1.0).all():
        return np.ascontiguousarray(counts, dtype=np.float32)
    scaled = counts * np.repeat(scales_mg, n_samples)[:, None]
    return np.ascontiguousarray(scaled, dtype=np.float32)
