"""Statements on the tables of entries; every one runs inside its caller's transaction."""

import sqlite3
from collections.abc import Iterable

from gateway.journal.entries import Entry, Runs, in_runs
from gateway.journal.pruned import note_stretches
from gateway.journal.pruned_table import write_stretches
from gateway.journal.rows import Row, damage_gap, decode_row, encode_row, read_row, renumber

_NEIGHBOURS = 16  # how far to look for a readable entry beside a damaged one
_MOVE_AT_ONCE = 1000  # rows in memory while a numbering moves

_INSERT = "INSERT INTO entry (seq, strap, is_gap, body, digest) VALUES (?, ?, ?, ?, ?)"
_AFTER = """SELECT seq, strap, is_gap, body, digest FROM entry
    WHERE seq > ? ORDER BY seq LIMIT ?"""
_BEFORE = """SELECT seq, strap, is_gap, body, digest FROM entry
    WHERE seq < ? ORDER BY seq DESC LIMIT ?"""
_PAST_AFTER = """SELECT seq, strap, is_gap, body, digest FROM past_entry
    WHERE epoch = ? AND seq > ? ORDER BY seq LIMIT ?"""
_SET_ASIDE = """INSERT OR IGNORE INTO quarantine (epoch, seq, strap, is_gap, body, digest, reason)
    SELECT ?, seq, strap, is_gap, body, digest, ? FROM entry WHERE seq = ?"""
_PUT_BACK = """INSERT OR REPLACE INTO entry (seq, strap, is_gap, body, digest)
    SELECT seq, strap, is_gap, body, digest FROM quarantine WHERE epoch = ? AND seq = ?"""
_ALL_TO_PAST = """INSERT INTO past_entry (epoch, seq, strap, is_gap, body, digest, minute)
    SELECT ?, seq, strap, is_gap, body, digest, ? FROM entry"""
_OLDEST = """SELECT seq, strap, is_gap, body, digest FROM entry
    WHERE seq <= ? ORDER BY seq LIMIT ?"""


def insert_entries(connection: sqlite3.Connection, entries: Iterable[Entry]) -> None:
    """Store numbered entries."""
    rows = map(encode_row, entries)
    values = [(row.seq, row.strap, row.is_gap, row.body, row.digest) for row in rows]
    connection.executemany(_INSERT, values)


def rows_after(connection: sqlite3.Connection, seq: int, limit: int) -> list[Row]:
    """Up to `limit` rows above a number, in order."""
    return [read_row(values) for values in connection.execute(_AFTER, (seq, limit))]


def damage_gap_for(connection: sqlite3.Connection, row: Row) -> Entry:
    """The gap that tells of a damaged row, between its nearest readable neighbours."""
    before = connection.execute(_BEFORE, (row.seq, _NEIGHBOURS)).fetchall()
    after = connection.execute(_AFTER, (row.seq, _NEIGHBOURS)).fetchall()
    return damage_gap(row, _first_readable(before), _first_readable(after))


def set_aside(
    connection: sqlite3.Connection, epoch: str, row: Row, substitute: Entry, reason: str
) -> None:
    """Keep a row in quarantine and put a gap in its place."""
    connection.execute(_SET_ASIDE, (epoch, reason, row.seq))
    connection.execute("DELETE FROM entry WHERE seq = ?", (row.seq,))
    insert_entries(connection, [substitute])


def put_back(connection: sqlite3.Connection, epoch: str, seq: int) -> bool:
    """Undo `set_aside`; False if nothing was set aside under this number."""
    if connection.execute(_PUT_BACK, (epoch, seq)).rowcount == 0:
        return False
    connection.execute("DELETE FROM quarantine WHERE epoch = ? AND seq = ?", (epoch, seq))
    return True


def drop_oldest(connection: sqlite3.Connection, up_to: int, limit: int) -> int:
    """Drop up to `limit` entries, oldest first, none above `up_to`; returns how many.

    When each strap had them stays noted.
    """
    rows = [read_row(values) for values in connection.execute(_OLDEST, (up_to, limit))]
    if rows:  # first the deletion: on a full disk the note takes its room
        connection.execute("DELETE FROM entry WHERE seq <= ?", (rows[-1].seq,))
        entries = [entry for entry in map(decode_row, rows) if entry is not None]
        write_stretches(connection, note_stretches(entries))
    return len(rows)


def move_to_new_epoch(
    connection: sqlite3.Connection, old_epoch: str, after: int, known: Runs, minute: int
) -> int:
    """Number the entries above `after` and not in `known` anew, from 1 on; returns how many.

    The others stay, under their old numbers, in `past_entry`.
    """
    connection.execute(_ALL_TO_PAST, (old_epoch, minute))
    connection.execute("DELETE FROM entry")
    n_moved = 0
    while True:
        past = connection.execute(_PAST_AFTER, (old_epoch, after, _MOVE_AT_ONCE)).fetchall()
        if not past:
            return n_moved
        rows = [read_row(values) for values in past]
        moving = [row for row in rows if not in_runs(row.seq, known)]
        entries = [decode_row(row) or damage_gap(row, None, None) for row in moving]
        insert_entries(connection, [renumber(e, n_moved + n) for n, e in enumerate(entries, 1)])
        connection.executemany(
            "DELETE FROM past_entry WHERE epoch = ? AND seq = ?",
            [(old_epoch, row.seq) for row in moving],
        )
        n_moved += len(moving)
        after = rows[-1].seq


def _first_readable(values: list[tuple[int, str, bool, bytes, bytes]]) -> Entry | None:
    decoded = (decode_row(read_row(value)) for value in values)
    return next((entry for entry in decoded if entry is not None), None)
