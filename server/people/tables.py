"""Staff, their sign-in sessions, and the trail of both."""

from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    String,
    Table,
)

from server.db.metadata import METADATA, RowId

PEOPLE: Final = Table(
    "people",
    METADATA,
    Column("name", String, primary_key=True),
    Column("role", String, nullable=False),
    Column("password_argon2", String, nullable=False),
    Column("pin_argon2", String, nullable=True),
    # What a tablet checks a PIN against while the server is away (decision 0014).
    Column("verifier_salt", LargeBinary, nullable=True),
    Column("verifier_iterations", Integer, nullable=True),
    Column("verifier_sha256", LargeBinary, nullable=True),
    Column("added_wall_ns", BigInteger, nullable=False),
    Column("disabled_wall_ns", BigInteger, nullable=True),
)

# Append-only; the newest number of a person counts.
PEOPLE_QUALIFICATIONS: Final = Table(
    "people_qualifications",
    METADATA,
    Column("person", ForeignKey("people.name"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("qualification", String, nullable=False),
    Column("recorded_by", String, nullable=False),
    Column("recorded_wall_ns", BigInteger, nullable=False),
)

# The id itself is nowhere: whoever reads this table can't take a session over.
SIGN_IN_SESSIONS: Final = Table(
    "sign_in_sessions",
    METADATA,
    Column("id_sha256", LargeBinary, primary_key=True),
    Column("person", String, ForeignKey("people.name"), nullable=False, index=True),
    Column("device", String, nullable=True),
    Column("on_tablet", Boolean, nullable=False),
    Column("active", String, ForeignKey("people.name"), nullable=False),
    Column("signed_in_wall_ns", BigInteger, nullable=False),
    Column("seen_wall_ns", BigInteger, nullable=False),
    Column("ended_wall_ns", BigInteger, nullable=True),
)

SIGN_IN_ACTORS: Final = Table(
    "sign_in_actors",
    METADATA,
    Column("id_sha256", ForeignKey("sign_in_sessions.id_sha256"), primary_key=True),
    Column("person", ForeignKey("people.name"), primary_key=True, index=True),
    Column("added_wall_ns", BigInteger, nullable=False),
)

# Append-only. `person` is null where a name was typed that nobody has: it may be a password.
PEOPLE_EVENTS: Final = Table(
    "people_events",
    METADATA,
    Column("id", RowId, primary_key=True),
    Column("happened_wall_ns", BigInteger, nullable=False),
    Column("what", String, nullable=False),
    Column("person", String, nullable=True, index=True),
    Column("done_by", String, nullable=True),
    Column("device", String, nullable=True),
)
