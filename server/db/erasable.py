"""Tables whose rows never change, and go only when an append-only table has recorded why."""

from collections.abc import Iterator

from sqlalchemy import Connection, text

from server.db.append_only import refuse_replacing


def make_erasable(
    connection: Connection, table: str, record: str, named: str = "n = OLD.n"
) -> None:
    """Make `table` refuse changes, and the deletion of a row `OLD` of which no row of `record`
    is `named`.

    For a migration that made both tables. PostgreSQL refuses TRUNCATE as well.
    """
    is_postgresql = connection.dialect.name == "postgresql"
    statements = (_postgresql_ddl if is_postgresql else _sqlite_ddl)(table, record, named)
    for statement in statements:
        connection.execute(text(statement))
    refuse_replacing(connection, table)


def _sqlite_ddl(table: str, record: str, named: str) -> Iterator[str]:
    yield (
        f"CREATE TRIGGER {table}_refuses_update BEFORE UPDATE ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} never changes'); END"
    )
    yield (
        f"CREATE TRIGGER {table}_refuses_delete BEFORE DELETE ON {table} "
        f"WHEN {_is_unrecorded(record, named)} "
        f"BEGIN SELECT RAISE(ABORT, '{table}: no erasure of this row is recorded'); END"
    )


def _postgresql_ddl(table: str, record: str, named: str) -> Iterator[str]:
    """Relies on doseline_refuse_change, which every append-only table brings along."""
    yield (
        f"CREATE FUNCTION {table}_refuse_delete() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN IF {_is_unrecorded(record, named)} THEN "
        f"RAISE EXCEPTION '{table}: no erasure of this row is recorded' "
        "USING ERRCODE = 'restrict_violation'; END IF; RETURN OLD; END $$"
    )
    yield (
        f"CREATE TRIGGER {table}_refuses_delete BEFORE DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_refuse_delete()"
    )
    yield (
        f"CREATE TRIGGER {table}_refuses_update BEFORE UPDATE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION doseline_refuse_change()"
    )
    yield (
        f"CREATE TRIGGER {table}_refuses_truncate BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION doseline_refuse_change()"
    )


def _is_unrecorded(record: str, named: str) -> str:
    return f"NOT EXISTS (SELECT 1 FROM {record} WHERE {named})"  # noqa: S608 (our names)
