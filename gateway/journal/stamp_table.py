"""The table of stamps: up to when each stream is accounted for, and what is noted beside them."""

import sqlite3

from gateway.errors import JournalCorruptError
from gateway.journal.heard import Streams
from protocol.identifiers import BootId, StrapId
from protocol.moments import ReceivedAt

OWED = "owed/"  # before the names of what is noted beside the stamps; see late_ends.py

_READ = """SELECT strap, characteristic, boot_id, monotonic_ns, wall_ns FROM stream
    WHERE (characteristic LIKE 'owed/%') = ?"""
_WRITE = """INSERT OR REPLACE INTO stream (strap, characteristic, boot_id, monotonic_ns, wall_ns)
    VALUES (?, ?, ?, ?, ?)"""
_ERASE = "DELETE FROM stream WHERE strap = ? AND characteristic = ?"


def read_stamps(connection: sqlite3.Connection, *, owed: bool = False) -> Streams:
    """What `write_stamps` left: the stamps, or what is noted beside them.

    Raises JournalCorruptError if it can't have been that.
    """
    stamps: Streams = {}
    for strap, characteristic, boot, monotonic_ns, wall_ns in connection.execute(_READ, (owed,)):
        texts, clocks = (strap, characteristic, boot), (monotonic_ns, wall_ns)
        if not all(isinstance(text, str) for text in texts) or not all(
            isinstance(ns, int) for ns in clocks
        ):
            raise JournalCorruptError("a stamp in the journal is not what was written")
        stamps[StrapId(strap), characteristic] = ReceivedAt(BootId(boot), monotonic_ns, wall_ns)
    return stamps


def write_stamps(connection: sqlite3.Connection, before: Streams, after: Streams) -> None:
    """Make the table `after`, where it is `before`; inside the caller's transaction."""
    connection.executemany(_ERASE, before.keys() - after.keys())
    moved = [(stream, at) for stream, at in after.items() if before.get(stream) is not at]
    rows = [(*stream, at.boot_id, at.monotonic_ns, at.wall_ns) for stream, at in moved]
    connection.executemany(_WRITE, rows)
