"""Which entries go up together: one batch for all straps, by age, count and size. Pure."""

from collections.abc import Sequence

from gateway.journal.entries import Entry, first_number
from protocol.identifiers import Epoch, GatewayId
from protocol.messages.uplink import (
    UPLINK_VERSION,
    GapDeclaration,
    NotificationRecord,
    RadioReport,
    SentAt,
    UplinkBatch,
)
from protocol.moments import ReceivedAt

SEND_EVERY_NS = 500_000_000  # twice a second: the largest part of the way to the live page
BACKLOG_EVERY_NS = 60_000_000  # the server takes twenty batches a second from one gateway
HEARTBEAT_EVERY_NS = 2_000_000_000  # an empty batch tells the server that the gateway lives
MAX_ENTRIES = 500  # the server takes no more in one batch (promise C4)
MAX_ENTRY_BYTES = 900 * 1024  # the server takes 1 MiB a body; the rest is the batch's own frame


def compose_batch(
    gateway: GatewayId,
    epoch: Epoch,
    first_seq: int,
    entries: Sequence[Entry],
    now: ReceivedAt,
    radio: RadioReport | None = None,
) -> UplinkBatch:
    """The batch that carries these entries, stamped as it leaves."""
    return UplinkBatch(
        v=UPLINK_VERSION,
        gateway=gateway,
        epoch=epoch,
        first_seq=first_seq,
        records=[entry for entry in entries if isinstance(entry, NotificationRecord)],
        gaps=[entry for entry in entries if isinstance(entry, GapDeclaration)],
        sent=SentAt(now.boot_id, now.monotonic_ns, now.wall_ns),
        radio=radio,
    )


def without_holes(entries: Sequence[Entry], after: int) -> list[Entry]:
    """The entries that follow `after` without a number missing; empty if the first is missing."""
    run: list[Entry] = []
    for expected, entry in enumerate(entries, start=after + 1):
        if first_number(entry) != expected:
            break
        run.append(entry)
    return run


def next_send_ns(last_sent_ns: int, n_left: int) -> int:
    """When the next batch is due: soon while entries are left over, so that a backlog drains."""
    return last_sent_ns + (BACKLOG_EVERY_NS if n_left > 0 else SEND_EVERY_NS)


def heartbeat_is_due(last_sent_ns: int | None, now_ns: int) -> bool:
    """Whether the server should hear from us although there is nothing to send."""
    return last_sent_ns is None or now_ns - last_sent_ns >= HEARTBEAT_EVERY_NS
