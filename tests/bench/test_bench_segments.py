"""What segments save: a real H10's minute and simulated ones, stored, compacted and read again.

The entropy estimate is performance.md's: what first differences of an axis, taken for themselves,
can't be told in less than (Shannon, of their frequencies).
"""

import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from sqlalchemy import func, select

from firmware_sim.strap.recording import H10_AT_REST, load_recording
from protocol.messages.uplink import NotificationRecord
from server.ingest.segments.frames import AXES, is_raw_frame, pack_frames
from server.ingest.tables import SEGMENTS
from server.storage import Storage
from tests.bench.conftest import BenchReport
from tests.bench.hour_of_straps import (
    FIRST_STAMP_NS,
    FRAME_MS,
    FRAME_SAMPLES,
    NS_PER_MS,
    PMD_DATA,
    STRAPS,
    iterate_uploads,
    make_movement,
)
from tests.compacting import compact_all
from tests.studies import make_study
from tests.unit.server.batches import BOOT, WALL_NS, upload

pytestmark = pytest.mark.bench

ENTROPY_TARGET = 1.15  # of the acceleration's own bytes
ROWS_TARGET = 3  # times smaller than the rows
UPLOADS_A_MINUTE = 120
UPLOAD_NS = 500_000_000
N_MINUTES = 4
Uploads = list[list[NotificationRecord]]


def real_minute() -> Uploads:
    """A real Polar H10's chest at rest, in two uploads a second; its frames some ms late."""
    recording = load_recording(H10_AT_REST)
    chance = np.random.default_rng(1)
    samples = recording.acc_mg.astype("<i2")
    told: list[tuple[int, str, bytes]] = []
    for n in range(1, len(samples) // FRAME_SAMPLES + 1):
        end_ns = n * FRAME_MS * NS_PER_MS
        stamp = (FIRST_STAMP_NS + end_ns).to_bytes(8, "little")
        frame = samples[(n - 1) * FRAME_SAMPLES : n * FRAME_SAMPLES].tobytes()
        arrived_ns = end_ns + int(chance.exponential(5e6))
        told.append((arrived_ns, PMD_DATA, b"\x02" + stamp + b"\x01" + frame))
    for report in recording.reports:
        ticks = b"".join(one.to_bytes(2, "little") for one in report.rr_ticks)
        told.append((report.offset_ns, "2a37", bytes([0x10, report.bpm]) + ticks))
    uploads: Uploads = [[] for _ in range(UPLOADS_A_MINUTE + 1)]
    for seq, (at_ns, characteristic, payload) in enumerate(sorted(told), start=1):
        whose = (seq, STRAPS[0], characteristic, BOOT)
        record = NotificationRecord(*whose, at_ns, WALL_NS + at_ns, payload)
        uploads[at_ns // UPLOAD_NS].append(record)
    return [records for records in uploads if records]


def simulated_minutes() -> Uploads:
    chance = np.random.default_rng(1)
    moving = [make_movement(chance) for _ in STRAPS]
    return [*islice(iterate_uploads(chance, moving), N_MINUTES * UPLOADS_A_MINUTE)]


def read_samples(frames: list[bytes]) -> NDArray[np.int16]:
    joined = b"".join(frame[10:] for frame in frames)
    return np.frombuffer(joined, "<i2").reshape(-1, AXES)


def estimate_entropy_bytes(samples: NDArray[np.int16]) -> float:
    """Of all axes' first differences."""
    bits = 0.0
    for axis in range(AXES):
        differences = np.diff(samples[:, axis].astype(np.int64))
        _, counts = np.unique(differences, return_counts=True)
        share = counts / counts.sum()
        bits += float(-(share * np.log2(share)).sum()) * len(samples)
    return bits / 8


def measure_columns(uploads: Uploads) -> dict[str, float]:
    """Of the first strap's axes in a minute's segment: what they take, and would at least."""
    payloads = [
        one.payload
        for records in uploads[:UPLOADS_A_MINUTE]
        for one in records
        if one.strap == STRAPS[0] and is_raw_frame(one.payload)
    ]
    samples = read_samples(payloads)
    n_bytes = sum(len(column) for column in pack_frames(payloads)[2:])
    entropy_bytes = estimate_entropy_bytes(samples)
    return {
        "entropy_bytes_a_sample": entropy_bytes / len(samples),
        "bytes_a_sample": n_bytes / len(samples),
        "ratio_to_entropy": n_bytes / entropy_bytes,
    }


def take_seconds(work: Callable[[], Any]) -> float:
    began_s = time.perf_counter()
    work()
    return time.perf_counter() - began_s


def read_feed(storage: Storage) -> int:
    n_records, cursor = 0, 0
    while (page := storage.feed.read_after(cursor)).cursor != cursor:
        n_records, cursor = n_records + len(page.records), page.cursor
    return n_records


@pytest.mark.parametrize("make", [real_minute, simulated_minutes])
def test_segments(make: Callable[[], Uploads], tmp_path: Path, bench_report: BenchReport) -> None:
    uploads = make()
    figures = measure_columns(uploads)
    n_records = sum(len(records) for records in uploads)
    with make_study(tmp_path / "study").open() as storage:
        for records in uploads:
            storage.writer.submit(upload(records)).result()
        assert read_feed(storage) == n_records
        from_rows_s = take_seconds(lambda: read_feed(storage))
        began_s = time.perf_counter()
        done = compact_all(storage.database)
        compacted_s = time.perf_counter() - began_s
        from_segments_s = take_seconds(lambda: read_feed(storage))
        late_s = take_seconds(lambda: storage.writer.submit(upload(uploads[0])).result())
        with storage.database.reading() as connection:
            stored = connection.execute(select(func.sum(func.length(SEGMENTS.c.body)))).scalar_one()
    assert (done.n_records, done.n_segment_bytes) == (n_records, stored)
    payload_bytes = sum(len(one.payload) for records in uploads for one in records)
    bench_report.write(
        f"segments, {make.__name__}",
        **figures,
        rows_to_segments=done.n_row_bytes / done.n_segment_bytes,
        payloads_to_segments=payload_bytes / done.n_segment_bytes,
        n_segments=done.n_segments,
        compacted_records_a_s=n_records / compacted_s,
        reading_segments_to_rows=from_segments_s / from_rows_s,
        late_upload_s=late_s,
    )
    assert figures["ratio_to_entropy"] <= ENTROPY_TARGET
    assert done.n_row_bytes >= ROWS_TARGET * done.n_segment_bytes
