"""Uploads as a gateway would make them, short to write down in tests."""

from collections.abc import Iterable, Sequence

from protocol.messages.codec import encode_batch
from protocol.messages.uplink import (
    GapDeclaration,
    GapReason,
    NotificationRecord,
    RadioReport,
    SentAt,
    UplinkBatch,
)
from server.ingest.domain.entries import number_entries
from server.ingest.upload import Upload

GATEWAY = "gym"
EPOCH = "6f8d3f0e-7a53-4a0e-9f0a-6a3f7f0c1a11"
BOOT = "0d5f3c1e-1111-4222-8333-444455556666"
STRAPS = ("51ADA001", "51ADA002", "51ADA003")
WALL_NS = 1_763_800_000_000_000_000  # 2025-11-22: only its size matters

Entry = NotificationRecord | GapDeclaration


def record(seq: int, payload: bytes | None = None, strap: str | None = None) -> NotificationRecord:
    """The record that number `seq` always has, unless told otherwise."""
    return NotificationRecord(
        seq=seq,
        strap=strap or STRAPS[seq % len(STRAPS)],
        characteristic="2a37",
        boot_id=BOOT,
        monotonic_ns=seq * 1_000_000,
        wall_ns=WALL_NS + seq * 1_000_000,
        payload=payload if payload is not None else bytes([0x10, seq % 256]),
    )


def gap(first_seq: int, last_seq: int | None = None) -> GapDeclaration:
    return GapDeclaration(
        strap=STRAPS[0],
        reason=GapReason.LINK_LOST,
        from_ns=WALL_NS,
        to_ns=WALL_NS + 3_000_000_000,
        first_seq=first_seq,
        last_seq=first_seq if last_seq is None else last_seq,
        boot_id=BOOT,
        from_monotonic_ns=1,
        to_monotonic_ns=3_000_000_001,
    )


def batch(
    entries: Iterable[Entry],
    *,
    gateway: str = GATEWAY,
    epoch: str = EPOCH,
    sent: SentAt | None = None,
    radio: RadioReport | None = None,
) -> UplinkBatch:
    """One batch of the entries given, records and gaps each in the order given."""
    given = list(entries)
    records = [one for one in given if isinstance(one, NotificationRecord)]
    gaps = [one for one in given if isinstance(one, GapDeclaration)]
    first_seq = min([r.seq for r in records] + [g.first_seq for g in gaps], default=1)
    return UplinkBatch(1, gateway, epoch, first_seq, records, gaps, sent, radio)


def upload(entries: Sequence[Entry], *, gateway: str = GATEWAY, epoch: str = EPOCH) -> Upload:
    """The batch as the writer takes it."""
    made = batch(entries, gateway=gateway, epoch=epoch)
    return Upload(made, number_entries(made), encode_batch(made))
