"""Whatever ends a compaction, and whenever: everything is there, and the next one goes on."""

import signal
import subprocess
import sys
from itertools import count
from typing import Any

import pytest
from sqlalchemy import Connection, event

from server.db.database import Database
from server.errors import SegmentUnprovenError
from server.ingest.runs import RunContent, iterate_archive
from server.ingest.segments import compaction
from server.ingest.segments.envelope import PackedChunk, pack_chunks
from tests.compacting import compact_all, count_chunks
from tests.studies import Study
from tests.unit.server.batches import gap, record, upload

N_CHUNKS = 6

# Dies at the n-th statement that writes, before or after it; or when it would commit.
DIE = """
import os, signal, sys
from pathlib import Path
from sqlalchemy import event
from server.db.opening import open_study
from tests.compacting import compact_all

hook, word = sys.argv[2:]

def die(*told):
    if hook == "commit" or word in told[2]:
        os.kill(os.getpid(), signal.SIGKILL)

with open_study(Path(sys.argv[1]), None) as study:
    event.listen(study._writer, hook, die)
    compact_all(study)
"""


class EndedHereError(Exception):
    """What ends it here."""


@pytest.fixture
def filled(study: Study) -> Study:
    with study.open() as storage:
        storage.writer.submit(upload([record(1), record(2), record(3), gap(4)])).result()
        storage.writer.submit(upload([record(5), record(6), record(7)])).result()
    return study


def read(database: Database) -> list[RunContent]:
    with database.reading() as connection:
        return [*iterate_archive(connection)]


@pytest.mark.parametrize("groups_at_once", [1, 8])
def test_an_error_at_any_statement_loses_nothing(
    filled: Study, groups_at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compaction, "_GROUPS_AT_ONCE", groups_at_once)
    with filled.connect() as database:
        before = read(database)
        for nth in count(1):
            if not _fails_at(database, nth):
                break
            n_rows, n_held = count_chunks(database)
            assert n_rows + n_held == N_CHUNKS
            assert n_rows % 2 == 0  # a group, or none of it
            assert read(database) == before
        assert nth > 10
        assert count_chunks(database) == (0, N_CHUNKS)
        assert read(database) == before


def _fails_at(database: Database, nth: int) -> bool:
    """Whether a compaction has so many statements on its writing connection."""
    numbers = count(1)

    def fail(*_: Any) -> None:
        if next(numbers) == nth:
            raise EndedHereError

    event.listen(database._writer, "after_cursor_execute", fail)
    try:
        compact_all(database)
    except EndedHereError:
        return True
    finally:
        event.remove(database._writer, "after_cursor_execute", fail)
    return False


def test_a_commit_that_fails_loses_nothing(filled: Study) -> None:
    def fail(_: Connection) -> None:
        raise EndedHereError

    with filled.connect() as database:
        before = read(database)
        event.listen(database._writer, "commit", fail)
        with pytest.raises(EndedHereError):
            compact_all(database)
        event.remove(database._writer, "commit", fail)
        assert count_chunks(database) == (N_CHUNKS, 0)
        assert read(database) == before


@pytest.mark.parametrize("study", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("hook", "word"),
    [
        ("after_cursor_execute", "INSERT INTO archive_segments"),
        ("before_cursor_execute", "DELETE FROM archive_chunks"),
        ("after_cursor_execute", "DELETE FROM archive_chunks"),
        ("commit", ""),
    ],
)
def test_a_killed_compaction_loses_nothing(filled: Study, hook: str, word: str) -> None:
    with filled.connect() as database:
        before = read(database)
    command = [sys.executable, "-c", DIE, str(filled.path), hook, word]
    assert subprocess.run(command, check=False).returncode == -signal.SIGKILL
    with filled.connect() as database:
        assert count_chunks(database) == (N_CHUNKS, 0)
        assert read(database) == before
        compact_all(database)
        assert count_chunks(database) == (0, N_CHUNKS)
        assert read(database) == before


def _pack_wrongly(gateway: str, epoch: str, chunks: list[PackedChunk]) -> bytes:
    """As a program would whose codec repeats the last chunk."""
    *others, last = chunks
    return pack_chunks(
        gateway, epoch, [*others, PackedChunk(last.id, [*last.records, *last.records])]
    )


def test_a_segment_that_gives_other_rows_back_drops_nothing(
    filled: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    with filled.connect() as database:
        before = read(database)
        with monkeypatch.context() as wrong:
            wrong.setattr(compaction, "pack_chunks", _pack_wrongly)
            with pytest.raises(SegmentUnprovenError, match="didn't give back the 2 chunks"):
                compact_all(database)
        assert count_chunks(database) == (N_CHUNKS, 0)
        assert read(database) == before


@pytest.mark.parametrize("column", ["body", "body_sha256"])
def test_bytes_that_change_on_their_way_into_the_database_drop_nothing(
    filled: Study, column: str
) -> None:
    """The proof is of what the database gives back, not of what was in memory."""
    with filled.connect() as database:
        before = read(database)
        with database.writing() as connection:
            _spoil_what_is_inserted(connection, column)
        with pytest.raises(SegmentUnprovenError):
            compact_all(database)
        assert count_chunks(database) == (N_CHUNKS, 0)
        assert read(database) == before


def _spoil_what_is_inserted(connection: Connection, column: str) -> None:
    """A trigger that cuts the last byte off, as a faulty disk or driver might."""
    cut = f"{column} = substr(NEW.{column}, 1, length(NEW.{column}) - 1)"
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("DROP TRIGGER archive_segments_refuses_update")
        connection.exec_driver_sql(
            "CREATE TRIGGER spoil AFTER INSERT ON archive_segments BEGIN"
            f" UPDATE archive_segments SET {cut} WHERE id = NEW.id; END"
        )
        return
    connection.exec_driver_sql(
        "CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" NEW.{cut}; RETURN NEW; END $$"
    )
    connection.exec_driver_sql(
        "CREATE TRIGGER spoil BEFORE INSERT ON archive_segments"
        " FOR EACH ROW EXECUTE FUNCTION spoil()"
    )
