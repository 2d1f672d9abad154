"""What a gateway sends up and what the server answers (`POST /api/v1/ingest`).

Every entry of a gateway's journal has a sequence number of its own in its epoch. An entry is a
record (bytes from a strap) or a gap declaration (why there are none). A gap takes at least one
number, so records and gaps together cover the numbers without holes, and the watermark can pass.
"""

from enum import StrEnum
from typing import Annotated

import msgspec

UPLINK_VERSION = 1
MAX_BATCH_ENTRIES = 500  # records and gaps; the server refuses more (promise C4)

# Characteristic names with a slash are the gateway's own observations, not notifications.
READ_PREFIX = "read/"  # + characteristic: the answer to a read, e.g. "read/2a19"
# Phases of a link in which a strap may send values already.
MAY_SEND = frozenset({"subscribing", "features", "settings", "starting", "streaming", "draining"})
LINK_CHARACTERISTIC = "gateway/link"  # payload: MessagePack of a LinkEvent


class GapReason(StrEnum):
    """Why there are no bytes; each value is a promise to whoever reads an export."""

    LINK_LOST = "link_lost"  # strap out of reach, off, or asleep
    STREAM_STALLED = "stream_stalled"  # link up, this characteristic silent
    GATEWAY_DOWN = "gateway_down"  # gateway was not running
    JOURNAL_FULL = "journal_full"  # disk full: dropped before it had a number
    QUARANTINED = "quarantined"  # server refused it three times; bytes stay on the gateway
    JOURNAL_DAMAGED = "journal_damaged"  # bytes no longer match their hash
    SERVER_LOST = "server_lost"  # stored, lost by a server restored from a backup, pruned here


class NotificationRecord(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One value from a strap, as received. `[seq, strap, characteristic, …]` on the wire."""

    # gc=False: nothing in it can refer back to it, and an evening has 350,000 of them.
    seq: int
    strap: str
    characteristic: str
    boot_id: str
    monotonic_ns: int
    wall_ns: int
    payload: bytes


class GapDeclaration(msgspec.Struct, frozen=True, omit_defaults=True):
    """A stretch without bytes. Wall times place it; monotonic times (same boot only) measure it.

    `characteristic` None means every stream of the strap. `record_hash` names a quarantined or
    damaged record whose place in the sequence this gap takes.
    """

    strap: str
    reason: str
    from_ns: int
    to_ns: int
    first_seq: int
    last_seq: int
    characteristic: str | None = None
    boot_id: str | None = None
    from_monotonic_ns: int | None = None
    to_monotonic_ns: int | None = None
    record_hash: bytes | None = None


class SentAt(msgspec.Struct, frozen=True, array_like=True):
    """The gateway's clocks as it sends: lets the server age a value whatever the wall clocks say.

    Not part of any record's identity: a batch sent again carries a new one.
    """

    boot_id: str
    monotonic_ns: int
    wall_ns: int


# No radio carries more straps, and no strap is asked for more samples a second.
RadioCount = Annotated[int, msgspec.Meta(ge=0, le=65_535)]


class RadioReport(msgspec.Struct, frozen=True, kw_only=True):
    """What a gateway's radio does as a batch leaves; part of no record's identity.

    `scans`: None until the first scan began or failed. `n_adapters`: as the system lists them, None
    where there is no such list. `n_streaming`: straps linked that sent a heart rate or acceleration
    within the last 5 s; `most_streaming`: the most that did at one moment so far with these
    adapters. `acc_rate_hz` is what straps are asked for, None where a gateway doesn't say. A report
    that is otherwise is taken as none, its batch's entries as ever.
    """

    scans: bool | None
    n_adapters: RadioCount | None = None
    n_streaming: RadioCount
    most_streaming: RadioCount
    acc_rate_hz: RadioCount | None = None


class EntryBatch(msgspec.Struct, frozen=True, omit_defaults=True):
    """What of a batch must be understood for its entries to be kept."""

    v: int
    gateway: str
    epoch: str
    first_seq: int
    records: list[NotificationRecord]
    gaps: list[GapDeclaration]
    sent: SentAt | None = None


class UplinkBatch(EntryBatch, frozen=True, omit_defaults=True):
    """Everything of all straps of one gateway since the last acknowledged number."""

    radio: RadioReport | None = None


class BatchReceipt(msgspec.Struct, frozen=True):
    """`watermark`: every number up to and including it is committed and synced; 0 for none."""

    watermark: int
    server_utc: str


CONFLICT = "conflict"  # a detail that begins with this word is for a person to decide (promise D6)


class LinkEvent(msgspec.Struct, frozen=True, omit_defaults=True):
    """A change of a strap's link, as the gateway saw it: payload of `gateway/link` records."""

    phase: str  # a phase of gateway.straps.link: "streaming", "waiting", "refused", …
    rssi_dbm: int | None = None
    address_hash: str | None = None  # keyed hash: evidence for D6, useless for tracking
    detail: str | None = None
