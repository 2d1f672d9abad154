"""What the archive profile says of an entry, column by column. Pure."""

from collections.abc import Mapping, Sequence
from typing import Final

from server.ingest.feed import ArchivedGap, ArchivedRecord
from server.ingest.quarantine import QuarantinedUpload
from server.ingest.runs import ArchivedDamage

NOTIFICATION_COLUMNS: Final = (
    "seq", "strap", "characteristic", "boot_id", "monotonic_ns", "wall_ns", "payload_hex",
    "gateway", "epoch",
)  # fmt: skip
GAP_COLUMNS: Final = (
    "first_seq", "last_seq", "strap", "reason", "characteristic", "from_ns", "to_ns", "boot_id",
    "from_monotonic_ns", "to_monotonic_ns", "record_hash_hex", "gateway", "epoch",
)  # fmt: skip
DAMAGE_COLUMNS: Final = ("seq", "strap", "reason", "gateway", "epoch")
UPLOAD_COLUMNS: Final = ("upload", "received_wall_ns")  # which upload an entry came in, and when

NOTIFICATIONS: Final = "notifications.csv"
GAPS: Final = "gaps.csv"
DAMAGED: Final = "damaged.csv"
QUARANTINED_NOTIFICATIONS: Final = "quarantined_notifications.csv"
QUARANTINED_GAPS: Final = "quarantined_gaps.csv"

TABLES: Final[Mapping[str, Sequence[str]]] = {
    NOTIFICATIONS: NOTIFICATION_COLUMNS,
    GAPS: GAP_COLUMNS,
    DAMAGED: DAMAGE_COLUMNS,
    QUARANTINED_NOTIFICATIONS: NOTIFICATION_COLUMNS + UPLOAD_COLUMNS,
    QUARANTINED_GAPS: GAP_COLUMNS + UPLOAD_COLUMNS,
}

Row = tuple[object, ...]  # None is an empty cell


def notification_row(archived: ArchivedRecord) -> Row:
    """NOTIFICATION_COLUMNS of a record."""
    record = archived.record
    return (
        record.seq,
        record.strap,
        record.characteristic,
        record.boot_id,
        record.monotonic_ns,
        record.wall_ns,
        record.payload.hex(),
        archived.gateway,
        archived.epoch,
    )


def gap_row(archived: ArchivedGap) -> Row:
    """GAP_COLUMNS of a gap."""
    gap = archived.gap
    return (
        gap.first_seq,
        gap.last_seq,
        gap.strap,
        gap.reason,
        gap.characteristic,
        gap.from_ns,
        gap.to_ns,
        gap.boot_id,
        gap.from_monotonic_ns,
        gap.to_monotonic_ns,
        gap.record_hash.hex() if gap.record_hash is not None else None,
        archived.gateway,
        archived.epoch,
    )


def damage_row(archived: ArchivedDamage) -> Row:
    """DAMAGE_COLUMNS of a stored entry that can't be believed any more."""
    damage = archived.damage
    return (damage.seq, damage.strap, damage.reason, archived.gateway, archived.epoch)


def damaged_upload_row(upload: QuarantinedUpload) -> Row:
    """DAMAGE_COLUMNS of an upload kept aside: which numbers it had isn't known any more."""
    reason = f"upload {upload.content_hash.hex()} in quarantine: bytes don't match their hash"
    return (None, None, reason, upload.gateway, upload.epoch)


def upload_cells(upload: QuarantinedUpload) -> Row:
    """UPLOAD_COLUMNS of every entry in an upload."""
    return (upload.content_hash.hex(), upload.received_wall_ns)
