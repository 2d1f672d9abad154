"""The vault: whoever reads from it is written down first, in the same transaction."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select

from server.db.database import Database
from server.vault.identity import CARD_FIELDS, EmergencyCard, Identity
from server.vault.tables import IDENTITIES, IDENTITY_EVENTS

SCHEMA = "identity"


@dataclass(frozen=True, slots=True)
class VaultEvent:
    """Who did what with whose identity, and when."""

    happened_wall_ns: int
    what: str
    code: str
    done_by: str


class Vault:
    """First names and emergency cards of one study."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def write_identity(self, code: str, identity: Identity, done_by: str) -> None:
        """Put it in the place of what was there, which is gone."""
        card = {name: getattr(identity.card, name) for name in CARD_FIELDS}
        row = {"code": code, "first_name": identity.first_name, **card}
        with self.writing() as connection:
            connection.execute(delete(IDENTITIES).where(IDENTITIES.c.code == code))
            row["written_wall_ns"] = time.time_ns()
            connection.execute(insert(IDENTITIES), [row])
            _append_events(connection, "written", [code], done_by)
        self._database.empty_log()

    def read_people(self, reader: str, codes: Sequence[str]) -> dict[str, Identity]:
        """Those of these people who are in the vault; the reading of all is written down."""
        if not codes:
            return {}
        with self.writing() as connection:
            _append_events(connection, "read", codes, reader)
            rows = connection.execute(select(IDENTITIES).where(IDENTITIES.c.code.in_(codes))).all()
        return {
            row.code: Identity(
                row.first_name,
                EmergencyCard(**{name: getattr(row, name) for name in CARD_FIELDS}),
            )
            for row in rows
        }

    def read_events(self) -> list[VaultEvent]:
        """Who read and wrote, in order."""
        with self._database.reading() as connection:
            self._choose_schema(connection)
            rows = connection.execute(select(IDENTITY_EVENTS).order_by(IDENTITY_EVENTS.c.id))
            return [VaultEvent(r.happened_wall_ns, r.what, r.code, r.done_by) for r in rows]

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction in the vault's own place."""
        with self._database.writing() as connection:
            self._choose_schema(connection)
            yield connection

    def _choose_schema(self, connection: Connection) -> None:
        if self._database.is_sqlite:
            # What is deleted is overwritten with zeros, not only forgotten.
            connection.exec_driver_sql("PRAGMA secure_delete=ON")
        else:
            connection.exec_driver_sql(f"SET LOCAL search_path TO {SCHEMA}")


def _append_events(connection: Connection, what: str, codes: Sequence[str], done_by: str) -> None:
    now_ns = time.time_ns()
    rows = [
        {"happened_wall_ns": now_ns, "what": what, "code": code, "done_by": done_by}
        for code in codes
    ]
    connection.execute(insert(IDENTITY_EVENTS), rows)
