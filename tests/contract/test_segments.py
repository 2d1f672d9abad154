"""What is read of an archive after compaction is what was read before, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, event, select

from server.errors import ArchiveConflictError
from server.ingest.feed import ArchivedGap, ArchivedRecord
from server.ingest.runs import RunContent
from server.ingest.segments.compaction import Compacted, _compact_group, compact, try_out
from server.ingest.segments.grouping import ChunkGroup
from server.ingest.segments.marking import Choice
from server.ingest.stored_chunks import read_chunks
from server.ingest.tables import QUARANTINE, RUNS
from server.ingest.upload import Stored
from server.storage import Storage
from tests.compacting import (
    EVERYTHING,
    N_CHUNKS,
    PARTS,
    compact_all,
    count_chunks,
    fill,
    read_archive,
)
from tests.server_process import run_command
from tests.studies import Study
from tests.unit.server.batches import STRAPS, record, upload

if TYPE_CHECKING:
    from concurrent.futures import Future

    from server.ingest.archive import Outcome


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
    done = run_command(
        "export", "--profile", "archive", "--internal", "--out", str(out), *study.arguments
    )
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
