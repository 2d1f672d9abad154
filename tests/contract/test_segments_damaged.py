"""What a failing disk does to segments, and what then is told (promise A9)."""

from pathlib import Path

from sqlalchemy import Connection, select

from server.commands.export_archive import EXIT_DAMAGED
from server.errors import ArchiveConflictError
from server.ingest.segments.compaction import Compacted
from server.ingest.tables import SEGMENTS, STREAMS
from server.projection.opening import open_derived
from server.projection.run_index import index_new_runs
from server.projection.strap_records import read_strap_records
from tests.archive_damage import flip_a_bit
from tests.compacting import compact_all, count_chunks, damage_segment, fill, read_archive
from tests.server_process import run_command
from tests.studies import Study
from tests.unit.server.batches import STRAPS, record, upload


def export(study: Study, out: Path, exit_code: int = 0) -> dict[str, bytes]:
    done = run_command(
        "export", "--profile", "archive", "--internal", "--out", str(out), *study.arguments
    )
    assert done.returncode == exit_code, done.stderr
    return {path.name: path.read_bytes() for path in out.iterdir()}


def test_a9_a_flipped_bit_in_a_segment_costs_nothing(study: Study) -> None:
    with study.open() as storage:
        fill(storage)
        before = read_archive(storage)
        compact_all(storage.database)
        for bit in (0, 7, 8 * 50 + 3, 8 * 90):
            damage_segment(storage.database, (bit,))
            assert read_archive(storage) == before
            damage_segment(storage.database, (bit,))


def test_a9_a_segment_damaged_beyond_that_is_named_record_by_record(
    study: Study, tmp_path: Path
) -> None:
    with study.open() as storage:
        fill(storage)
        before = {one.record.seq for run in read_archive(storage) for one in run.records}
        compact_all(storage.database)
        with storage.database.reading() as connection:
            segment = connection.execute(select(SEGMENTS).where(SEGMENTS.c.id == 1)).one()
        damage_segment(storage.database, (100, 900))
        runs = read_archive(storage)
        lost = [one for run in runs for one in run.damages]
        theirs = [one for one in before if STRAPS[one % 3] == segment.strap]
        assert [one.damage.seq for one in lost] == theirs
        assert {one.damage.strap for one in lost} == {segment.strap}
        # A sender's copy is compared, refused and kept: it may be the only one.
        sent = upload([record(theirs[0])], gateway=lost[0].gateway)
        refused = storage.writer.submit(sent).result()
        assert isinstance(refused, ArchiveConflictError)
    files = export(study, tmp_path / "out", EXIT_DAMAGED)
    assert (
        f"segment 1 (strap {segment.strap}, numbers {theirs[0]} to {theirs[-1]}) can't be read:"
        " its bytes don't match their hash"
    ) in files["damaged.csv"].decode()


def test_a9_a_projection_counts_what_a_damaged_segment_held(study: Study) -> None:
    with study.open() as storage, open_derived(study.path) as derived:
        fill(storage)
        compact_all(storage.database)
        damage_segment(storage.database, (100, 900))
        assert index_new_runs(storage.database, derived) == 8
        with storage.database.reading() as connection:
            segment = connection.execute(select(SEGMENTS).where(SEGMENTS.c.id == 1)).one()
            found = read_strap_records(connection, [*range(1, 9)], STRAPS)
        (key,) = found.n_damaged
        assert (key[1], found.n_damaged[key]) == (segment.strap, segment.n_records)
        assert key in found.list_keys(segment.strap)
        assert sum(len(records) for records in found.of.values()) == 72 - segment.n_records


def test_a9_a_damaged_row_stays_and_ends_a_segment(study: Study) -> None:
    strap = STRAPS[0]
    with study.open() as storage:
        for first in range(1, 11, 2):
            pair = [record(first, strap=strap), record(first + 1, strap=strap)]
            storage.writer.submit(upload(pair)).result()
        flip_a_bit(storage, strap, at=-1, nth=2)
        before = read_archive(storage)
        assert [len(run.damages) for run in before] == [0, 0, 1, 0, 0]
        done = compact_all(storage.database)
        assert (done.n_segments, done.n_chunks, done.n_left) == (2, 4, 1)
        assert count_chunks(storage.database) == (1, 4)
        assert read_archive(storage) == before
        assert compact_all(storage.database) == Compacted(n_left=1)


def test_a9_records_under_a_changed_name_are_as_little_believed_as_rows(study: Study) -> None:
    def rename(connection: Connection, old: str, new: str) -> None:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("DROP TRIGGER IF EXISTS archive_streams_refuses_update")
        else:
            connection.exec_driver_sql("ALTER TABLE archive_streams DISABLE TRIGGER USER")
        connection.execute(STREAMS.update().where(STREAMS.c.gateway == old).values(gateway=new))

    with study.open() as storage:
        fill(storage)
        with storage.database.writing() as connection:
            rename(connection, "hall", "hell")
        before = read_archive(storage)
        assert {one.damage.reason for run in before for one in run.damages} == {
            "its chunk's origin was changed"
        }
        with storage.database.writing() as connection:
            rename(connection, "hell", "hall")
        compact_all(storage.database)
        with storage.database.writing() as connection:
            rename(connection, "hall", "hell")
        assert read_archive(storage) == before
