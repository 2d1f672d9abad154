"""Archives whose rows were moved into segments."""

from sqlalchemy import func, select

from server.db.database import Database
from server.ingest.runs import RunContent, iterate_archive
from server.ingest.segments.compaction import Compacted, compact
from server.ingest.segments.marking import Choice
from server.ingest.tables import CHUNKS, SEGMENTS
from server.storage import Storage
from tests.unit.server.batches import Entry, gap, record, upload

PARTS: list[list[Entry]] = [
    [record(1), record(2), record(3)],
    [gap(4, 6)],
    [record(7), gap(8), record(9, bytes(300)), record(10)],
    [record(seq) for seq in range(11, 41)],
]
N_CHUNKS = 3 + 0 + 2 + 3  # one a strap and upload

EVERYTHING = Choice(received_before_wall_ns=2**63 - 1)


def compact_all(database: Database) -> Compacted:
    return compact(database, EVERYTHING)


def count_chunks(database: Database) -> tuple[int, int]:
    """Chunks that are rows, and chunks in segments."""
    with database.reading() as connection:
        n_rows = connection.execute(select(func.count()).select_from(CHUNKS)).scalar_one()
        n_held = connection.execute(select(func.sum(SEGMENTS.c.n_chunks))).scalar_one()
    return n_rows, n_held or 0


def damage_segment(database: Database, bits: tuple[int, ...], segment_id: int = 1) -> None:
    """Flip bits of a segment's body, as a failing disk would: past all triggers."""
    with database.writing() as connection:
        if database.is_sqlite:
            connection.exec_driver_sql("DROP TRIGGER IF EXISTS archive_segments_refuses_update")
        else:
            connection.exec_driver_sql("ALTER TABLE archive_segments DISABLE TRIGGER USER")
        of_segment = SEGMENTS.c.id == segment_id
        body = bytearray(connection.execute(select(SEGMENTS.c.body).where(of_segment)).scalar_one())
        for bit in bits:
            body[bit // 8 % len(body)] ^= 1 << bit % 8
        connection.execute(SEGMENTS.update().where(of_segment).values(body=bytes(body)))


def fill(storage: Storage, parts: list[list[Entry]] = PARTS) -> None:
    """Two gateways that hear the same straps, in turn."""
    for part in parts:
        for gateway in ("gym", "hall"):
            storage.writer.submit(upload(part, gateway=gateway)).result()


def read_archive(storage: Storage) -> list[RunContent]:
    with storage.database.reading() as connection:
        return [*iterate_archive(connection)]
