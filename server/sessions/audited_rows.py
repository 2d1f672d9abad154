"""Reads the stored ledger as the audit sees it: everything, in order, in one snapshot."""

from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import Connection, Row, select

from server.sessions.audit import AuditedContent, AuditedRow
from server.sessions.tables import LEDGER_ERASURES, LEDGER_EVENTS, LEDGER_VALUES

PAGE_ROWS: Final = 1_000
_BELOW_ALL: Final = -(2**63)  # a row that was slipped in may have any number

_ROWS: Final = (
    select(
        LEDGER_EVENTS,
        LEDGER_VALUES.c.salt,
        LEDGER_VALUES.c.value,
        LEDGER_VALUES.c.reason,
        LEDGER_ERASURES.c.recorded_n,
    )
    .outerjoin(LEDGER_VALUES, LEDGER_VALUES.c.n == LEDGER_EVENTS.c.n)
    .outerjoin(LEDGER_ERASURES, LEDGER_ERASURES.c.n == LEDGER_EVENTS.c.n)
    .order_by(LEDGER_EVENTS.c.n)
    .limit(PAGE_ROWS)
)


def read_audited_rows(connection: Connection) -> Iterator[AuditedRow]:
    """Every row of the ledger, a page at a time."""
    after: int | None = None
    while page := read_audited_page(connection, after):
        yield from page
        after = page[-1].n


def read_audited_page(connection: Connection, after: int | None) -> list[AuditedRow]:
    """The next rows after a place in the ledger (None: the first), empty after the last."""
    place = _BELOW_ALL if after is None else after
    rows = connection.execute(_ROWS.where(LEDGER_EVENTS.c.n > place))
    return [make_audited_row(row, row.session) for row in rows]


def make_audited_row(row: Row[Any], session: str | None) -> AuditedRow:
    """A chained row with its content, where that wasn't erased; `session` None: it is of none."""
    is_there = row.salt is not None
    return AuditedRow(
        n=row.n,
        id=row.id,
        session=session,
        kind=row.kind,
        about=row.about,
        envelope=row.envelope,
        commitment=bytes(row.commitment),
        hash=bytes(row.hash),
        content=AuditedContent(bytes(row.salt), row.value, row.reason) if is_there else None,
        erased_by=row.recorded_n,
    )
