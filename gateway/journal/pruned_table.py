"""Statements on the stretches of pruned entries; every one runs inside its caller's transaction."""

import sqlite3
from collections.abc import Iterable

from gateway.journal.pruned import Stretch
from gateway.journal.rows import plain_strap

_NOTE = """INSERT INTO pruned (minute, strap, since_ns, until_ns, last_seq) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (minute, strap) DO UPDATE SET since_ns = min(since_ns, excluded.since_ns),
    until_ns = max(until_ns, excluded.until_ns), last_seq = max(last_seq, excluded.last_seq)"""
_ABOVE = "SELECT minute, strap, since_ns, until_ns, last_seq FROM pruned WHERE last_seq > ?"


def write_stretches(connection: sqlite3.Connection, stretches: Iterable[Stretch]) -> None:
    """Add these to what is noted already."""
    connection.executemany(
        _NOTE, [(s.minute, s.strap, s.since_ns, s.until_ns, s.last_seq) for s in stretches]
    )


def read_stretches(connection: sqlite3.Connection, above: int) -> list[Stretch]:
    """Those with entries above a number."""
    found = connection.execute(_ABOVE, (above,))
    return [Stretch(minute, plain_strap(strap), *rest) for minute, strap, *rest in found]


def forget_stretches(connection: sqlite3.Connection, before_minute: int) -> None:
    """Drop what is older."""
    connection.execute("DELETE FROM pruned WHERE minute < ?", (before_minute,))
