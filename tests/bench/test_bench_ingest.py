"""Durable ingest against rows a sample: the same acceleration, synced, in one run.

One round is what 30 straps deliver in one frame each: 30 records of 36 three-axis samples. The
peer writes 1,080 ORM rows and commits once for all 30 straps (or once a strap: the simplest
design); ours decodes the uploads of 16 gateways, validates, hashes, archives and commits them in
groups. A figure is frames a second, each of them synced.
"""

import struct
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import BigInteger, Engine, create_engine, event, insert
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from protocol.messages.codec import decode_batch, encode_batch
from protocol.messages.uplink import NotificationRecord
from server.db.sqlite import choose_journal_mode, load_sqlite
from server.ingest.domain.entries import number_entries
from server.ingest.domain.validation import validate_batch
from server.ingest.upload import Upload
from server.storage import Storage
from tests.bench.conftest import BenchReport
from tests.postgresql_cluster import PrivateCluster, find_binaries
from tests.studies import Study, make_study
from tests.unit.server.batches import BOOT, WALL_NS, batch

pytestmark = pytest.mark.bench

N_STRAPS = 30
N_SAMPLES = 36  # ble-wire: an H10's raw frame at MTU 232
N_GATEWAYS = 16  # uploads under way at once
PMD_DATA = "fb005c82-02e7-f387-1cad-8acd2d8df0c8"
HEAD = bytes.fromhex("02eab8ce9e5f1bd90801")  # acceleration, a device time, raw 16 bit
ORM_TARGET = 100
SLICE_S = 0.5
N_SLICES = 6
MAX_FRAMES = 600_000  # more than any machine stores in that time

Triple = tuple[int, int, int]


class Base(DeclarativeBase):
    """The peer's tables."""


class Sample(Base):
    """A row a sample, as a first design would have it."""

    __tablename__ = "samples"
    id: Mapped[int] = mapped_column(primary_key=True)
    strap: Mapped[str]
    received_ns: Mapped[int] = mapped_column(BigInteger)
    number: Mapped[int]
    x_mg: Mapped[int]
    y_mg: Mapped[int]
    z_mg: Mapped[int]


def _walk_mg(chance: Random) -> list[Triple]:
    return [
        (chance.randint(-80, 80), chance.randint(-80, 80), 1000 + chance.randint(-80, 80))
        for _ in range(N_SAMPLES)
    ]


FRAMES = {f"51ADA{number:03X}": _walk_mg(Random(number)) for number in range(N_STRAPS)}
PAYLOADS = {
    strap: HEAD + b"".join(struct.pack("<hhh", *sample) for sample in samples)
    for strap, samples in FRAMES.items()
}


def _body(gateway: str, first_seq: int) -> bytes:
    """One upload of 30 straps, a frame each."""
    records = [
        NotificationRecord(first_seq + n, strap, PMD_DATA, BOOT, first_seq + n, WALL_NS, payload)
        for n, (strap, payload) in enumerate(PAYLOADS.items())
    ]
    return encode_batch(batch(records, gateway=gateway))


def _bodies(gateway: str, n_bodies: int) -> Iterator[bytes]:
    """Encoded beforehand: that is a gateway's work."""
    return iter([_body(gateway, 1 + n * N_STRAPS) for n in range(n_bodies)])


def _frames_per_s(work: Callable[[], int]) -> float:
    """Frames a second in the best of some slices; `work` stores and syncs, and says how many."""
    work()  # fills caches
    return max(_measure_slice(work) for _ in range(N_SLICES))


def _measure_slice(work: Callable[[], int]) -> float:
    n_frames, begun_s = 0, time.perf_counter()
    while (taken_s := time.perf_counter() - begun_s) < SLICE_S:
        n_frames += work()
    return n_frames / taken_s


def _peer_engine(tmp_path: Path) -> Engine:
    """The peer's database, with the same journal mode and sync as ours."""
    module = load_sqlite()
    mode, synchronous = choose_journal_mode(module.sqlite_version_info)
    engine = create_engine(f"sqlite+pysqlite:///{tmp_path / 'peer.sqlite3'}", module=module)

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: object) -> None:
        connection.execute(f"PRAGMA journal_mode={mode}")
        connection.execute(f"PRAGMA synchronous={synchronous}")

    return engine


def _store_orm_rows(engine: Engine) -> int:
    """One commit for all straps."""
    with Session(engine) as session:
        for strap, samples in FRAMES.items():
            session.add_all(
                Sample(strap=strap, received_ns=WALL_NS, number=n, x_mg=x, y_mg=y, z_mg=z)
                for n, (x, y, z) in enumerate(samples)
            )
        session.commit()
    return N_STRAPS


def _store_orm_rows_strap_by_strap(engine: Engine) -> int:
    """A commit a strap, as a request a strap would do it."""
    for strap, samples in FRAMES.items():
        with Session(engine) as session:
            session.add_all(
                Sample(strap=strap, received_ns=WALL_NS, number=n, x_mg=x, y_mg=y, z_mg=z)
                for n, (x, y, z) in enumerate(samples)
            )
            session.commit()
    return N_STRAPS


def _store_core_rows(engine: Engine) -> int:
    rows = [
        {"strap": strap, "received_ns": WALL_NS, "number": n, "x_mg": x, "y_mg": y, "z_mg": z}
        for strap, samples in FRAMES.items()
        for n, (x, y, z) in enumerate(samples)
    ]
    with engine.begin() as connection:
        connection.execute(insert(Sample), rows)
    return N_STRAPS


class OurIngest:
    """From an upload's bytes to its synced answer, without HTTP; `n_gateways` at once."""

    def __init__(self, storage: Storage, n_gateways: int) -> None:
        self._writer = storage.writer
        n_bodies = MAX_FRAMES // N_STRAPS // n_gateways
        self._bodies = {f"g{n}": _bodies(f"g{n}", n_bodies) for n in range(n_gateways)}

    def __call__(self) -> int:
        answers = [
            self._writer.submit(_read_upload(gateway, next(bodies)))
            for gateway, bodies in self._bodies.items()
        ]
        for answer in answers:
            answer.result()
        return N_STRAPS * len(answers)


def _read_upload(gateway: str, body: bytes) -> Upload:
    """What the route does with a body."""
    decoded = decode_batch(body)
    validate_batch(decoded, gateway)
    return Upload(decoded, number_entries(decoded), body)


def _measure(study: Study, engine: Engine) -> dict[str, float]:
    Base.metadata.create_all(engine)
    figures = {
        "orm_rows": _frames_per_s(lambda: _store_orm_rows(engine)),
        "orm_rows_strap_by_strap": _frames_per_s(lambda: _store_orm_rows_strap_by_strap(engine)),
        "core_rows": _frames_per_s(lambda: _store_core_rows(engine)),
    }
    engine.dispose()
    with study.open() as storage:
        figures["ours_one_upload_a_sync"] = _frames_per_s(OurIngest(storage, 1))
    with study.open() as storage:
        figures["ours_grouped"] = _frames_per_s(OurIngest(storage, N_GATEWAYS))
    figures["ratio"] = figures["ours_grouped"] / figures["orm_rows"]
    figures["ratio_to_strap_by_strap"] = (
        figures["ours_grouped"] / figures["orm_rows_strap_by_strap"]
    )
    figures["ratio_one_upload_a_sync"] = figures["ours_one_upload_a_sync"] / figures["orm_rows"]
    return figures


def test_sqlite(bench_report: BenchReport, tmp_path: Path) -> None:
    figures = _measure(make_study(tmp_path / "study"), _peer_engine(tmp_path))
    bench_report.write("durable ingest, SQLite", **figures, target=ORM_TARGET)


@pytest.mark.postgres
def test_postgresql(bench_report: BenchReport, tmp_path: Path) -> None:
    binaries = find_binaries()
    if binaries is None:
        pytest.skip("NO POSTGRESQL HERE: install Debian's postgresql to measure it")
    cluster = PrivateCluster(binaries)
    peer = cluster.new_database().replace("postgresql:", "postgresql+psycopg:")
    study = make_study(tmp_path / "study", cluster.new_database)
    figures = _measure(study, create_engine(peer))
    cluster.close()
    bench_report.write("durable ingest, PostgreSQL", **figures)
