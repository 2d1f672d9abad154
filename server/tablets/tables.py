"""Which tablets are the study's, which are not any more, and what those still had to say."""

from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
)

from server.db.metadata import METADATA, RowId

# The credential itself is nowhere: whoever reads this table is no tablet.
TABLETS: Final = Table(
    "tablets",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("name", String, nullable=False),
    Column("device", String, nullable=False),  # its own id, 16 hex digits, as in its entries
    Column("credential_sha256", LargeBinary, nullable=False),
    Column("enrolled_by", String, nullable=False),  # who made the code
    Column("enrolled_wall_ns", BigInteger, nullable=False),
    UniqueConstraint("credential_sha256"),
)

TABLET_REVOCATIONS: Final = Table(
    "tablet_revocations",
    METADATA,
    Column("tablet", Integer, ForeignKey("tablets.number"), primary_key=True, autoincrement=False),
    Column("revoked_by", String, nullable=False),
    Column("revoked_wall_ns", BigInteger, nullable=False),
    Column("reason", String, nullable=False),
    CheckConstraint("reason <> ''", name="reasoned"),
)

# Whether tablets must be enrolled: the newest row counts, none means that they needn't.
TABLET_RULES: Final = Table(
    "tablet_rules",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("is_required", Boolean, nullable=False),
    Column("decided_by", String, nullable=False),
    Column("decided_wall_ns", BigInteger, nullable=False),
)

# When each was heard last, and when it took its leave: written over, as no fact of the study is.
TABLET_CONTACTS: Final = Table(
    "tablet_contacts",
    METADATA,
    Column("tablet", Integer, ForeignKey("tablets.number"), primary_key=True, autoincrement=False),
    Column("seen_wall_ns", BigInteger, nullable=False),
    Column("left_wall_ns", BigInteger, nullable=True),
)

# What waited on a revoked tablet, as it was handed in: in no record until somebody takes it.
TABLET_LAST_ENTRIES: Final = Table(
    "tablet_last_entries",
    METADATA,
    Column("tablet", Integer, ForeignKey("tablets.number"), primary_key=True, autoincrement=False),
    Column("id", String, primary_key=True),
    Column("session", String, nullable=False),
    Column("envelope", String, nullable=False),  # JSON, as the tablet wrote it
    Column("taken_wall_ns", BigInteger, nullable=False),
)

TABLET_DECISIONS: Final = Table(
    "tablet_decisions",
    METADATA,
    Column("id", RowId, primary_key=True),
    Column("tablet", Integer, ForeignKey("tablets.number"), nullable=False, index=True),
    Column("decided_by", String, nullable=False),
    Column("decided_wall_ns", BigInteger, nullable=False),
    Column("what", String, nullable=False),  # "all", "before" it was revoked, or "none"
    Column("reason", String, nullable=False),
    Column("n_stored", Integer, nullable=False),
    CheckConstraint("reason <> ''", name="reasoned"),
)

# Codes made and refused; holds no code. `name` is what the tablet was to be called.
TABLET_EVENTS: Final = Table(
    "tablet_events",
    METADATA,
    Column("id", RowId, primary_key=True),
    Column("happened_wall_ns", BigInteger, nullable=False),
    Column("what", String, nullable=False),
    Column("name", String, nullable=True),
    Column("done_by", String, nullable=True),
)

APPEND_ONLY: Final = (
    TABLETS,
    TABLET_REVOCATIONS,
    TABLET_RULES,
    TABLET_LAST_ENTRIES,
    TABLET_DECISIONS,
    TABLET_EVENTS,
)
