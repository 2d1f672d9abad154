"""Tables of the journal file and its first row."""

import sqlite3
from dataclasses import dataclass
from hashlib import blake2b
from typing import Self

from gateway.errors import JournalCorruptError
from protocol.messages.digest import DIGEST_BYTES

SCHEMA_VERSION = 2  # 1 had no `pruned`; a gateway of then refuses this file, unharmed

TABLES_1 = (
    """CREATE TABLE meta (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    epoch TEXT NOT NULL, next_seq INTEGER NOT NULL, acknowledged INTEGER NOT NULL,
    clean_stop INTEGER NOT NULL, digest BLOB NOT NULL)""",
    """CREATE TABLE entry (
    seq INTEGER PRIMARY KEY, strap TEXT NOT NULL, is_gap INTEGER NOT NULL,
    body BLOB NOT NULL, digest BLOB NOT NULL)""",
    """CREATE TABLE past_entry (
    epoch TEXT NOT NULL, seq INTEGER NOT NULL, strap TEXT NOT NULL, is_gap INTEGER NOT NULL,
    body BLOB NOT NULL, digest BLOB NOT NULL, minute INTEGER NOT NULL, PRIMARY KEY (epoch, seq))""",
    """CREATE TABLE quarantine (
    epoch TEXT NOT NULL, seq INTEGER NOT NULL, strap TEXT NOT NULL, is_gap INTEGER NOT NULL,
    body BLOB NOT NULL, digest BLOB NOT NULL, reason TEXT NOT NULL, PRIMARY KEY (epoch, seq))""",
    """CREATE TABLE stream (
    strap TEXT NOT NULL, characteristic TEXT NOT NULL, boot_id TEXT NOT NULL,
    monotonic_ns INTEGER NOT NULL, wall_ns INTEGER NOT NULL,
    PRIMARY KEY (strap, characteristic))""",
    "CREATE TABLE acknowledgement (minute INTEGER PRIMARY KEY, watermark INTEGER NOT NULL)",
)
_PRUNED = """CREATE TABLE pruned (
    minute INTEGER NOT NULL, strap TEXT NOT NULL, since_ns INTEGER NOT NULL,
    until_ns INTEGER NOT NULL, last_seq INTEGER NOT NULL,
    PRIMARY KEY (minute, strap)) WITHOUT ROWID"""
TABLES = (*TABLES_1, _PRUNED)
TABLES_OF = {1: set(TABLES_1), SCHEMA_VERSION: set(TABLES)}

_OWES = -1  # all 32 bits of a number without a digest; with none of them nothing is owed
_BITS = 0xFFFF_FFFF  # SQLite file format: the application id is a 32-bit number

_WRITE_META = """INSERT OR REPLACE INTO meta
    (only_row, epoch, next_seq, acknowledged, clean_stop, digest) VALUES (1, ?, ?, ?, ?, ?)"""
_READ_META = "SELECT epoch, next_seq, acknowledged, clean_stop, digest FROM meta"


@dataclass(frozen=True, slots=True)
class Meta:
    """The journal's counters: an own row, so that a number is never given twice."""

    epoch: str
    next_seq: int
    acknowledged: int
    clean_stop: bool

    def digest(self) -> bytes:
        """Shows a flipped bit in the counters, which would break more than one entry."""
        text = f"{self.epoch}|{self.next_seq}|{self.acknowledged}|{int(self.clean_stop)}"
        return blake2b(text.encode(), digest_size=DIGEST_BYTES).digest()

    def write(self, connection: sqlite3.Connection) -> None:
        """Inside the caller's transaction."""
        values = (self.epoch, self.next_seq, self.acknowledged, int(self.clean_stop))
        connection.execute(_WRITE_META, (*values, self.digest()))

    @classmethod
    def read(cls, connection: sqlite3.Connection) -> Self:
        """Raises JournalCorruptError if the row is missing or not as written."""
        row = connection.execute(_READ_META).fetchone()
        if row is None:
            raise JournalCorruptError("the journal's counters are missing")
        meta = cls(row[0], row[1], row[2], bool(row[3]))
        if meta.digest() != row[4]:
            raise JournalCorruptError("the journal's counters no longer match their hash")
        return meta


def read_debt(connection: sqlite3.Connection) -> bool:
    """Whether a damaged journal before this one is still to be asked where its gaps begin.

    Most of the bits say: one that flipped neither makes a debt nor pays it.
    """
    (told,) = connection.execute("PRAGMA application_id").fetchone()
    return int(told & _BITS).bit_count() > _BITS.bit_count() // 2


def write_debt(connection: sqlite3.Connection, *, owes: bool) -> None:
    """In the file's header, which older gateways leave alone; inside the caller's transaction."""
    connection.execute(f"PRAGMA application_id = {_OWES if owes else 0}")


def create_tables(
    connection: sqlite3.Connection, epoch: str, *, owes_inheritance: bool = False
) -> None:
    """Tables, version and counters of a new journal, in one synced transaction."""
    connection.execute("BEGIN IMMEDIATE")
    for table in TABLES:
        connection.execute(table)
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    write_debt(connection, owes=owes_inheritance)
    Meta(epoch, next_seq=1, acknowledged=0, clean_stop=True).write(connection)
    connection.execute("COMMIT")


def upgrade_tables(connection: sqlite3.Connection) -> None:
    """A file that an older gateway made gets what is new since, in one synced transaction."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version != 1:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        connection.execute(_PRUNED)
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
