"""What the database itself refuses of segments, whoever asks."""

import pytest
from sqlalchemy import Connection, delete, insert, select
from sqlalchemy.exc import DBAPIError

from server.db.database import Database
from server.ingest.tables import CHUNKS, SEGMENT_PROOFS, SEGMENTS
from tests.compacting import compact_all, fill
from tests.studies import Study
from tests.unit.server.batches import STRAPS, record, upload


def _store_unproven(connection: Connection, first_chunk: int, last_chunk: int) -> None:
    """A segment of the first gateway's first strap, as it would be without its proof."""
    numbers = {"first_seq": 2, "last_seq": 4, "n_chunks": 2, "n_records": 2, "n_row_bytes": 1}
    numbers |= {"codec": 1, "made_wall_ns": 0, "body_crc32": 0}
    blobs = {"rows_sha256": b"rows", "body_sha256": b"body", "body": b""}
    place = {"id": 7, "stream_id": 1, "strap": STRAPS[0], "first_chunk": first_chunk}
    values = {**place, "last_chunk": last_chunk, **numbers, **blobs}
    connection.execute(insert(SEGMENTS), [values])


def _may_go(database: Database, chunk_id: int) -> bool:
    try:
        with database.writing() as connection:
            connection.execute(delete(CHUNKS).where(CHUNKS.c.id == chunk_id))
    except DBAPIError as error:
        return "no proven segment" not in str(error)
    return True


def test_the_database_itself_keeps_what_no_proven_segment_holds(study: Study) -> None:
    """Chunks of the strap before, between and after; of another strap; of another gateway."""
    with study.open() as storage:
        told = [("gym", [1]), ("gym", [2, 3]), ("hall", [1]), ("gym", [4]), ("gym", [5])]
        for gateway, seqs in told:
            sent = [record(seq, strap=STRAPS[seq == 3]) for seq in seqs]
            storage.writer.submit(upload(sent, gateway=gateway)).result()
        database = storage.database
        chunks = [512, 1024, 1025, 1536, 2048, 2560]
        with database.writing() as connection:
            stored = connection.execute(select(CHUNKS.c.id).order_by(CHUNKS.c.id)).scalars()
            assert stored.all() == chunks
            _store_unproven(connection, 1024, 2048)
        assert not any(_may_go(database, chunk) for chunk in chunks)
        proof = {"segment_id": 7, "rows_sha256": b"other rows", "proven_wall_ns": 0}
        with pytest.raises(DBAPIError, match=r"(?i)foreign key"), database.writing() as connection:
            connection.execute(insert(SEGMENT_PROOFS), [proof])
        with database.writing() as connection:
            connection.execute(insert(SEGMENT_PROOFS), [proof | {"rows_sha256": b"rows"}])
        assert [chunk for chunk in chunks if _may_go(database, chunk)] == [1024, 2048]


def test_the_database_itself_takes_nothing_twice(study: Study) -> None:
    with study.open() as storage:
        fill(storage)
        database = storage.database
        with database.reading() as connection:
            chunk = connection.execute(select(CHUNKS)).mappings().first()
        compact_all(database)
        with database.reading() as connection:
            segment = connection.execute(select(SEGMENTS).limit(1)).mappings().one()
        assert chunk is not None
        with pytest.raises(DBAPIError, match="stored already"), database.writing() as connection:
            connection.execute(insert(CHUNKS), [dict(chunk)])
        around = {"id": 99, "first_chunk": segment["first_chunk"] - 1}
        for place in (around, around | {"last_chunk": segment["last_chunk"] + 1}):
            with (
                pytest.raises(DBAPIError, match="stored already"),
                database.writing() as connection,
            ):
                connection.execute(insert(SEGMENTS), [{**segment, **place}])
