"""Enrolling and revoking gateways, and telling which one a token belongs to."""

import hmac
import time
from pathlib import Path

from sqlalchemy import Connection, insert, select, update

from server.db.database import Database
from server.db.new_secret_file import write_new_secret
from server.errors import ConflictError, NotFoundError
from server.gateways.tables import GATEWAY_TOKENS, GATEWAYS
from server.gateways.tokens import hash_token, mint_token


def enrol_gateway(database: Database, name: str, token_file: Path) -> None:
    """Add a gateway, or give a revoked one a new token, written to a new file of mode 0600.

    Raises ConflictError when the gateway has a token, SettingsError when the file can't be made.
    """
    token = mint_token()
    with database.writing() as connection:
        _require_no_token(connection, name)
        now_ns = time.time_ns()
        is_known = select(GATEWAYS.c.name).where(GATEWAYS.c.name == name)
        if connection.execute(is_known).first() is None:
            connection.execute(insert(GATEWAYS), [{"name": name, "enrolled_wall_ns": now_ns}])
        row = {"token_sha256": hash_token(token), "gateway": name, "issued_wall_ns": now_ns}
        connection.execute(insert(GATEWAY_TOKENS), [row])
        # Inside the transaction: without the file the token is worthless, so nobody has one.
        write_new_secret(token_file, token, "--token-file")


def revoke_gateway(database: Database, name: str) -> int:
    """Make every token of a gateway worthless; how many there were. Raises NotFoundError."""
    with database.writing() as connection:
        is_known = select(GATEWAYS.c.name).where(GATEWAYS.c.name == name)
        if connection.execute(is_known).first() is None:
            raise NotFoundError(f"no gateway is called {name!r}")
        valid = GATEWAY_TOKENS.c.revoked_wall_ns.is_(None)
        revoke = update(GATEWAY_TOKENS).where(GATEWAY_TOKENS.c.gateway == name, valid)
        return connection.execute(revoke.values(revoked_wall_ns=time.time_ns())).rowcount


def find_gateway(connection: Connection, token: str) -> str | None:
    """The gateway that a valid token belongs to."""
    token_sha256 = hash_token(token)
    row = connection.execute(
        select(GATEWAY_TOKENS.c.token_sha256, GATEWAY_TOKENS.c.gateway).where(
            GATEWAY_TOKENS.c.token_sha256 == token_sha256,
            GATEWAY_TOKENS.c.revoked_wall_ns.is_(None),
        )
    ).first()
    if row is None or not hmac.compare_digest(bytes(row.token_sha256), token_sha256):
        return None
    return str(row.gateway)


def _require_no_token(connection: Connection, name: str) -> None:
    has_token = select(GATEWAY_TOKENS.c.gateway).where(
        GATEWAY_TOKENS.c.gateway == name, GATEWAY_TOKENS.c.revoked_wall_ns.is_(None)
    )
    if connection.execute(has_token).first() is not None:
        raise ConflictError(
            f"gateway {name!r} is enrolled and its token is valid; to give it a new one, first run"
            f" 'doseline-server gateways revoke {name}'"
        )
