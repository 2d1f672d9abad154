"""One suite for the archive on SQLite and on PostgreSQL."""

import threading
from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import Connection, event, func, insert, select
from sqlalchemy.exc import DBAPIError, OperationalError

from protocol.messages.uplink import GapDeclaration, NotificationRecord
from server.db.database import committing
from server.db.opening import open_study
from server.errors import (
    ArchiveConflictError,
    NotPermittedError,
    SettingsError,
    StorageUnavailableError,
)
from server.ingest.archive import Archive
from server.ingest.domain.coverage import Coverage
from server.ingest.domain.plan import Stretch
from server.ingest.feed import FeedPage
from server.ingest.streams import Stream, read_stored_entries
from server.ingest.tables import CHUNKS, QUARANTINE, RUNS
from server.ingest.upload import Stored, Upload
from server.storage import Storage
from tests.archive_damage import flip_a_bit
from tests.postgresql_cluster import PrivateCluster
from tests.studies import Study, make_study
from tests.unit.server.batches import EPOCH, GATEWAY, Entry, gap, record, upload

JOURNAL: Sequence[Entry] = [
    *(record(seq) for seq in range(1, 11)),
    gap(11, 13),
    *(record(seq, bytes([seq]) * seq) for seq in range(14, 31)),
]


def _store(storage: Storage, one: Upload) -> Stored:
    outcome = storage.writer.submit(one).result()
    assert isinstance(outcome, Stored)
    return outcome


def _refuse(storage: Storage, one: Upload) -> ArchiveConflictError:
    outcome = storage.writer.submit(one).result()
    assert isinstance(outcome, ArchiveConflictError)
    return outcome


def _read_all(storage: Storage, limit_chunks: int = 500) -> list[FeedPage]:
    pages = [storage.feed.read_after(0, limit_chunks)]
    while pages[-1].cursor != storage.feed.newest_cursor():
        pages.append(storage.feed.read_after(pages[-1].cursor, limit_chunks))
    return pages


def _records(pages: list[FeedPage]) -> list[NotificationRecord]:
    return [archived.record for page in pages for archived in page.records]


def _gaps(pages: list[FeedPage]) -> list[GapDeclaration]:
    return [archived.gap for page in pages for archived in page.gaps]


def test_a1_what_was_acknowledged_is_there_after_reopening(study: Study) -> None:
    with study.open() as storage:
        assert _store(storage, upload(JOURNAL)) == Stored(30, len(JOURNAL), 0)
    with study.open() as storage:
        pages = _read_all(storage)
        assert [*_records(pages)] == [one for one in JOURNAL if isinstance(one, NotificationRecord)]
        assert _gaps(pages) == [gap(11, 13)]
        assert {(r.gateway, r.epoch) for page in pages for r in page.records} == {(GATEWAY, EPOCH)}


def test_a10_the_same_batch_again_is_known_for_ever(study: Study) -> None:
    for is_new in (True, False, False):
        with study.open() as storage:
            stored = _store(storage, upload(JOURNAL))
            assert stored == Stored(30, len(JOURNAL) * is_new, len(JOURNAL) * (not is_new))
            assert len(_records(_read_all(storage))) == 27


@pytest.mark.parametrize("seed", range(5))
def test_a10_borders_and_order_of_uploads_change_nothing(study: Study, seed: int) -> None:
    chance = Random(seed)
    cuts = sorted(chance.sample(range(len(JOURNAL)), 6))
    parts = [JOURNAL[a:b] for a, b in zip([0, *cuts], [*cuts, None], strict=True)]
    overlapping = [JOURNAL[3:9], JOURNAL[:1], JOURNAL[8:20], *parts, *parts[::2]]
    chance.shuffle(overlapping)
    with study.open() as storage:
        futures = [storage.writer.submit(upload(part)) for part in overlapping]
        outcomes = [future.result() for future in futures]
        assert not [one for one in outcomes if isinstance(one, ArchiveConflictError)]
        assert _store(storage, upload([])).watermark == 30
        pages = _read_all(storage, limit_chunks=2)
        by_seq = sorted(_records(pages), key=lambda one: one.seq)
        assert by_seq == [one for one in JOURNAL if isinstance(one, NotificationRecord)]
        assert _gaps(pages) == [gap(11, 13)]


def test_a12_the_watermark_stops_at_a_hole_and_passes_a_declared_gap(study: Study) -> None:
    with study.open() as storage:
        assert _store(storage, upload([record(1), record(2), record(5)])).watermark == 2
        assert _store(storage, upload([gap(3)])).watermark == 3
        assert _store(storage, upload([gap(4)])).watermark == 5


def test_same_number_with_other_bytes_is_refused_and_both_are_kept(study: Study) -> None:
    other = upload([record(2), record(3, b"other"), record(4)])
    with study.open() as storage:
        _store(storage, upload([record(1), record(2), record(3)]))
        refusals = [_refuse(storage, other) for _ in range(3)]
        assert {(error.known, error.conflicting) for error in refusals} == {(((2, 2),), ((3, 3),))}
        assert [one.seq for one in _records(_read_all(storage))] == [1, 2, 3]
        with storage.database.reading() as connection:
            kept = connection.execute(select(QUARANTINE.c.body, QUARANTINE.c.n_conflicting)).all()
        assert [(bytes(row.body), row.n_conflicting) for row in kept] == [(other.body, 1)]
        # Nothing of the refused batch was archived, so its new number is free.
        assert _store(storage, upload([record(4)])).watermark == 4


def test_a1_what_was_rolled_back_is_not_taken_for_stored(study: Study) -> None:
    """Goes red if the archive remembers numbers whose commit failed: a gateway would drop them."""
    fails = iter([True])

    def fail_once(_: Connection) -> None:
        if next(fails, False):
            raise OperationalError("COMMIT", {}, Exception("the database went away"))

    with study.open() as storage:
        _store(storage, upload([record(1)]))
        event.listen(storage.database._writer, "commit", fail_once)
        with pytest.raises(StorageUnavailableError):
            storage.writer.submit(upload([record(2), record(3)])).result()
        assert _store(storage, upload([])).watermark == 1
        assert _store(storage, upload([record(2), record(3)])) == Stored(3, 2, 0)
        assert [one.seq for one in _records(_read_all(storage))] == [1, 2, 3]


def test_each_epoch_has_a_numbering_of_its_own(study: Study) -> None:
    with study.open() as storage:
        _store(storage, upload([record(1), record(2)]))
        assert _store(storage, upload([record(1, b"x")], epoch="second")).watermark == 1
        assert _store(storage, upload([record(1, b"y")], gateway="hall")).watermark == 1


def test_many_uploads_at_once_share_commits_and_lose_nothing(study: Study) -> None:
    def send(storage: Storage, gateway: str) -> None:
        for seq in range(1, 21):
            assert _store(storage, upload([record(seq)], gateway=gateway)).watermark == seq

    with study.open() as storage:
        gateways = [f"g{number}" for number in range(8)]
        threads = [threading.Thread(target=send, args=(storage, name)) for name in gateways]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        found = [(one.gateway, one.record.seq) for p in _read_all(storage) for one in p.records]
        assert sorted(found) == sorted((name, seq) for name in gateways for seq in range(1, 21))


def test_uploads_in_one_commit_see_each_other(study: Study) -> None:
    same, other = upload([record(1)]), upload([record(1, b"other")])
    with open_study(study.path, study.database_url) as database:
        connection = database.open_writer()
        with committing(connection):
            outcomes = Archive().store(connection, [same, same, other])
        connection.close()
    assert outcomes[:2] == [Stored(1, 1, 0), Stored(1, 0, 1)]
    assert isinstance(outcomes[2], ArchiveConflictError)


def test_the_feed_gives_whole_commits_in_their_order(study: Study) -> None:
    with study.open() as storage:
        assert storage.feed.newest_cursor() == 0
        for first in (1, 4, 7):
            _store(storage, upload([record(seq) for seq in range(first, first + 3)]))
        pages = _read_all(storage, limit_chunks=4)  # three straps, so three chunks a commit
        assert [[one.record.seq for one in page.records] for page in pages] == [
            [1, 2, 3],
            [4, 5, 6],
            [7, 8, 9],
        ]
        assert storage.feed.read_after(storage.feed.newest_cursor()).records == ()


def test_the_database_itself_refuses_a_number_twice(study: Study) -> None:
    with study.open() as storage:
        _store(storage, upload([record(seq) for seq in range(5, 10)]))
    for first, last in ((1, 5), (9, 12), (6, 7), (1, 20), (5, 9)):
        row = {"id": 99, "stream_id": 1, "first_seq": first, "last_seq": last}
        row |= {"n_chunks": 0, "received_wall_ns": 0}
        with (
            study.open() as storage,
            pytest.raises(DBAPIError, match="stored already"),
            storage.database.writing() as connection,
        ):
            connection.execute(insert(RUNS), [row])


def test_a9_a_flipped_bit_on_the_disk_costs_one_record_and_is_told(study: Study) -> None:
    with study.open() as storage:
        _store(storage, upload([record(seq, strap="51ADA001") for seq in range(1, 6)]))
        flip_a_bit(storage, "51ADA001")
        (page,) = _read_all(storage)
        assert len(page.records) == 4
        assert storage.feed.n_damaged == 1
        # What is damaged is not forgotten: its number and hash still tell a retry from a fork.
        assert _store(storage, upload([record(1, strap="51ADA001")])).n_known == 1


def test_a9_a_flipped_bit_anywhere_in_a_chunk_never_stops_uploads(study: Study) -> None:
    strap = "51ADA001"
    sent = upload([record(1, strap=strap), gap(2), record(3, strap=strap)])
    with study.open() as storage:
        _store(storage, sent)
        with storage.database.reading() as connection:
            n_bytes = len(connection.execute(select(CHUNKS.c.body)).scalars().first() or b"")
        for at in range(n_bytes):
            flip_a_bit(storage, strap, at)
            outcome = storage.writer.submit(sent).result()
            assert outcome == Stored(3, 0, 3) or isinstance(outcome, ArchiveConflictError)
            flip_a_bit(storage, strap, at)
        assert _store(storage, sent) == Stored(3, 0, 3)


def test_c4_readers_take_a_megabyte_at_a_time_and_leave_nothing_out(study: Study) -> None:
    n_uploads, n_records = 9, 500
    with study.open() as storage:
        for first in range(1, n_uploads * n_records, n_records):
            full = [record(seq, bytes(1800)) for seq in range(first, first + n_records)]
            _store(storage, upload(full))
        pages = _read_all(storage)
    sizes = [sum(len(one.record.payload) for one in page.records) for page in pages]
    assert max(sizes) <= 1024 * 1024
    assert [one.seq for one in _records(pages)] == [*range(1, n_uploads * n_records + 1)]


def test_c4_a_token_that_names_ever_new_journals_fills_no_memory(study: Study) -> None:
    with study.open() as storage:
        uploads = [upload([record(1)], epoch=f"e{n}") for n in range(1_200)]
        outcomes = [storage.writer.submit(one) for one in uploads]
        assert {outcome.result() for outcome in outcomes} == {Stored(1, 1, 0)}
        assert len(storage.writer._archive._streams) < 1_100
        assert _store(storage, uploads[0]) == Stored(1, 0, 1)


def test_c4_a_token_that_leaves_holes_fills_no_memory(study: Study) -> None:
    """Ten thousand runs of numbers are of no journal; one without holes has one."""
    with study.open() as storage:
        for first in range(1, 20_000, 1_000):
            odd = [record(seq) for seq in range(first, first + 1_000, 2)]
            assert _store(storage, upload(odd)).n_new == 500
        refused = storage.writer.submit(upload([record(20_001)])).result()
        assert isinstance(refused, NotPermittedError)
        assert _store(storage, upload([record(1)])) == Stored(1, 0, 1)
        assert _store(storage, upload([record(1)], epoch="other")) == Stored(1, 1, 0)


def test_c4_the_numbers_of_a_hundred_thousand_runs_are_remembered_at_most(study: Study) -> None:
    archive = Archive()
    with study.open() as storage, storage.database.reading() as connection:
        for n, is_remembered in ((10, True), (11, False)):
            runs = [(seq, seq) for seq in range(1, 20_000, 2)]
            streams = {("gym", f"e{k}"): Stream(k, Coverage(runs)) for k in range(n)}
            archive._streams = dict(streams)
            archive.store(connection, [])
            assert bool(archive._streams) is is_remembered


def test_c4_comparing_reads_what_the_batch_names_wherever_in_the_journal(study: Study) -> None:
    n_stored = 5_000
    with study.open() as storage:
        for first in range(1, n_stored, 500):
            _store(storage, upload([record(seq) for seq in range(first, first + 500)]))
        far_apart = upload([record(1), record(3_210), record(2**40)])
        assert _store(storage, far_apart) == Stored(n_stored, 1, 2)
        other = upload([record(1), record(3_210, b"other"), record(2**41)])
        assert _refuse(storage, other).conflicting == ((3_210, 3_210),)
        assert _refuse(storage, upload([gap(1, 1_000_000)])).conflicting == ((1, 1_000_000),)
        stretches = [Stretch(1, 1, 1), Stretch(3_210, 3_210, 1)]
        with storage.database.reading() as connection:
            found = read_stored_entries(connection, 1, stretches)
            assert {one.first_seq for one in found} == {1, 3_210}
            assert len(read_stored_entries(connection, 1, [Stretch(1, 1_000_000, 1)])) == 500


def test_a6_an_opened_study_has_its_ballast(study: Study) -> None:
    with study.open() as storage:
        assert storage.directory.ballast_path.stat().st_size == 16 * 1024 * 1024
        assert storage.ballast.is_laid


@pytest.mark.postgres
def test_a_second_data_directory_on_one_postgresql_is_refused(
    postgresql: PrivateCluster, tmp_path: Path
) -> None:
    address = postgresql.new_database()
    one, other = (make_study(tmp_path / name, lambda: address) for name in ("one", "other"))
    with one.open(), pytest.raises(SettingsError, match="writes to this database"):
        other.open().__enter__()


def test_a_second_server_is_refused(study: Study) -> None:
    with study.open(), pytest.raises(SettingsError, match="another doseline server"):
        study.open().__enter__()
    with study.open() as storage:
        assert storage.feed.newest_cursor() == 0


def test_the_probe_writes_and_leaves_the_archive_alone(study: Study) -> None:
    with study.open() as storage:
        storage.writer.probe().result()
        with storage.database.reading() as connection:
            assert connection.execute(select(func.count()).select_from(RUNS)).scalar_one() == 0
        assert storage.writer.last_commit_s is not None
