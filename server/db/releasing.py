"""Rows of the archive that go where a proven segment holds them, and stay everywhere else.

A segment holds every chunk of its strap and stream between its first and its last (chunk ids are
512 times their run's id and a place). Its proof names the hash of the rows it gave back.
"""

from collections.abc import Iterator

from sqlalchemy import Connection, text

_CHUNKS_PER_RUN = 512
_MAX_SPAN = 65_536 * _CHUNKS_PER_RUN

_KEPT = "archive_chunks is append-only: no proven segment holds this row"
_HELD = "archive_chunks: a segment holds what was in this place, so it is stored already"
_OVERLAPS = "archive_segments: a segment holds some of these chunks, so they are stored already"


def let_chunks_go(connection: Connection) -> None:
    """Make archive_chunks let go what a proven segment holds; it takes no such row again.

    For the migration that made the segments' tables.
    """
    is_postgresql = connection.dialect.name == "postgresql"
    for statement in _postgresql_ddl() if is_postgresql else _sqlite_ddl():
        connection.execute(text(statement))


def _sqlite_ddl() -> Iterator[str]:
    yield "DROP TRIGGER archive_chunks_refuses_delete"
    yield _sqlite_trigger("archive_chunks_refuses_delete", f"NOT {_IS_HELD}", _KEPT)
    yield _sqlite_trigger("archive_chunks_refuses_held", _IS_BEHIND, _HELD)
    yield _sqlite_trigger("archive_segments_refuses_overlap", _OVERLAP, _OVERLAPS)


def _sqlite_trigger(name: str, when: str, complaint: str) -> str:
    table = name.partition("_refuses_")[0]
    verb = "DELETE" if name.endswith("_delete") else "INSERT"
    return (
        f"CREATE TRIGGER {name} BEFORE {verb} ON {table} WHEN {when} "
        f"BEGIN SELECT RAISE(ABORT, '{complaint}'); END"
    )


def _postgresql_ddl() -> Iterator[str]:
    """Relies on doseline_refuse_change, which the archive's first migration brought along."""
    yield "DROP TRIGGER archive_chunks_refuses_change ON archive_chunks"
    yield (
        "CREATE TRIGGER archive_chunks_refuses_update BEFORE UPDATE ON archive_chunks "
        "FOR EACH ROW EXECUTE FUNCTION doseline_refuse_change()"
    )
    delete = ("archive_chunks_refuses_delete", f"NOT {_IS_HELD}", _KEPT)
    held = ("archive_chunks_refuses_held", _IS_BEHIND, _HELD)
    overlap = ("archive_segments_refuses_overlap", _OVERLAP, _OVERLAPS)
    for one in (delete, held, overlap):
        yield from _postgresql_trigger(*one)


def _postgresql_trigger(name: str, when: str, complaint: str) -> Iterator[str]:
    table = name.partition("_refuses_")[0]
    verb, row, code = "INSERT", "NEW", "unique_violation"
    if name.endswith("_delete"):
        verb, row, code = "DELETE", "OLD", "restrict_violation"
    yield (
        f"CREATE FUNCTION doseline_{name}() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN IF {when} THEN RAISE EXCEPTION '{complaint}' "
        f"USING ERRCODE = '{code}'; END IF; RETURN {row}; END $$"
    )
    yield (
        f"CREATE TRIGGER {name} BEFORE {verb} ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION doseline_{name}()"
    )


_IS_HELD = (
    "EXISTS (SELECT 1 FROM archive_segments AS held JOIN archive_segment_proofs AS proof"  # noqa: S608 (our names)
    " ON proof.segment_id = held.id AND proof.rows_sha256 = held.rows_sha256"
    " WHERE held.stream_id ="
    f" (SELECT stream_id FROM archive_runs WHERE id = OLD.id / {_CHUNKS_PER_RUN})"
    " AND held.strap = OLD.strap"
    f" AND held.last_chunk BETWEEN OLD.id AND OLD.id + {_MAX_SPAN - 1}"
    " AND held.first_chunk <= OLD.id)"
)

# Ids only go up, so nothing new lies before the end of a segment: one look into one index.
_IS_BEHIND = "NEW.id <= (SELECT max(last_chunk) FROM archive_segments)"

_OVERLAP = (
    "EXISTS (SELECT 1 FROM archive_segments AS held"  # noqa: S608 (our names)
    " WHERE held.stream_id = NEW.stream_id AND held.strap = NEW.strap"
    f" AND held.last_chunk BETWEEN NEW.first_chunk AND NEW.last_chunk + {_MAX_SPAN - 1}"
    " AND held.first_chunk <= NEW.last_chunk)"
)
