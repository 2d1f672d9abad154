"""Records of decisions about a study's data, and the one hash chain over all of them."""

from typing import Final

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from server.db.metadata import METADATA, RowId
from server.study.tables import (
    ANALYSIS_RECORDS,
    DATASETS_TAKEN,
    HANDED_OUT,
    MEASURED_HEARTS,
    PARTICIPANT_ENTRIES,
    QUALITY_DECISIONS,
    RECIPIENTS,
    REPORTING_SENTENCES,
)

# Append-only. What somebody asks to give away beyond what goes out to everybody; with how few were
# alike in exact values when she asked.
APPROVAL_REQUESTS: Final = Table(
    "approval_requests",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("recipient", String, ForeignKey("recipients.name"), nullable=False),
    Column("profile", String, nullable=False),
    Column("approved", String, nullable=False),  # words, with commas between
    Column("reason", Text, nullable=False),
    Column("smallest_group", Integer, nullable=True),
    Column("in_small_groups", Integer, nullable=False),
    Column("asked_by", String, nullable=False),
    Column("asked_wall_ns", BigInteger, nullable=False),
    UniqueConstraint("number", "asked_by", name="uq_approval_requests_asked"),
    CheckConstraint("approved <> '' AND reason <> ''", name="said"),
)

# Append-only, one a request. The request's own asker can't be who decides: the database refuses it.
APPROVAL_DECISIONS: Final = Table(
    "approval_decisions",
    METADATA,
    Column("request", Integer, primary_key=True, autoincrement=False),
    Column("asked_by", String, nullable=False),
    Column("decision", String, nullable=False),
    Column("reason", Text, nullable=True),
    Column("decided_by", String, nullable=False),
    Column("decided_wall_ns", BigInteger, nullable=False),
    ForeignKeyConstraint(
        ["request", "asked_by"],
        ["approval_requests.number", "approval_requests.asked_by"],
        name="fk_approval_decisions_request",
    ),
    CheckConstraint("decided_by <> asked_by", name="second_person"),
    CheckConstraint(
        "decision = 'approved' OR (decision = 'refused' AND reason IS NOT NULL AND reason <> '')",
        name="known",
    ),
)

# Append-only. Where the study's days begin and end: the highest number counts.
STUDY_ZONES: Final = Table(
    "study_zones",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("zone", String, nullable=False),
    Column("reason", Text, nullable=True),
    Column("recorded_by", String, nullable=False),
    Column("recorded_wall_ns", BigInteger, nullable=False),
    CheckConstraint("number = 1 OR (reason IS NOT NULL AND reason <> '')", name="reasoned"),
)

# Append-only. Which record went, as findings name it, by whose decision and why.
RECORD_ERASURES: Final = Table(
    "record_erasures",
    METADATA,
    Column("record_name", String, primary_key=True),
    Column("reason", Text, nullable=False),
    Column("recorded_by", String, nullable=False),
    Column("recorded_wall_ns", BigInteger, nullable=False),
    CheckConstraint("reason <> ''", name="reasoned"),
)

# Append-only, in one chain as the ledger is. `envelope` is the canonical JSON that the hash is
# taken over, `kind` the table and `about` the key of a row that it vouches for. `salt` is empty
# where the row has it, so that it can go with it.
RECORD_CHAIN: Final = Table(
    "record_chain",
    METADATA,
    Column("n", RowId, primary_key=True, autoincrement=False),
    Column("id", String, nullable=False, unique=True),
    Column("kind", String, nullable=False),
    Column("about", String, nullable=False),
    Column("envelope", Text, nullable=False),
    Column("salt", LargeBinary, nullable=False),
    Column("commitment", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
)

# In the order in which rows of one moment are chained: a row comes after what it refers to.
CHAINED: Final = (
    RECIPIENTS,
    APPROVAL_REQUESTS,
    APPROVAL_DECISIONS,
    HANDED_OUT,
    DATASETS_TAKEN,
    ANALYSIS_RECORDS,
    STUDY_ZONES,
    PARTICIPANT_ENTRIES,
    MEASURED_HEARTS,
    QUALITY_DECISIONS,
    REPORTING_SENTENCES,
    RECORD_ERASURES,
)
