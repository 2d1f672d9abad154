"""Limits as they were proposed, signatures under them, and lists of phones: only ever added to."""

from typing import Final

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, String, Table, Text

from server.db.metadata import METADATA

# The one with the highest number is the study's; it holds once it is signed.
SAFETY_PROPOSALS: Final = Table(
    "safety_proposals",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("content", Text, nullable=False),  # canonical JSON
    Column("sha256", String, nullable=False),
    Column("reason", Text, nullable=False),
    Column("recorded_by", String, nullable=False),
    Column("recorded_wall_ns", BigInteger, nullable=False),
)

SAFETY_SIGNATURES: Final = Table(
    "safety_signatures",
    METADATA,
    Column(
        "number",
        Integer,
        ForeignKey("safety_proposals.number"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("sha256", String, nullable=False),  # of the values that were signed
    Column("signed_by", String, ForeignKey("people.name"), nullable=False),
    Column("qualification", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("recorded_by", String, nullable=False),
    Column("recorded_wall_ns", BigInteger, nullable=False),
)

# The list with the highest number counts, signed by nobody: a number is no limit.
EMERGENCY_PHONES: Final = Table(
    "emergency_phones",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("content", Text, nullable=False),  # canonical JSON
    Column("recorded_by", String, nullable=False),
    Column("recorded_wall_ns", BigInteger, nullable=False),
)

APPEND_ONLY: Final = (SAFETY_PROPOSALS, SAFETY_SIGNATURES, EMERGENCY_PHONES)
