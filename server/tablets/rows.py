"""Tablets in the database, inside transactions that others commit."""

from typing import Any

from sqlalchemy import Connection, Select, func, insert, select, update

from server.tablets.tables import (
    TABLET_CONTACTS,
    TABLET_EVENTS,
    TABLET_REVOCATIONS,
    TABLET_RULES,
    TABLETS,
)


def select_tablets() -> Select[Any]:
    """Every tablet with its revocation and when it was heard, where there are such."""
    return (
        select(
            TABLETS,
            TABLET_REVOCATIONS.c.revoked_by,
            TABLET_REVOCATIONS.c.revoked_wall_ns,
            TABLET_REVOCATIONS.c.reason,
            TABLET_CONTACTS.c.seen_wall_ns,
            TABLET_CONTACTS.c.left_wall_ns,
        )
        .outerjoin(TABLET_REVOCATIONS, TABLET_REVOCATIONS.c.tablet == TABLETS.c.number)
        .outerjoin(TABLET_CONTACTS, TABLET_CONTACTS.c.tablet == TABLETS.c.number)
    )


def find_tablet(connection: Connection, number: int) -> Any:
    """One row of the above, or None."""
    return connection.execute(select_tablets().where(TABLETS.c.number == number)).first()


def find_by_credential(connection: Connection, credential_sha256: bytes) -> Any:
    """The same by what its cookie holds."""
    hers = TABLETS.c.credential_sha256 == credential_sha256
    return connection.execute(select_tablets().where(hers)).first()


def list_tablets(connection: Connection) -> list[Any]:
    """All, the newest first."""
    return list(connection.execute(select_tablets().order_by(TABLETS.c.number.desc())))


def find_in_use(connection: Connection, name: str) -> Any:
    """The tablet of this name that isn't revoked, or None."""
    hers = (TABLETS.c.name == name, TABLET_REVOCATIONS.c.tablet.is_(None))
    return connection.execute(select_tablets().where(*hers)).first()


def add_tablet(connection: Connection, row: dict[str, Any]) -> int:
    """A new one; its number."""
    newest = connection.execute(select(func.max(TABLETS.c.number))).scalar() or 0
    number = newest + 1
    connection.execute(insert(TABLETS), [{**row, "number": number}])
    seen = {"tablet": number, "seen_wall_ns": row["enrolled_wall_ns"], "left_wall_ns": None}
    connection.execute(insert(TABLET_CONTACTS), [seen])
    return number


def note_contact(connection: Connection, number: int, **when: int) -> None:
    """When it was heard, or took its leave."""
    hers = TABLET_CONTACTS.c.tablet == number
    connection.execute(update(TABLET_CONTACTS).where(hers).values(**when))


def read_is_required(connection: Connection) -> bool:
    """Whether tablets must be enrolled, as was decided last."""
    newest = select(TABLET_RULES.c.is_required).order_by(TABLET_RULES.c.number.desc()).limit(1)
    return bool(connection.execute(newest).scalar())


def add_rule(connection: Connection, row: dict[str, Any]) -> None:
    """From now on it is so."""
    newest = connection.execute(select(func.max(TABLET_RULES.c.number))).scalar() or 0
    connection.execute(insert(TABLET_RULES), [{**row, "number": newest + 1}])


def append_event(
    connection: Connection, what: str, name: str | None, done_by: str | None, now_ns: int
) -> None:
    """One line of the trail of codes."""
    row = {"happened_wall_ns": now_ns, "what": what, "name": name, "done_by": done_by}
    connection.execute(insert(TABLET_EVENTS), [row])
