"""A boot's clock and runs by time: nothing that is recorded at another time changes them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from server.db.database import Database
from server.projection.boot_index import NO_BOOT, RunTimes, note_boots
from server.projection.boots import Stretch, find_runs, tell_newest
from server.projection.opening import open_derived
from server.projection.tables import RUN_TIMES
from tests.unit.server.batches import BOOT, GATEWAY, WALL_NS

NS_PER_S = 1_000_000_000
COLUMNS = [column.name for column in RUN_TIMES.columns]


@pytest.fixture
def derived(tmp_path: Path) -> Iterator[Database]:
    with open_derived(tmp_path) as opened:
        yield opened


def make_run(run_id: int, *, wall_off_ns: int = 0, boot: str = BOOT) -> RunTimes:
    """A run of 0.9 s each second; its wall clock is read up to 7 ms late."""
    at_ns = run_id * NS_PER_S
    late_ns = run_id * 2_654_435_761 % 7_000_000
    wall_ns = WALL_NS + at_ns + late_ns + wall_off_ns
    return RunTimes(run_id, GATEWAY, boot, at_ns, at_ns + NS_PER_S * 9 // 10, wall_ns)


def add(derived: Database, runs: Sequence[RunTimes]) -> None:
    with derived.writing() as connection:
        rows = [{name: getattr(one, name) for name in COLUMNS} for one in runs]
        connection.execute(RUN_TIMES.insert(), rows)
        note_boots(connection, runs)


def between(from_s: float, until_s: float) -> Stretch:
    return Stretch(WALL_NS + round(from_s * NS_PER_S), WALL_NS + round(until_s * NS_PER_S))


def tell(derived: Database, stretch: Stretch) -> tuple[list[Any], list[Any]]:
    with derived.reading() as connection:
        return find_runs(connection, stretch).tell(), tell_newest(connection, stretch)


def test_what_is_recorded_later_changes_neither_runs_nor_clock_nor_what_is_quick_to_tell(
    derived: Database,
) -> None:
    stretch = between(100.5, 140.5)
    told = []
    for first in range(0, 400, 20):
        add(derived, [make_run(run_id) for run_id in range(first, first + 20)])
        if first >= 140:
            told.append(tell(derived, stretch))
    assert told[0][0][0] == [*range(100, 141)]
    assert all(one == other for one, other in pairwise(told))


def test_a_run_in_the_stretch_changes_both(derived: Database) -> None:
    stretch = between(100.5, 140.5)
    add(derived, [make_run(run_id) for run_id in range(200) if run_id != 120])
    before = tell(derived, stretch)
    late = make_run(120)
    add(derived, [RunTimes(500, *(getattr(late, name) for name in COLUMNS[1:]))])
    after = tell(derived, stretch)
    assert (500 in after[0][0], 500 in before[0][0]) == (True, False)
    assert after[1] != before[1]


def test_the_order_of_uploads_makes_no_difference(tmp_path: Path) -> None:
    """With a clock that was set forward after five minutes, and back for a while later on."""
    runs = [make_run(run_id, wall_off_ns=-WALL_NS) for run_id in range(300)]
    runs += [make_run(run_id) for run_id in range(300, 900)]
    runs += [make_run(run_id, wall_off_ns=3_600 * NS_PER_S) for run_id in range(900, 1000)]
    told = []
    for name, order in (("one", 1), ("other", -1)):
        folder = tmp_path / name
        folder.mkdir()
        with open_derived(folder) as derived:
            pages = [runs[first : first + 50] for first in range(0, 1000, 50)]
            for page in pages[::order]:
                add(derived, page)
            told.append([tell(derived, between(at, at + 40.5)) for at in (10.5, 290.5, 950.5)])
    assert told[0] == told[1]
    run_ids, offsets = told[0][0][0]
    assert run_ids == [*range(10, 51)]
    assert [GATEWAY, BOOT, pytest.approx(WALL_NS, abs=7_000_000)] in offsets


def test_runs_near_a_stretch_are_found_in_the_index_alone(derived: Database) -> None:
    with derived.reading() as connection:
        plan = connection.exec_driver_sql(
            "EXPLAIN QUERY PLAN SELECT max(run_id) FROM run_times WHERE gateway = 'gym'"
            " AND boot_id = '' AND first_monotonic_ns BETWEEN 1 AND 2 AND last_monotonic_ns >= 1"
        ).all()
    assert "first_monotonic_ns>? AND first_monotonic_ns<?" in str(plan)
    assert "COVERING INDEX ix_run_times_boot" in str(plan)


def test_gaps_of_no_boot_are_found_by_wall_clocks(derived: Database) -> None:
    gap = RunTimes(7, GATEWAY, NO_BOOT, WALL_NS, WALL_NS + 60 * NS_PER_S, WALL_NS)
    add(derived, [gap])
    with derived.reading() as connection:
        found = find_runs(connection, between(30, 40))
        assert (list(found.run_ids), found.clocks) == ([7], {})
        assert not find_runs(connection, between(61, 70)).run_ids


def test_a_long_gap_that_began_before_the_stretch_is_found_after_shorter_runs(
    derived: Database,
) -> None:
    long = make_run(10)
    end_ns = long.first_monotonic_ns + 1_000 * NS_PER_S
    add(derived, [replace(long, last_monotonic_ns=end_ns)])
    add(derived, [make_run(run_id) for run_id in range(11, 50)])
    with derived.reading() as connection:
        assert list(find_runs(connection, between(500, 510)).run_ids) == [10]
