"""An entry as a stored row with its digest, and what takes a row's place when it can't be sent."""

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import msgspec

from gateway.journal.entries import Entry, Silence, first_number, place_gap
from protocol.errors import InvalidIdentifierError
from protocol.identifiers import BootId, StrapId, parse_strap_id
from protocol.messages.digest import compute_digest
from protocol.messages.uplink import GapDeclaration, GapReason, NotificationRecord
from protocol.moments import ReceivedAt

UNKNOWN_STRAP = StrapId("UNKNOWN")  # where nothing readable says whose value was damaged

# What any server takes as the names and times of a gap.
_PLAIN_NAME = re.compile(r"[0-9a-z][0-9a-z_-]*(/[0-9a-z_-]+)?")
_PLAIN_BOOT = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,63}")
_MOST_CHARACTERS = 64
_MOST_NS = 2**63 - 1

_encoder = msgspec.msgpack.Encoder()
_record_decoder = msgspec.msgpack.Decoder(NotificationRecord)
_gap_decoder = msgspec.msgpack.Decoder(GapDeclaration)


@dataclass(frozen=True, slots=True)
class Row:
    """One stored entry. The strap stands twice, here and in the body: one survives a bit flip."""

    seq: int
    strap: str
    is_gap: bool
    body: bytes  # MessagePack of the entry
    digest: bytes  # of the entry; see protocol.messages.digest


def read_row(values: tuple[Any, ...]) -> Row:
    """A row from the store's columns; one whose kind no longer fits can't match its digest."""
    seq, strap, is_gap, body, digest = values
    return Row(
        seq,
        strap if isinstance(strap, str) else "",
        bool(is_gap),
        body if isinstance(body, bytes) else b"",
        digest if isinstance(digest, bytes) else b"",
    )


def encode_row(entry: Entry) -> Row:
    """The row that keeps an entry."""
    is_gap = isinstance(entry, GapDeclaration)
    digest = compute_digest(entry)
    return Row(first_number(entry), entry.strap, is_gap, _encoder.encode(entry), digest)


def decode_row(row: Row) -> Entry | None:
    """The entry in a row, or None if a bit of it is no longer what was written."""
    decoder = _gap_decoder if row.is_gap else _record_decoder
    try:
        entry: Entry = decoder.decode(row.body)
        intact = compute_digest(entry) == row.digest and first_number(entry) == row.seq
    except (msgspec.MsgspecError, UnicodeError, OverflowError):
        return None
    return entry if intact else None


def renumber(entry: Entry, seq: int) -> Entry:
    """The same entry under another number (and so with another digest)."""
    if isinstance(entry, NotificationRecord):
        return msgspec.structs.replace(entry, seq=seq)
    return msgspec.structs.replace(entry, first_seq=seq, last_seq=seq)


def moment_of(entry: Entry) -> ReceivedAt:
    """When an entry was received; for a gap the moment it ended."""
    if isinstance(entry, NotificationRecord):
        return ReceivedAt(BootId(entry.boot_id), entry.monotonic_ns, entry.wall_ns)
    boot = BootId(entry.boot_id or "")
    return ReceivedAt(boot, entry.to_monotonic_ns or 0, entry.to_ns)


def oldest_wall_ns(rows: Sequence[Row]) -> int | None:
    """When the first of these was received; None if there is none or it can't be read."""
    entry = decode_row(rows[0]) if rows else None
    return None if entry is None else moment_of(entry).wall_ns


def plain_moment(moment: ReceivedAt) -> ReceivedAt:
    """The same as any server takes it for a gap: what is odd in it isn't said again."""
    is_plain = _PLAIN_BOOT.fullmatch(moment.boot_id) and 0 <= moment.monotonic_ns <= _MOST_NS
    wall_ns = min(max(moment.wall_ns, 0), _MOST_NS)
    return ReceivedAt(BootId(moment.boot_id if is_plain else ""), moment.monotonic_ns, wall_ns)


def plain_strap(name: str) -> StrapId:
    """A strap that any server takes for the owner of a gap."""
    try:
        return parse_strap_id(name)
    except InvalidIdentifierError:
        return UNKNOWN_STRAP


def damage_gap(row: Row, before: Entry | None, after: Entry | None) -> GapDeclaration:
    """The gap in the place of a damaged row; its readable neighbours say when that was.

    Entries are numbered in the order of their stamps, so the lost one lies between them.
    """
    known = [plain_moment(moment_of(entry)) for entry in (before, after) if entry is not None]
    ends = known or [ReceivedAt(BootId(""), 0, 0)]
    strap = _find_strap(row, before, after)
    silence = Silence(strap, GapReason.JOURNAL_DAMAGED, ends[0], ends[-1])
    return place_gap(silence, row.seq, record_hash=row.digest)


def quarantine_gap(row: Row, entry: Entry) -> GapDeclaration:
    """The gap in the place of an entry that the server refused for good.

    Nobody knows what was wrong with the entry, so the gap repeats nothing odd of it: a gap that
    is refused as well would block the line.
    """
    received = plain_moment(moment_of(entry))
    name = entry.characteristic or ""
    silence = Silence(
        _find_strap(row, entry, None),
        GapReason.QUARANTINED,
        received,
        received,
        name if len(name) <= _MOST_CHARACTERS and _PLAIN_NAME.fullmatch(name) else None,
    )
    return place_gap(silence, row.seq, record_hash=row.digest)


def is_quarantine_gap(entry: Entry | None) -> bool:
    """Whether this is what `quarantine_gap` made."""
    return isinstance(entry, GapDeclaration) and entry.reason == GapReason.QUARANTINED.value


def _find_strap(row: Row, before: Entry | None, after: Entry | None) -> StrapId:
    """The column beside the body; a neighbour's strap if that is damaged as well."""
    names = [row.strap, *(entry.strap for entry in (before, after) if entry is not None)]
    for name in names:
        with suppress(InvalidIdentifierError):
            return parse_strap_id(name)
    return UNKNOWN_STRAP
