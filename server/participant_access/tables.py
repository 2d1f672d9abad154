"""Codes, sessions and PINs of participants, and the trail of all of it."""

from typing import Final

from sqlalchemy import BigInteger, Boolean, Column, Integer, LargeBinary, String, Table

from server.db.metadata import METADATA, RowId

# The code itself is nowhere: whoever reads this table opens nothing.
PARTICIPANT_CODES: Final = Table(
    "participant_codes",
    METADATA,
    Column("code_sha256", LargeBinary, primary_key=True),
    Column("participant", String, nullable=False, index=True),
    Column("handed_over", Boolean, nullable=False),
    Column("made_by", String, nullable=False),
    Column("made_wall_ns", BigInteger, nullable=False),
    Column("used_wall_ns", BigInteger, nullable=True),
    Column("withdrawn_wall_ns", BigInteger, nullable=True),
)

# `number` is what staff call it by; neither it nor the hash is worth anything in a cookie.
PARTICIPANT_SESSIONS: Final = Table(
    "participant_sessions",
    METADATA,
    Column("id_sha256", LargeBinary, primary_key=True),
    Column("number", Integer, nullable=False, unique=True),
    Column("participant", String, nullable=False, index=True),
    Column("handed_over", Boolean, nullable=False),
    Column("made_by", String, nullable=False),
    Column("begun_wall_ns", BigInteger, nullable=False),
    Column("seen_wall_ns", BigInteger, nullable=False),
    Column("unlocked_wall_ns", BigInteger, nullable=True),
    Column("ended_wall_ns", BigInteger, nullable=True),
)

PARTICIPANT_PINS: Final = Table(
    "participant_pins",
    METADATA,
    Column("participant", String, primary_key=True),
    Column("pin_argon2", String, nullable=False),
    Column("set_wall_ns", BigInteger, nullable=False),
)

# Append-only. `participant` is null where a code was tried that nobody has.
PARTICIPANT_ACCESS_EVENTS: Final = Table(
    "participant_access_events",
    METADATA,
    Column("id", RowId, primary_key=True),
    Column("happened_wall_ns", BigInteger, nullable=False),
    Column("what", String, nullable=False),
    Column("participant", String, nullable=True, index=True),
    Column("done_by", String, nullable=True),
)
