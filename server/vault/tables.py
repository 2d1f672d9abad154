"""Tables of the vault. On PostgreSQL they stand in the schema `identity`."""

from typing import Final

from sqlalchemy import BigInteger, Column, Integer, MetaData, String, Table

from server.db.metadata import METADATA, RowId

VAULT: Final = MetaData(naming_convention=METADATA.naming_convention)

# Not append-only: what is corrected or erased here must be gone.
IDENTITIES: Final = Table(
    "identities",
    VAULT,
    Column("code", String, primary_key=True),
    Column("first_name", String, nullable=True),
    Column("contact", String, nullable=True),
    Column("allergies", String, nullable=True),
    Column("drugs", String, nullable=True),
    Column("notes", String, nullable=True),
    Column("written_wall_ns", BigInteger, nullable=False),
)

# Append-only, and without a word of what was read or written.
IDENTITY_EVENTS: Final = Table(
    "identity_events",
    VAULT,
    Column("id", RowId, primary_key=True),
    Column("happened_wall_ns", BigInteger, nullable=False),
    Column("what", String, nullable=False),
    Column("code", String, nullable=False),
    Column("done_by", String, nullable=False),
)

VAULT_SCHEMA: Final = Table(
    "vault_schema", VAULT, Column("revision", Integer, primary_key=True, autoincrement=False)
)
