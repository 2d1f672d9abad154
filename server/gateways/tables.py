"""Who may upload, and which straps they may record."""

from typing import Final

from sqlalchemy import BigInteger, Column, ForeignKey, LargeBinary, String, Table

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

STRAPS: Final = Table(
    "straps",
    METADATA,
    Column("serial", String, primary_key=True),
    Column("model", String, nullable=False),
    Column("label", String, nullable=True),
    Column("streams", String, nullable=False),  # words of the consent form, sorted, comma between
    Column("added_wall_ns", BigInteger, nullable=False),
)
