"""What a projection reads of the archive: by time, by strap, on both databases."""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec
import pytest

from protocol.messages.uplink import NotificationRecord
from server.db.database import Database
from server.projection.boots import Stretch, find_runs
from server.projection.opening import FILE, open_derived
from server.projection.run_index import index_new_runs
from server.projection.strap_records import read_strap_records
from server.storage import Storage
from tests.archive_damage import flip_a_bit
from tests.studies import Study
from tests.unit.server.batches import BOOT, GATEWAY, STRAPS, WALL_NS, record, upload

NS_PER_MS = 1_000_000
OPEN_AND_KEEP = """
import sys
from pathlib import Path
from server.projection.opening import FILE, open_derived
with open_derived(Path(sys.argv[1])):
    print(Path(sys.argv[1], FILE).stat().st_ino, end="", flush=True)
    sys.stdin.readline()
"""
EVER = Stretch(0, 2**62)


@contextmanager
def opened(study: Study) -> Iterator[tuple[Storage, Database]]:
    with study.open() as storage, open_derived(study.path) as derived:
        yield storage, derived


def store(storage: Storage, records: Sequence[NotificationRecord]) -> None:
    storage.writer.submit(upload(records)).result()


def read(
    storage: Storage, derived: Database, stretch: Stretch = EVER, straps: Sequence[str] = STRAPS
) -> dict[str, list[int]]:
    """Numbers of the records of each strap, in a stretch."""
    index_new_runs(storage.database, derived)
    with derived.reading() as connection:
        runs = find_runs(connection, stretch)
    with storage.database.reading() as connection:
        found = read_strap_records(connection, runs.run_ids, straps)
    assert not found.n_damaged
    return {strap: [one.seq for one in records] for (_, strap), records in found.of.items()}


def at_ms(seq: int) -> int:
    return WALL_NS + seq * NS_PER_MS


def test_records_of_some_straps(study: Study) -> None:
    with opened(study) as (storage, derived):
        store(storage, [record(seq) for seq in range(1, 10)])
        assert read(storage, derived) == {
            STRAPS[0]: [3, 6, 9], STRAPS[1]: [1, 4, 7], STRAPS[2]: [2, 5, 8],
        }  # fmt: skip
        assert read(storage, derived, straps=STRAPS[:1]) == {STRAPS[0]: [3, 6, 9]}
        assert read(storage, derived, straps=["51ADAFFF"]) == {}


def test_only_runs_of_the_time_asked_for_are_read(study: Study) -> None:
    with opened(study) as (storage, derived):
        for first in (1, 101, 201):
            store(storage, [record(seq) for seq in range(first, first + 3)])
        middle = Stretch(at_ms(100), at_ms(150))
        assert read(storage, derived, middle) == {
            STRAPS[2]: [101], STRAPS[0]: [102], STRAPS[1]: [103],
        }  # fmt: skip
        assert read(storage, derived, Stretch(at_ms(103), at_ms(104))) != {}
        assert read(storage, derived, Stretch(at_ms(104), at_ms(201))) == {}
        assert read(storage, derived, Stretch(at_ms(0), at_ms(1))) == {}


def test_what_is_uploaded_late_is_found_at_its_time(study: Study) -> None:
    with opened(study) as (storage, derived):
        store(storage, [record(seq) for seq in range(201, 204)])
        assert read(storage, derived, Stretch(at_ms(1), at_ms(9))) == {}
        store(storage, [record(seq) for seq in range(1, 4)])
        found = read(storage, derived, Stretch(at_ms(1), at_ms(9)))
        assert sorted(seq for of_strap in found.values() for seq in of_strap) == [1, 2, 3]
        assert index_new_runs(storage.database, derived) == 0


def test_b2_a_boot_that_began_in_1970_is_placed_by_the_clock_it_had_longest(study: Study) -> None:
    unset = [msgspec.structs.replace(record(seq), wall_ns=seq * NS_PER_MS) for seq in range(1, 4)]
    with opened(study) as (storage, derived):
        store(storage, unset)
        store(storage, [record(seq) for seq in range(101, 104)])
        store(storage, [record(seq) for seq in range(1001, 1004)])
        found = read(storage, derived, Stretch(at_ms(1), at_ms(4)))
        assert sorted(seq for of_strap in found.values() for seq in of_strap) == [1, 2, 3]
        with derived.reading() as connection:
            clock = find_runs(connection, EVER).clocks[GATEWAY][BOOT]  # type: ignore[index]
        assert clock.place(5 * NS_PER_MS) == at_ms(5)
        assert len(clock.wall_steps) == 1


def test_two_boots_in_one_upload(study: Study) -> None:
    other = "ffffffff-1111-4222-8333-444455556666"
    later = [
        msgspec.structs.replace(record(seq), boot_id=other, monotonic_ns=seq, wall_ns=at_ms(9_000))
        for seq in (4, 5)
    ]
    with opened(study) as (storage, derived):
        store(storage, [*[record(seq) for seq in (1, 2, 3)], *later])
        assert read(storage, derived, Stretch(at_ms(8_999), at_ms(9_001))) != {}
        assert read(storage, derived, Stretch(at_ms(100), at_ms(200))) == {}


@pytest.mark.parametrize("damage", [b"", b"not a database at all", None])
def test_what_is_derived_is_built_again_from_nothing(
    tmp_path: Path, study: Study, damage: bytes | None
) -> None:
    with opened(study) as (storage, derived):
        store(storage, [record(1)])
        assert index_new_runs(storage.database, derived) == 1
    path = study.path / FILE
    if damage is None:
        path.unlink()
    else:
        path.write_bytes(damage)
    with opened(study) as (storage, derived):
        assert read(storage, derived) == {STRAPS[1]: [1]}
    assert path.stat().st_mode & 0o077 == 0


def test_programs_that_open_it_at_once_all_get_one_file(study: Study) -> None:
    """Each would find nothing, and throw away what another has just made."""
    command = [sys.executable, "-c", OPEN_AND_KEEP, str(study.path)]
    programs = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) for _ in range(4)
    ]
    inodes = {program.communicate(b"\n", timeout=60)[0] for program in programs}
    assert inodes == {str((study.path / FILE).stat().st_ino).encode()}


def test_a9_a_record_that_does_not_match_its_hash_is_counted_and_left_out(study: Study) -> None:
    with opened(study) as (storage, derived):
        store(storage, [record(seq, strap=STRAPS[1]) for seq in (1, 2, 3)])
        assert read(storage, derived) == {STRAPS[1]: [1, 2, 3]}
        flip_a_bit(storage, STRAPS[1])
        with derived.reading() as connection:
            runs = find_runs(connection, EVER)
        with storage.database.reading() as connection:
            found = read_strap_records(connection, runs.run_ids, STRAPS)
        assert (sum(found.n_damaged.values()), len(found.of[GATEWAY, STRAPS[1]])) == (1, 2)
