"""An archive whose disk fails."""

from sqlalchemy import select

from server.ingest.tables import CHUNKS
from server.storage import Storage


def flip_a_bit(storage: Storage, strap: str, at: int | None = None) -> None:
    """In the middle of the chunk's body, as a failing disk would: past all triggers."""
    with storage.database.writing() as connection:
        if storage.database.is_sqlite:
            connection.exec_driver_sql("DROP TRIGGER IF EXISTS archive_chunks_refuses_update")
        else:
            connection.exec_driver_sql("ALTER TABLE archive_chunks DISABLE TRIGGER ALL")
        body = bytearray(
            connection.execute(select(CHUNKS.c.body).where(CHUNKS.c.strap == strap)).scalar_one()
        )
        body[len(body) // 2 if at is None else at] ^= 0x10
        chunk = CHUNKS.update().where(CHUNKS.c.strap == strap)
        connection.execute(chunk.values(body=bytes(body)))
