"""Tables whose rows can never be changed or deleted, enforced by the database itself."""

from collections.abc import Iterator

_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION doseline_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$"""


def append_only_ddl(dialect: str, table: str) -> Iterator[str]:
    """Statements that make `table` refuse UPDATE and DELETE (and TRUNCATE) from now on."""
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
