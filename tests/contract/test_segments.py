"""What is read of an archive after compaction is what was read before, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import Connection, delete, event, insert, select
from sqlalchemy.exc import DBAPIError

from server.commands.export import EXIT_DAMAGED
from server.db.database import Database
from server.errors import ArchiveConflictError
from server.ingest.feed import ArchivedGap, ArchivedRecord
from server.ingest.runs import RunContent, iterate_archive
from server.ingest.segments.compaction import Compacted, _compact_group, compact, try_out
from server.ingest.segments.grouping import ChunkGroup
from server.ingest.segments.marking import Choice
from server.ingest.stored_chunks import read_chunks
from server.ingest.tables import CHUNKS, QUARANTINE, RUNS, SEGMENT_PROOFS, SEGMENTS, STREAMS
from server.ingest.upload import Stored
from server.projection.opening import open_derived
from server.projection.run_index import index_new_runs
from server.projection.strap_records import read_strap_records
from server.storage import Storage
from tests.archive_damage import flip_a_bit
from tests.compacting import EVERYTHING, compact_all, count_chunks, damage_segment
from tests.server_process import run_command
from tests.studies import Study
from tests.unit.server.batches import STRAPS, Entry, gap, record, upload

if TYPE_CHECKING:
    from concurrent.futures import Future

    from server.ingest.archive import Outcome

PARTS: list[list[Entry]] = [
    [record(1), record(2), record(3)],
    [gap(4, 6)],
    [record(7), gap(8), record(9, bytes(300)), record(10)],
    [record(seq) for seq in range(11, 41)],
]
N_CHUNKS = 3 + 0 + 2 + 3  # one a strap and upload


def fill(storage: Storage, parts: list[list[Entry]] = PARTS) -> None:
    """Two gateways that hear the same straps, in turn."""
    for part in parts:
        for gateway in ("gym", "hall"):
            storage.writer.submit(upload(part, gateway=gateway)).result()


def read_archive(storage: Storage) -> list[RunContent]:
    with storage.database.reading() as connection:
        return [*iterate_archive(connection)]


def read_feed(storage: Storage) -> list[tuple[int, ArchivedRecord | ArchivedGap]]:
    found: list[tuple[int, ArchivedRecord | ArchivedGap]] = []
    cursor = 0
    while cursor != storage.feed.newest_cursor():
        page = storage.feed.read_after(cursor, limit_chunks=5)
        found += [(page.cursor, record) for record in page.records]
        found += [(page.cursor, gap) for gap in page.gaps]
        cursor = page.cursor
    return found


def export(study: Study, out: Path, exit_code: int = 0) -> dict[str, bytes]:
    done = run_command("export", "--profile", "archive", "--out", str(out), *study.arguments)
    assert done.returncode == exit_code, done.stderr
    return {path.name: path.read_bytes() for path in out.iterdir()}


def test_every_reader_finds_what_it_found_before(study: Study) -> None:
    with study.open() as storage:
        fill(storage)
        before, fed = read_archive(storage), read_feed(storage)
        done = compact_all(storage.database)
        assert (done.n_chunks, done.n_left) == (2 * N_CHUNKS, 0)
        assert count_chunks(storage.database) == (0, 2 * N_CHUNKS)
        assert (read_archive(storage), read_feed(storage)) == (before, fed)
    with study.open() as storage:
        assert (read_archive(storage), read_feed(storage)) == (before, fed)


def test_an_export_has_the_same_bytes(study: Study, tmp_path: Path) -> None:
    with study.open() as storage:
        fill(storage)
        storage.writer.submit(upload([record(2, b"other")])).result()
    before = export(study, tmp_path / "before")
    with study.open() as storage:
        compact_all(storage.database)
    assert export(study, tmp_path / "after") == before


def test_a10_what_comes_again_is_known_and_what_is_new_is_stored(study: Study) -> None:
    with study.open() as storage:
        fill(storage)
        compact_all(storage.database)
    with study.open() as storage:
        for part in PARTS:
            stored = storage.writer.submit(upload(part)).result()
            assert stored == Stored(40, 0, len(part))
        late = [record(39), record(40), record(41), record(42)]
        assert storage.writer.submit(upload(late)).result() == Stored(42, 2, 2)
        assert count_chunks(storage.database) == (2, 2 * N_CHUNKS)
        found = [one.record.seq for run in read_archive(storage)[:5] for one in run.records]
        assert found == [1, 2, 3, 7, 9, 10, *range(11, 43)]
        compact_all(storage.database)
        assert count_chunks(storage.database) == (0, 2 * N_CHUNKS + 2)


def test_other_bytes_for_a_number_in_a_segment_are_refused_and_both_are_kept(study: Study) -> None:
    other = upload([record(1), record(2, b"other"), record(50)])
    with study.open() as storage:
        fill(storage)
        before = read_archive(storage)
        compact_all(storage.database)
        refused = storage.writer.submit(other).result()
        assert isinstance(refused, ArchiveConflictError)
        assert (refused.known, refused.conflicting) == (((1, 1),), ((2, 2),))
        with storage.database.reading() as connection:
            assert connection.execute(select(QUARANTINE.c.body)).scalar_one() == other.body
        assert read_archive(storage) == before


def test_compacting_again_does_nothing(study: Study) -> None:
    with study.open() as storage:
        fill(storage)
        compact_all(storage.database)
        assert compact_all(storage.database) == Compacted()


def test_trying_out_says_the_same_and_changes_nothing(study: Study) -> None:
    with study.open() as storage:
        fill(storage)
        told = try_out(storage.database, EVERYTHING)
        assert count_chunks(storage.database) == (2 * N_CHUNKS, 0)
        assert compact_all(storage.database) == told


def test_runs_out_of_the_middle_may_be_compacted_before_the_rest(study: Study) -> None:
    """A segment holds all its strap has between its ends, so the rest goes around it."""
    with study.open() as storage:
        fill(storage)
        before = read_archive(storage)
        some = compact(storage.database, Choice(2**62, only=frozenset({5, 6})))
        assert some.n_chunks == 4
        assert read_archive(storage) == before
        assert compact_all(storage.database).n_chunks == 12
        assert count_chunks(storage.database) == (0, 2 * N_CHUNKS)
        assert read_archive(storage) == before


def test_two_compactions_at_once_do_the_work_once(study: Study) -> None:
    with study.open() as storage:
        fill(storage)
        before = read_archive(storage)
        with ThreadPoolExecutor() as pool:
            done = [*pool.map(compact_all, [storage.database] * 2)]
        assert sum(one.n_chunks for one in done) == 2 * N_CHUNKS
        assert sum(one.n_left for one in done) == 0
        assert read_archive(storage) == before


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


def test_what_came_lately_stays(study: Study) -> None:
    with study.open() as storage:
        fill(storage)
        with storage.database.reading() as connection:
            times = connection.execute(select(RUNS.c.received_wall_ns).order_by(RUNS.c.id))
            third_ns = times.scalars().all()[2]
        assert compact(storage.database, Choice(third_ns)).n_chunks == 6
        assert compact(storage.database, Choice(2**62, only=frozenset())) == Compacted()
        never = Choice(2**62, never=frozenset({7, 8}))
        assert compact(storage.database, never).n_chunks == 4


def test_uploads_go_on_while_it_compacts(study: Study) -> None:
    with study.open() as storage:
        fill(storage)
        before = read_archive(storage)
        answers: list[Future[Outcome]] = []

        def send_more(_: Connection) -> None:
            """Each time that a transaction of the compaction begins."""
            answers.append(storage.writer.submit(upload([record(len(answers) + 1)], epoch="late")))

        event.listen(storage.database._reader, "begin", send_more)
        compact_all(storage.database)
        event.remove(storage.database._reader, "begin", send_more)
        outcomes = [answer.result() for answer in answers]
        assert outcomes == [Stored(n, 1, 0) for n in range(1, len(answers) + 1)]
        assert len(answers) >= 2
        assert [run for run in read_archive(storage) if _epoch(run) != "late"] == before


def _epoch(run: RunContent) -> str:
    return run.records[0].epoch if run.records else run.gaps[0].epoch


def test_c4_readers_take_a_megabyte_at_a_time_from_segments_too(study: Study) -> None:
    with study.open() as storage:
        for first in range(1, 2_000, 250):
            full = [record(seq, bytes(3600)) for seq in range(first, first + 250)]
            storage.writer.submit(upload(full)).result()
        compact_all(storage.database)
        pages = [storage.feed.read_after(0)]
        while pages[-1].cursor != storage.feed.newest_cursor():
            pages.append(storage.feed.read_after(pages[-1].cursor))
    sizes = [sum(len(one.record.payload) for one in page.records) for page in pages]
    assert max(sizes) <= 1024 * 1024
    assert sum(len(page.records) for page in pages) == 2_000


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
            n_records = connection.execute(
                select(SEGMENTS.c.n_records).where(SEGMENTS.c.id == 1)
            ).scalar_one()
            found = read_strap_records(connection, [*range(1, 9)], STRAPS)
        assert found.n_damaged == n_records
        assert sum(len(records) for records in found.of.values()) == 72 - n_records


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


def test_a_group_of_which_something_is_gone_is_left(study: Study) -> None:
    """As when another compaction, that chose otherwise, came between planning and doing."""
    with study.open() as storage:
        for seq in range(1, 4):
            storage.writer.submit(upload([record(seq, strap=STRAPS[0])])).result()
        stale = ChunkGroup(1, STRAPS[0], (512, 1024, 1536))
        assert compact(storage.database, Choice(2**62, only=frozenset({2}))).n_chunks == 1
        with storage.database.writing() as connection:
            assert _compact_group(connection, stale) == Compacted()
        assert count_chunks(storage.database) == (2, 1)


def _store_unproven(connection: Connection, first_chunk: int, last_chunk: int) -> None:
    """A segment of the first gateway's first strap, as it would be without its proof."""
    numbers = {"first_seq": 2, "last_seq": 4, "n_chunks": 2, "n_records": 2, "n_row_bytes": 1}
    numbers |= {"codec": 1, "made_wall_ns": 0, "body_crc32": 0}
    blobs = {"rows_sha256": b"rows", "body_sha256": b"body", "body": b""}
    place = {"id": 7, "stream_id": 1, "strap": STRAPS[0], "first_chunk": first_chunk}
    values = {**place, "last_chunk": last_chunk, **numbers, **blobs}
    connection.execute(insert(SEGMENTS), [values])


def _may_go(database: Database, chunk_id: int) -> bool:
    try:
        with database.writing() as connection:
            connection.execute(delete(CHUNKS).where(CHUNKS.c.id == chunk_id))
    except DBAPIError as error:
        return "no proven segment" not in str(error)
    return True


def test_the_database_itself_keeps_what_no_proven_segment_holds(study: Study) -> None:
    """Chunks of the strap before, between and after; of another strap; of another gateway."""
    with study.open() as storage:
        told = [("gym", [1]), ("gym", [2, 3]), ("hall", [1]), ("gym", [4]), ("gym", [5])]
        for gateway, seqs in told:
            sent = [record(seq, strap=STRAPS[seq == 3]) for seq in seqs]
            storage.writer.submit(upload(sent, gateway=gateway)).result()
        database = storage.database
        chunks = [512, 1024, 1025, 1536, 2048, 2560]
        with database.writing() as connection:
            stored = connection.execute(select(CHUNKS.c.id).order_by(CHUNKS.c.id)).scalars()
            assert stored.all() == chunks
            _store_unproven(connection, 1024, 2048)
        assert not any(_may_go(database, chunk) for chunk in chunks)
        proof = {"segment_id": 7, "rows_sha256": b"other rows", "proven_wall_ns": 0}
        with pytest.raises(DBAPIError, match=r"(?i)foreign key"), database.writing() as connection:
            connection.execute(insert(SEGMENT_PROOFS), [proof])
        with database.writing() as connection:
            connection.execute(insert(SEGMENT_PROOFS), [proof | {"rows_sha256": b"rows"}])
        assert [chunk for chunk in chunks if _may_go(database, chunk)] == [1024, 2048]


def test_the_database_itself_takes_nothing_twice(study: Study) -> None:
    with study.open() as storage:
        fill(storage)
        database = storage.database
        with database.reading() as connection:
            chunk = connection.execute(select(CHUNKS)).mappings().first()
        compact_all(database)
        with database.reading() as connection:
            segment = connection.execute(select(SEGMENTS).limit(1)).mappings().one()
        assert chunk is not None
        with pytest.raises(DBAPIError, match="stored already"), database.writing() as connection:
            connection.execute(insert(CHUNKS), [dict(chunk)])
        around = {"id": 99, "first_chunk": segment["first_chunk"] - 1}
        for place in (around, around | {"last_chunk": segment["last_chunk"] + 1}):
            with (
                pytest.raises(DBAPIError, match="stored already"),
                database.writing() as connection,
            ):
                connection.execute(insert(SEGMENTS), [{**segment, **place}])


def test_a_chunk_that_is_met_in_both_places_is_read_once(study: Study) -> None:
    """A reader without a snapshot may meet a row that is compacted before it looks at segments."""
    with study.open() as storage:
        fill(storage)
        with storage.database.reading() as connection:
            runs = connection.execute(select(RUNS)).all()

        class Late:
            """Its second question comes after the compaction."""

            n_asked = 0

            def execute(self, query: object) -> object:
                if self.n_asked == 1:
                    compact_all(storage.database)
                self.n_asked += 1
                with storage.database.reading() as connection:
                    return connection.execute(query).all()  # type: ignore[call-overload]

        read = read_chunks(Late(), runs)  # type: ignore[arg-type]
        ids = [chunk.id for chunk in read.chunks]
        assert (len(ids), sorted(set(ids))) == (2 * N_CHUNKS, ids)
