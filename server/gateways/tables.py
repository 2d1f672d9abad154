"""Who may upload, and which straps they may record."""

from typing import Final

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    String,
    Table,
)

from server.db.metadata import METADATA

GATEWAYS: Final = Table(
    "gateways",
    METADATA,
    Column("name", String, primary_key=True),
    Column("enrolled_wall_ns", BigInteger, nullable=False),
)

# The token itself is nowhere: whoever reads this table can't upload.
GATEWAY_TOKENS: Final = Table(
    "gateway_tokens",
    METADATA,
    Column("token_sha256", LargeBinary, primary_key=True),
    Column("gateway", String, ForeignKey("gateways.name"), nullable=False, index=True),
    Column("issued_wall_ns", BigInteger, nullable=False),
    Column("revoked_wall_ns", BigInteger, nullable=True),
)

# As each strap was added. What stands now is here or in the newest row of its history.
STRAPS: Final = Table(
    "straps",
    METADATA,
    Column("serial", String, primary_key=True),
    Column("model", String, nullable=False),
    Column("label", String, nullable=True),
    Column("streams", String, nullable=False),  # words of the consent form, sorted, comma between
    Column("added_wall_ns", BigInteger, nullable=False),
)

# What was changed of a strap: counted from 1 for each strap, because clocks may go back.
STRAP_HISTORY: Final = Table(
    "strap_history",
    METADATA,
    Column("serial", String, ForeignKey("straps.serial"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("changed_wall_ns", BigInteger, nullable=False),
    Column("changed_by", String, nullable=False),  # "os:" and the account that ran the command
    Column("old_label", String, nullable=True),
    Column("new_label", String, nullable=True),
    Column("old_streams", String, nullable=False),
    Column("new_streams", String, nullable=False),  # empty: its wearer agrees to nothing any more
    Column("reason", String, nullable=False),
    CheckConstraint("number >= 1", name="counted"),
    CheckConstraint("reason <> ''", name="reasoned"),
)

APPEND_ONLY: Final = (STRAPS, STRAP_HISTORY)
