"""Writers wait for each other, snapshots hold nobody up, and readers can't write."""

import threading

import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from server.db.bulk import insert_rows
from server.db.opening import open_study
from server.db.sqlite import load_sqlite
from server.export.source import open_snapshot
from server.ingest.tables import STREAMS, WRITE_PROBE
from tests.studies import Study
from tests.unit.server.batches import record, upload

SQLITE_ONLY = pytest.mark.parametrize("study", ["sqlite"], indirect=True)


@SQLITE_ONLY
def test_a_second_writer_waits_for_the_first(study: Study) -> None:
    """As when a strap is added while the server commits: nobody is told to try again."""
    second_is_done = threading.Event()

    def write_second() -> None:
        with open_study(study.path, None) as database, database.writing() as connection:
            connection.execute(update(WRITE_PROBE).values(written_wall_ns=2))
        second_is_done.set()

    with open_study(study.path, None) as database:
        with database.writing() as connection:
            connection.execute(select(WRITE_PROBE)).all()
            thread = threading.Thread(target=write_second)
            thread.start()
            assert not second_is_done.wait(0.3)
            connection.execute(update(WRITE_PROBE).values(written_wall_ns=1))
        thread.join()
        with database.reading() as connection:
            assert connection.execute(select(WRITE_PROBE.c.written_wall_ns)).scalar_one() == 2


def test_readers_cannot_write(study: Study) -> None:
    with (
        open_study(study.path, study.database_url) as database,
        pytest.raises(DBAPIError, match=r"(?i)read-?\s?only"),
        database.reading() as connection,
    ):
        connection.execute(update(WRITE_PROBE).values(written_wall_ns=1))


def test_a_transaction_that_raises_leaves_nothing(study: Study) -> None:
    with open_study(study.path, study.database_url) as database:
        row = insert(STREAMS).values(id=1, gateway="g", epoch="e")
        with pytest.raises(IntegrityError), database.writing() as connection:
            connection.execute(row) and connection.execute(row)
        with database.reading() as connection:
            assert connection.execute(select(STREAMS)).all() == []


@SQLITE_ONLY
def test_a7_an_open_snapshot_holds_no_checkpoint_up(study: Study) -> None:
    with study.open() as storage:
        storage.writer.submit(upload([record(1)])).result()
        with open_snapshot(storage.database, study.path) as snapshot:
            assert len(snapshot.execute(select(STREAMS)).all()) == 1
            raw = load_sqlite().connect(study.path / "archive.sqlite3")
            busy, *_ = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            raw.close()
    assert busy == 0


@pytest.mark.parametrize("n_rows", [0, 1, 31, 32, 33, 64, 100])
def test_many_rows_go_in_whole_however_many_share_a_statement(study: Study, n_rows: int) -> None:
    rows = [(number, f"gateway {number}", "epoch") for number in range(n_rows)]
    with open_study(study.path, study.database_url) as database:
        with database.writing() as connection:
            insert_rows(connection, STREAMS, rows)
        with database.reading() as connection:
            stored = connection.execute(select(STREAMS).order_by(STREAMS.c.id)).all()
    assert [tuple(row) for row in stored] == rows
