"""An archive whose disk fails."""

from sqlalchemy import select

from server.ingest.tables import CHUNKS
from server.storage import Storage


def flip_a_bit(storage: Storage, strap: str, at: int | None = None, nth: int = 0) -> None:
    """In the middle of the strap's n-th chunk, as a failing disk would: past all triggers."""
    with storage.database.writing() as connection:
        if storage.database.is_sqlite:
            connection.exec_driver_sql("DROP TRIGGER IF EXISTS archive_chunks_refuses_update")
        else:
            connection.exec_driver_sql("ALTER TABLE archive_chunks DISABLE TRIGGER ALL")
        chunks = select(CHUNKS.c.id, CHUNKS.c.body).where(CHUNKS.c.strap == strap)
        chunk = connection.execute(chunks.order_by(CHUNKS.c.id)).all()[nth]
        body = bytearray(chunk.body)
        body[len(body) // 2 if at is None else at] ^= 0x10
        changed = CHUNKS.update().where(CHUNKS.c.id == chunk.id)
        connection.execute(changed.values(body=bytes(body)))
