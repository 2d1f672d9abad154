"""Stores records with their link in one hash chain, and checks that each is as it was written.

Decisions 0042, 0052. A row of a chained table without its link is one that was slipped in.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import Connection, Table, func, insert, select

from protocol.ledger.canonical import encode_canonical
from server.errors import RuleError
from server.sessions.audit import AuditedContent, AuditedRow, AuditReport, check_chain
from server.sessions.chain import EMPTY, SALT_BYTES, Head
from server.study.record_link import SALT, list_said, make_link, name_record
from server.study.record_tables import CHAINED, RECORD_CHAIN, RECORD_ERASURES

RECORDS_LOCK: Final = 0x646F7372  # "dosr": one appender at a time, so that the order is one
_OF_LINKS: Final = frozenset({"row_missing", "row_changed"})  # not of what one row says


@dataclass(frozen=True, slots=True)
class _Stored:
    """What a row says as canonical JSON; `salt` where it has its own."""

    said: str
    salt: bytes


def lock_records(connection: Connection) -> None:
    """Hold the records until the transaction ends. SQLite's writing transactions do already."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({RECORDS_LOCK})")


def append_numbered(connection: Connection, table: Table, row: Mapping[str, Any]) -> int:
    """Store a row under the next number of its table, and chain it; the number."""
    lock_records(connection)
    newest = connection.execute(select(func.max(table.c.number))).scalar() or 0
    append_record(connection, table, {"number": newest + 1, **row})
    return int(newest + 1)


def append_record(connection: Connection, table: Table, row: Mapping[str, Any]) -> None:
    """Store a row, and chain it in the same transaction; of a table with salts it gets one.

    Raises sqlalchemy's IntegrityError for what the table refuses.
    """
    lock_records(connection)
    salt = os.urandom(SALT_BYTES)
    own = {SALT: salt} if SALT in table.c else {}
    connection.execute(insert(table), [{**row, **own}])
    stored = _read_back(connection, table, row)
    key = _tell_key(table, stored)
    link = make_link(read_records_head(connection), table.name, key, stored, salt)
    connection.execute(insert(RECORD_CHAIN), [link])


def list_erased(connection: Connection) -> dict[str, int]:
    """Each record whose erasure the chain holds, and the place of that decision."""
    links = select(RECORD_CHAIN.c.about, RECORD_CHAIN.c.n)
    rows = connection.execute(links.where(RECORD_CHAIN.c.kind == RECORD_ERASURES.name))
    return {row.about: row.n for row in rows}


def read_records_head(connection: Connection) -> Head:
    """The last link of the chain."""
    places = select(RECORD_CHAIN.c.n, RECORD_CHAIN.c.hash).order_by(RECORD_CHAIN.c.n.desc())
    row = connection.execute(places.limit(1)).first()
    return EMPTY if row is None else Head(row.n, bytes(row.hash))


def check_records(connection: Connection, noted: Sequence[Head]) -> AuditReport:
    """Everything that is wrong with the chain and its rows; each finding names its row."""
    stored = _read_stored(connection)
    links = list(_read_links(connection, stored))
    report = check_chain(links, noted, RECORD_ERASURES.name)
    names = {link.n: link.id for link in links}
    report.findings = [
        replace(one, sentence=f"{names[one.n]}: {one.sentence}") if one.n in names else one
        for one in report.findings
    ]
    for name in sorted(stored.keys() - set(names.values())):
        report.add(0, "row_unchained", f"{name}: it has no entry in the chain, and was slipped in")
    return report


def require_whole(connection: Connection, table: Table, key: str) -> None:
    """Raises RuleError where a record isn't what was written, or a link of the chain isn't."""
    name = name_record(table.name, key)
    findings = check_records(connection, []).findings
    told = [
        one.sentence
        for one in findings
        if one.code in _OF_LINKS or one.sentence.startswith(f"{name}:")
    ]
    if told:
        raise _refuse(name, told[0])


def require_table_whole(connection: Connection, table: Table) -> None:
    """The same of all records of a table: none changed, taken away or slipped in."""
    for one in check_records(connection, []).findings:
        name = one.sentence.split(":", 1)[0]
        if one.code in _OF_LINKS or name.startswith(f"{table.name}/"):
            raise _refuse(name if name.startswith(table.name) else table.name, one.sentence)


def _refuse(name: str, told: str) -> RuleError:
    return RuleError(
        f"{name} can't be relied on: {told}; run 'doseline-server verify-audit', and restore a"
        " backup"
    )


def _read_links(connection: Connection, stored: Mapping[str, _Stored]) -> Iterator[AuditedRow]:
    """Of what a link's row says now, wherever the link says that the row is."""
    erased = list_erased(connection)
    for link in connection.execute(select(RECORD_CHAIN).order_by(RECORD_CHAIN.c.n)):
        name = name_record(link.kind, link.about)
        row = stored.get(name)
        yield AuditedRow(
            n=link.n,
            id=link.id,
            session=None,
            kind=link.kind,
            about=link.about,
            envelope=link.envelope,
            commitment=bytes(link.commitment),
            hash=bytes(link.hash),
            content=None
            if row is None
            else AuditedContent(bytes(link.salt) or row.salt, row.said, None),
            erased_by=erased.get(name),
        )


def _read_stored(connection: Connection) -> dict[str, _Stored]:
    """Every row of the chained tables by its name."""
    told = {}
    for table in CHAINED:
        for row in map(dict, connection.execute(select(table)).mappings()):
            said = encode_canonical(list_said(row)).decode()
            salt = bytes(row.get(SALT) or b"")
            told[name_record(table.name, _tell_key(table, row))] = _Stored(said, salt)
    return told


def _read_back(connection: Connection, table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
    """As the database has it: 62 of a column of fractions is 62.0 there."""
    same = [column == row[column.name] for column in table.primary_key.columns]
    return dict(connection.execute(select(table).where(*same)).mappings().one())


def _tell_key(table: Table, row: Mapping[str, Any]) -> str:
    """`3`, or `P07/1` of a key of two columns."""
    return "/".join(str(row[column.name]) for column in table.primary_key.columns)
