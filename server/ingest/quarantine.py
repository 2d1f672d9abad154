"""Whole uploads that contradict the archive: kept aside, and read again for a person to compare."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select

from protocol.errors import ProtocolError
from protocol.messages.codec import decode_batch
from protocol.messages.uplink import UplinkBatch
from server.ingest.domain.entries import Entry, compute_content_hash, number_entries
from server.ingest.feed import ArchivedGap, ArchivedRecord
from server.ingest.tables import QUARANTINE


@dataclass(frozen=True, slots=True)
class QuarantinedUpload:
    """One upload that was refused; no records and no gaps when its bytes are damaged."""

    content_hash: bytes
    gateway: str
    epoch: str
    received_wall_ns: int
    records: tuple[ArchivedRecord, ...]
    gaps: tuple[ArchivedGap, ...]
    is_damaged: bool


def keep_aside(
    connection: Connection,
    batch: UplinkBatch,
    entries: Sequence[Entry],
    body: bytes,
    n_conflicting: int,
) -> None:
    """Keep an upload's whole body, once however often it is sent."""
    content_hash = compute_content_hash(batch.gateway, batch.epoch, entries)
    is_kept = select(QUARANTINE.c.gateway).where(QUARANTINE.c.content_hash == content_hash)
    if connection.execute(is_kept).first() is not None:
        return
    row = {
        "content_hash": content_hash,
        "gateway": batch.gateway,
        "epoch": batch.epoch,
        "received_wall_ns": time.time_ns(),
        "n_conflicting": n_conflicting,
        "body": body,
    }
    connection.execute(insert(QUARANTINE), [row])


def iterate_quarantine(connection: Connection) -> Iterator[QuarantinedUpload]:
    """Every upload kept aside, by gateway, epoch and content; one body in memory at a time."""
    table = QUARANTINE.c
    keys = connection.execute(select(table.gateway, table.epoch, table.content_hash)).all()
    for key in sorted((row.gateway, row.epoch, bytes(row.content_hash)) for row in keys):
        query = select(table.received_wall_ns, table.body).where(table.content_hash == key[2])
        row = connection.execute(query).one()
        yield read_upload(*key, row.received_wall_ns, bytes(row.body))


def read_upload(
    gateway: str, epoch: str, content_hash: bytes, received_wall_ns: int, body: bytes
) -> QuarantinedUpload:
    """One stored row; its content is believed only if it still has the hash it was stored under."""
    whose = (gateway, epoch)
    batch = _decode(body)
    entries = [] if batch is None else number_entries(batch)
    if batch is None or compute_content_hash(*whose, entries) != content_hash:
        return QuarantinedUpload(content_hash, *whose, received_wall_ns, (), (), is_damaged=True)
    gaps = sorted(batch.gaps, key=lambda gap: gap.first_seq)
    return QuarantinedUpload(
        content_hash,
        *whose,
        received_wall_ns,
        tuple(ArchivedRecord(*whose, record) for record in batch.records),
        tuple(ArchivedGap(*whose, gap) for gap in gaps),
        is_damaged=False,
    )


def _decode(body: bytes) -> UplinkBatch | None:
    try:
        return decode_batch(body)
    except ProtocolError:
        return None
