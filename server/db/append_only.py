"""Tables whose rows can never be changed or deleted, enforced by the database itself.

It holds against whoever speaks SQL to the database, not against whoever may drop its triggers.
"""

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, text

_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION doseline_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$"""


def make_append_only(connection: Connection, table: str) -> None:
    """Make `table` refuse every change of a row from now on; for a migration that made it."""
    for statement in append_only_ddl(connection.dialect.name, table):
        connection.execute(text(statement))
    refuse_replacing(connection, table)


def refuse_replacing(connection: Connection, table: str) -> None:
    """Make an append-only `table` refuse a row under any key that is taken.

    SQLite's REPLACE deletes the row that holds the key, and fires no DELETE trigger unless its
    connection asked for that (sqlite.org/lang_conflict.html): another program didn't. PostgreSQL
    knows no REPLACE, and its ON CONFLICT DO UPDATE meets the UPDATE trigger.
    """
    if connection.dialect.name != "sqlite":
        return
    taken = " OR ".join(
        f"EXISTS (SELECT 1 FROM {table} WHERE {_name_same(key)})"  # noqa: S608 (our names)
        for key in _read_keys(connection, table)
    )
    complaint = f"{table} is append-only, and this key is stored already"
    trigger = (
        f"CREATE TRIGGER {table}_refuses_replace BEFORE INSERT ON {table} WHEN {taken} "
        f"BEGIN SELECT RAISE(ABORT, '{complaint}'); END"
    )
    connection.execute(text(trigger))


def _name_same(key: Sequence[str]) -> str:
    return " AND ".join(f"{column} = NEW.{column}" for column in key)


def _read_keys(connection: Connection, table: str) -> list[list[str]]:
    """Everything by which SQLite tells a row: the row id (or the column that names it), each key.

    Raises ValueError for a unique index, which may hold expressions: such a key is a constraint.
    """
    keys = [["rowid"]]
    for index in connection.exec_driver_sql(f"PRAGMA index_list({table})").all():
        if index.unique and index.origin == "c":
            raise ValueError(f"{table}: make its unique index a unique constraint")
        if index.unique:
            info = connection.exec_driver_sql(f"PRAGMA index_info({index.name})")
            keys.append([column.name for column in info])
    return keys


def append_only_ddl(dialect: str, table: str) -> Iterator[str]:
    """Statements that make `table` refuse UPDATE, DELETE and TRUNCATE: a part of the above."""
    if dialect == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            yield (
                f"CREATE TRIGGER {table}_refuses_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
        return
    yield _POSTGRESQL_FUNCTION
    yield (
        f"CREATE TRIGGER {table}_refuses_change BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION doseline_refuse_change()"
    )
    yield (
        f"CREATE TRIGGER {table}_refuses_truncate BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION doseline_refuse_change()"
    )


def no_overlap_ddl(dialect: str) -> Iterator[str]:
    """Statements that make archive_runs refuse a run that shares a number with another one.

    Runs never overlap, so the one that begins last at or before the new run's end tells.
    """
    clash = (
        "(SELECT last_seq FROM archive_runs WHERE stream_id = NEW.stream_id"
        " AND first_seq <= NEW.last_seq ORDER BY first_seq DESC LIMIT 1) >= NEW.first_seq"
    )
    complaint = "archive_runs: a number of this run is stored already"
    if dialect == "sqlite":
        yield (
            "CREATE TRIGGER archive_runs_refuses_overlap BEFORE INSERT ON archive_runs "
            f"WHEN {clash} BEGIN SELECT RAISE(ABORT, '{complaint}'); END"
        )
        return
    yield (
        "CREATE FUNCTION doseline_refuse_overlap() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN IF {clash} THEN RAISE EXCEPTION '{complaint}' "
        "USING ERRCODE = 'unique_violation'; END IF; RETURN NEW; END $$"
    )
    yield (
        "CREATE TRIGGER archive_runs_refuses_overlap BEFORE INSERT ON archive_runs "
        "FOR EACH ROW EXECUTE FUNCTION doseline_refuse_overlap()"
    )
