"""Rows that can't be changed: not by this program, and not by another one on the same file."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from protocol.messages.roster import ConsentedStream, RosterStrap
from server.db.append_only import make_append_only
from server.db.metadata import METADATA
from server.gateways.roster import add_strap
from server.gateways.strap_changes import change_strap
from server.gateways.tables import APPEND_ONLY as GATEWAY_TABLES
from server.ingest.tables import APPEND_ONLY as INGEST_TABLES
from tests.compacting import compact_all
from tests.studies import Study
from tests.unit.server.batches import gap, record, upload

TABLES = [table.name for table in (*INGEST_TABLES, *GATEWAY_TABLES)]
ON_SQLITE = pytest.mark.parametrize("study", ["sqlite"], indirect=True)
ON_POSTGRESQL = pytest.mark.parametrize(
    "study", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True
)
OTHER = {"VARCHAR": "other", "INTEGER": 4711, "BIGINT": 4711, "BLOB": b"other"}


@pytest.fixture
def filled(study: Study) -> Study:
    """At least one row in every table."""
    with study.open() as storage:
        storage.writer.submit(upload([record(1), gap(2)])).result()
        storage.writer.submit(upload([record(1, b"other")])).result()
        compact_all(storage.database)
        storage.writer.submit(upload([record(3)])).result()
        database, serial = storage.database, "51ADA001"
        add_strap(database, RosterStrap(serial, "h10", "07", list(ConsentedStream)))
        change_strap(database, serial, {"label": "08"}, changed_by="ana", reason="worn off")
    return study


@pytest.fixture
def foreign(filled: Study) -> Iterator[sqlite3.Connection]:
    """Another program on the study's file, with the settings that SQLite has by itself."""
    with closing(sqlite3.connect(filled.path / "archive.sqlite3")) as connection:
        assert connection.execute("PRAGMA recursive_triggers").fetchone() == (0,)
        connection.row_factory = sqlite3.Row
        yield connection


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("statement", ["UPDATE {} SET {} = {}", "DELETE FROM {}"])
def test_the_database_itself_refuses_changes(filled: Study, table: str, statement: str) -> None:
    column = METADATA.tables[table].columns[0].name
    with (
        filled.connect() as database,
        pytest.raises(DBAPIError, match="append-only"),
        database.writing() as connection,
    ):
        connection.execute(text(statement.format(table, column, column)))


@ON_POSTGRESQL
@pytest.mark.parametrize("table", TABLES)
def test_the_database_itself_refuses_to_be_emptied(filled: Study, table: str) -> None:
    with (
        filled.connect() as database,
        pytest.raises(DBAPIError, match="append-only"),
        database.writing() as connection,
    ):
        connection.execute(text(f"TRUNCATE {table} CASCADE"))


@pytest.mark.parametrize("table", TABLES)
def test_an_upsert_changes_no_row(filled: Study, table: str) -> None:
    key = [column.name for column in METADATA.tables[table].primary_key]
    upsert = f"INSERT INTO {table} SELECT * FROM {table} WHERE 1 = 1 ON CONFLICT ({', '.join(key)})"
    upsert += f" DO UPDATE SET {key[0]} = EXCLUDED.{key[0]}"
    with (
        filled.connect() as database,
        pytest.raises(DBAPIError, match=r"append-only|stored already"),
        database.writing() as connection,
    ):
        connection.execute(text(upsert))


@ON_SQLITE
@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("verb", ["REPLACE", "INSERT OR REPLACE", "INSERT OR IGNORE", "INSERT"])
def test_another_program_replaces_no_row_by_any_of_its_keys(
    foreign: sqlite3.Connection, table: str, verb: str
) -> None:
    before = _read_rows(foreign, table)
    for key in _read_keys(foreign, table):
        row = {name: OTHER[kind] for name, kind in _read_kinds(foreign, table).items()}
        row |= {name: before[0][name] for name in key}
        names, marks = ", ".join(row), ", ".join("?" * len(row))
        with pytest.raises(sqlite3.IntegrityError, match="stored already"):
            foreign.execute(f"{verb} INTO {table} ({names}) VALUES ({marks})", [*row.values()])
    assert _read_rows(foreign, table) == before


@ON_SQLITE
@pytest.mark.parametrize("table", TABLES)
def test_another_program_changes_no_row(foreign: sqlite3.Connection, table: str) -> None:
    before = _read_rows(foreign, table)
    for statement in (f"UPDATE OR REPLACE {table} SET rowid = rowid + 1", f"DELETE FROM {table}"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            foreign.execute(statement)
    assert _read_rows(foreign, table) == before


@ON_SQLITE
def test_every_table_that_refuses_updates_refuses_replacing(foreign: sqlite3.Connection) -> None:
    """A later table is made append-only by `make_append_only`, not by a part of it."""
    query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    triggers = {row["name"] for row in foreign.execute(query)}
    tables = {name.removesuffix("_refuses_update") for name in triggers if "_update" in name}
    assert tables >= set(TABLES)
    assert {f"{table}_refuses_replace" for table in tables} <= triggers
    assert {f"{table}_refuses_delete" for table in tables} <= triggers


@ON_SQLITE
def test_a_later_table_that_numbers_its_rows_itself_can_be_made_append_only(study: Study) -> None:
    with study.connect() as database, database.writing() as connection:
        connection.execute(text("CREATE TABLE later (id INTEGER PRIMARY KEY, name VARCHAR)"))
        make_append_only(connection, "later")
        for name in ("one", "two"):
            connection.execute(text(f"INSERT INTO later (name) VALUES ('{name}')"))
        with pytest.raises(DBAPIError, match="stored already"):
            connection.execute(text("REPLACE INTO later VALUES (2, 'three')"))
        rows = connection.execute(text("SELECT id, name FROM later")).all()
    assert [tuple(row) for row in rows] == [(1, "one"), (2, "two")]


@ON_SQLITE
def test_a_unique_key_that_could_not_be_guarded_is_refused_at_once(study: Study) -> None:
    with study.connect() as database, database.writing() as connection:
        connection.execute(text("CREATE TABLE later (id INTEGER PRIMARY KEY, name VARCHAR)"))
        connection.execute(text("CREATE UNIQUE INDEX later_name ON later (lower(name))"))
        with pytest.raises(ValueError, match="later: make its unique index a unique constraint"):
            make_append_only(connection, "later")


def _read_kinds(connection: sqlite3.Connection, table: str) -> dict[str, str]:
    return {row["name"]: row["type"] for row in connection.execute(f"PRAGMA table_info({table})")}


def _read_rows(connection: sqlite3.Connection, table: str) -> list[dict[str, Any]]:
    """With the row id, which is a key of its own unless a column is its name."""
    selected = connection.execute(f"SELECT *, rowid AS row_id FROM {table}")
    rows = [{**row, "rowid": row["row_id"]} for row in map(dict, selected)]
    assert rows
    return rows


def _read_keys(connection: sqlite3.Connection, table: str) -> list[list[str]]:
    """Every unique key of a table as SQLite tells them."""
    columns = connection.execute(f"PRAGMA table_info({table})").fetchall()
    primary = [column["name"] for column in columns if column["pk"]]
    keys = [primary]
    if [_read_kinds(connection, table)[name] for name in primary] != ["INTEGER"]:
        keys.append(["rowid"])
    for index in connection.execute(f"PRAGMA index_list({table})").fetchall():
        info = connection.execute(f"PRAGMA index_info({index['name']})")
        keys += [[column["name"] for column in info]] if index["unique"] else []
    return keys
