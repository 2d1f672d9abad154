"""Up to when each stream is accounted for: where the gap of a gateway that died begins."""

import sqlite3
from collections.abc import Iterable

from gateway.journal.entries import Entry, Observation, Silence, Unnumbered, is_notification
from gateway.journal.rows import moment_of
from protocol.errors import InvalidMessageError
from protocol.identifiers import BootId, StrapId
from protocol.messages.codec import decode_link_event
from protocol.messages.uplink import LINK_CHARACTERISTIC, MAY_SEND, GapDeclaration, GapReason
from protocol.moments import ReceivedAt

Streams = dict[tuple[StrapId, str], ReceivedAt]  # (strap, characteristic) -> newest stamp

_READ = "SELECT strap, characteristic, boot_id, monotonic_ns, wall_ns FROM stream"
_WRITE = """INSERT INTO stream (strap, characteristic, boot_id, monotonic_ns, wall_ns)
    VALUES (?, ?, ?, ?, ?) ON CONFLICT (strap, characteristic) DO UPDATE
    SET boot_id = excluded.boot_id, monotonic_ns = excluded.monotonic_ns, wall_ns = excluded.wall_ns
    WHERE stream.boot_id <> excluded.boot_id OR stream.monotonic_ns < excluded.monotonic_ns"""
_WRITE_ALL = """UPDATE stream SET boot_id = ?1, monotonic_ns = ?2, wall_ns = ?3
    WHERE strap = ?4 AND (boot_id <> ?1 OR monotonic_ns < ?2)"""

_OPEN_LINK = _WRITE.partition("DO UPDATE")[0] + "DO NOTHING"  # the earliest stamp is the safe one
_CLOSE_LINK = "DELETE FROM stream WHERE strap = ? AND characteristic = ?"


def tells_of_the_past(reason: str) -> bool:
    """Whether a gap lies far behind what a stream is accounted for up to: it moves no stamp."""
    return reason == GapReason.SERVER_LOST


def follow(streams: Streams, entries: Iterable[Unnumbered]) -> None:
    """Move each stream's stamp on to its newest notification or the end of its newest gap.

    Never back: a gap of a whole strap ends at the first value after it, and another stream of hers
    may have one more by the time the gap is written.
    """
    for entry in entries:
        if isinstance(entry, Observation):
            if is_notification(entry.characteristic):
                _move_on(streams, (entry.strap, entry.characteristic), entry.received)
        elif tells_of_the_past(entry.reason):
            continue
        elif entry.characteristic is not None:
            _move_on(streams, (entry.strap, entry.characteristic), entry.until)
        else:
            for key in [key for key in streams if key[0] == entry.strap]:
                _move_on(streams, key, entry.until)


def follow_numbered(streams: Streams, entries: Iterable[Entry]) -> None:
    """The same with entries as they are stored: they know better than a stamp that was damaged."""
    newest: Streams = {}
    for entry in entries:
        if isinstance(entry, GapDeclaration) and tells_of_the_past(entry.reason):
            continue
        strap, name, moment = StrapId(entry.strap), entry.characteristic, moment_of(entry)
        if name is None:
            for key in [key for key in streams | newest if key[0] == strap]:
                _move_on(newest, key, moment)
        elif is_notification(name):
            _move_on(newest, (strap, name), moment)
    streams.update(newest)


def _move_on(streams: Streams, key: tuple[StrapId, str], moment: ReceivedAt) -> None:
    known = streams.get(key)
    if known is None or known.boot_id != moment.boot_id or known.monotonic_ns < moment.monotonic_ns:
        streams[key] = moment


def read_stamps(connection: sqlite3.Connection) -> Streams:
    """What `write_stamps` left."""
    return {
        (StrapId(strap), characteristic): ReceivedAt(BootId(boot), monotonic_ns, wall_ns)
        for strap, characteristic, boot, monotonic_ns, wall_ns in connection.execute(_READ)
    }


def write_stamps(connection: sqlite3.Connection, entries: Iterable[Unnumbered]) -> None:
    """The same in the table, inside the caller's transaction; one statement a stream."""
    newest: Streams = {}
    for entry in entries:
        if isinstance(entry, Silence) and tells_of_the_past(entry.reason):
            continue
        follow(newest, [entry])
        if isinstance(entry, Observation) and entry.characteristic == LINK_CHARACTERISTIC:
            _note_link(connection, entry)
        if not isinstance(entry, Observation) and entry.characteristic is None:
            until = entry.until
            stamp = (until.boot_id, until.monotonic_ns, until.wall_ns)
            connection.execute(_WRITE_ALL, (*stamp, entry.strap))
    rows = [(*key, at.boot_id, at.monotonic_ns, at.wall_ns) for key, at in newest.items()]
    connection.executemany(_WRITE, rows)


def _note_link(connection: sqlite3.Connection, entry: Observation) -> None:
    """Since when a link may send, while it may: a first value may die with the gateway."""
    key, at = (entry.strap, entry.characteristic), entry.received
    if _may_send(entry.payload):
        connection.execute(_OPEN_LINK, (*key, at.boot_id, at.monotonic_ns, at.wall_ns))
    else:
        connection.execute(_CLOSE_LINK, key)


def _may_send(payload: bytes) -> bool:
    try:
        return decode_link_event(payload).phase in MAY_SEND
    except InvalidMessageError:
        return False
