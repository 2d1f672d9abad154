"""The ledger's tables: rows in one order for the whole study, chained, only ever added to."""

from typing import Final

from sqlalchemy import BigInteger, Column, ForeignKey, Index, LargeBinary, String, Table, Text

from server.db.metadata import METADATA, RowId

# `n` counts without a hole. `envelope` is the canonical JSON that the hash is taken over; the
# columns beside it repeat parts of it, to be searched.
LEDGER_EVENTS: Final = Table(
    "ledger_events",
    METADATA,
    Column("n", RowId, primary_key=True, autoincrement=False),
    Column("id", String, nullable=False, unique=True),
    Column("session", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("about", String, nullable=False),
    Column("envelope", Text, nullable=False),
    Column("commitment", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Index("ix_ledger_events_session", "session", "n"),
    Index("ix_ledger_events_kind", "kind", "session"),
)

# What an event says, apart from the chain: a recorded erasure may delete it, and nothing else.
LEDGER_VALUES: Final = Table(
    "ledger_values",
    METADATA,
    Column("n", RowId, ForeignKey("ledger_events.n"), primary_key=True, autoincrement=False),
    Column("salt", LargeBinary, nullable=False),
    Column("value", Text, nullable=False),  # canonical JSON; "null" for a void
    Column("reason", Text, nullable=True),
)

# Event `n` was erased, and event `recorded_n` says by whom and why.
LEDGER_ERASURES: Final = Table(
    "ledger_erasures",
    METADATA,
    Column("n", RowId, ForeignKey("ledger_events.n"), primary_key=True, autoincrement=False),
    Column("recorded_n", BigInteger, ForeignKey("ledger_events.n"), nullable=False),
)

# Events that came with the id of another one: the first stays in the ledger, these are kept here.
LEDGER_DISPUTED: Final = Table(
    "ledger_disputed",
    METADATA,
    Column("content_sha256", LargeBinary, primary_key=True),
    Column("id", String, nullable=False),
    Column("session", String, nullable=False),
    Column("content", Text, nullable=False),
    Column("recorded_by", String, nullable=False),
    Column("recorded_wall_ns", BigInteger, nullable=False),
)

APPEND_ONLY: Final = (LEDGER_EVENTS, LEDGER_ERASURES, LEDGER_DISPUTED)

# Append-only. What a printed sheet prescribes to whom, as canonical JSON; `code` is of its hash, so
# a row vouches for itself. By pseudonym, as in the ledger.
SHEET_PRINTS: Final = Table(
    "sheet_prints",
    METADATA,
    Column("session", String, primary_key=True),
    Column("code", String, primary_key=True),
    Column("content", Text, nullable=False),
    Column("recorded_by", String, nullable=False),
    Column("recorded_wall_ns", BigInteger, nullable=False),
)

# Append-only. Plans that a study wrote itself, as they were when sessions were planned by them:
# `content` is the whole plan as JSON, and `sha256`, the hash of just that, is its digest.
TRAINING_PLANS: Final = Table(
    "training_plans",
    METADATA,
    Column("sha256", String, primary_key=True),
    Column("plan", String, nullable=False),
    Column("content", Text, nullable=False),
    Column("recorded_by", String, nullable=False),
    Column("recorded_wall_ns", BigInteger, nullable=False),
)
