"""An hour of fifteen women as a server holds it: ledger, heart rates with RR, movement at 200 Hz.

SIMULATED: noise about gravity with a swing of two seconds, hearts that drift; what counts here is
how much there is of it.
"""

import os
from collections.abc import Iterator

import numpy as np

from protocol.ledger.instants import parse_utc_ms
from protocol.messages.uplink import NotificationRecord
from protocol.training.plan import compute_digest
from protocol.training.shipped import read_shipped_plan
from server.sessions.appending import Posting
from server.sessions.ledger import append_events
from server.storage import Storage
from tests.ledger_entries import SESSION, Tablet, attending, minute, planned, started, wearing
from tests.unit.server.batches import BOOT, upload

N_PEOPLE = 15
CODES = tuple(f"P{n:02d}" for n in range(1, N_PEOPLE + 1))
STRAPS = tuple(f"51ADA0{n:02d}" for n in range(1, N_PEOPLE + 1))
STATIONS = [f"exercise-{n}" for n in range(8)]
NS_PER_MS = 1_000_000
FRAME_MS, FRAME_SAMPLES = 180, 36  # 200 Hz in a notification of MTU 232 (ble-wire)
UPLOAD_MS, HOUR_MS = 500, 3_600_000
PMD_DATA = "fb005c82-02e7-f387-1cad-8acd2d8df0c8"
FIRST_STAMP_NS = 599_616_000_000_000_000


def fill(storage: Storage, seed: int = 1) -> int:
    """Store it all; returns how many records that is."""
    _enter(storage)
    n_records = 0
    chance = np.random.default_rng(seed)
    moving = [make_movement(chance) for _ in STRAPS]
    for records in iterate_uploads(chance, moving):
        storage.writer.submit(upload(records)).result()
        n_records += len(records)
    return n_records


def _enter(storage: Storage) -> None:
    tablet = Tablet()
    digest = compute_digest(read_shipped_plan("as_printed"))
    plan = {**planned(*CODES), "plan_sha256": digest}
    events = [tablet.write("session_planned", "session", plan)]
    for n, code in enumerate(CODES, start=1):
        about = f"01999999-0000-7000-8000-0000000000{n:02x}"
        events.append(tablet.write("attendance", code, attending(), minute(1)))
        worn = wearing(code, STRAPS[n - 1], minute(0))
        events.append(tablet.write("wearing", about, worn, minute(1)))
    first = {code: n % len(STATIONS) for n, code in enumerate(CODES)}
    clock = started(minute(10), STATIONS, first, rounds=3, work_s=60)
    events.append(tablet.write("clock_started", "clock", clock, minute(10)))
    events.append(tablet.write("session_closed", "session", {"summary": {}}, minute(60)))
    posting = Posting(SESSION, events, minute(61), "sara")
    storage.writer.write(lambda c: append_events(c, posting, os.urandom)).result()


def make_movement(chance: np.random.Generator) -> list[bytes]:
    """A minute of frames' samples, played again and again."""
    n_samples = 60_000 // FRAME_MS * FRAME_SAMPLES
    swing = 300 * np.sin(2 * np.pi * np.arange(n_samples) / 400)
    samples = chance.normal(0, 25, (n_samples, 3))
    samples[:, 2] += 1000 + swing
    whole = samples.astype("<i2").tobytes()
    return [whole[at : at + FRAME_SAMPLES * 6] for at in range(0, len(whole), FRAME_SAMPLES * 6)]


def iterate_uploads(
    chance: np.random.Generator, moving: list[list[bytes]]
) -> Iterator[list[NotificationRecord]]:
    seq = 0
    start_ms = parse_utc_ms(minute(0))
    for from_ms in range(0, HOUR_MS, UPLOAD_MS):
        records = []
        for strap, payload, at_ms in _list_values(chance, moving, from_ms):
            seq += 1
            characteristic = "2a37" if payload[0] == 0x10 else PMD_DATA
            monotonic_ns, wall_ns = at_ms * NS_PER_MS, (start_ms + at_ms) * NS_PER_MS
            records.append(
                NotificationRecord(seq, strap, characteristic, BOOT, monotonic_ns, wall_ns, payload)
            )
        yield records


def _list_values(
    chance: np.random.Generator, moving: list[list[bytes]], from_ms: int
) -> Iterator[tuple[str, bytes, int]]:
    frames = range(-(-from_ms // FRAME_MS), -(-(from_ms + UPLOAD_MS) // FRAME_MS))
    for strap, own in zip(STRAPS, moving, strict=True):
        if from_ms % 1000 == 0:
            rr_ticks = int(chance.normal(600, 12))
            yield strap, bytes([0x10, 102]) + rr_ticks.to_bytes(2, "little"), from_ms
        for frame in frames:
            stamp = (FIRST_STAMP_NS + frame * FRAME_MS * NS_PER_MS).to_bytes(8, "little")
            late_ms = int(chance.exponential(5))
            yield (
                strap,
                b"\x02" + stamp + b"\x01" + own[frame % len(own)],
                frame * FRAME_MS + late_ms,
            )
