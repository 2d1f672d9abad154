"""When the archive's runs were recorded: found once for each, and then by time."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from sqlalchemy import select

from protocol.messages.uplink import GapDeclaration
from server.db.database import Database
from server.ingest.runs import RUNS_AT_ONCE, SELECT_RUNS, RunContent, read_runs
from server.ingest.tables import RUNS
from server.projection.boot_index import NO_BOOT, RunTimes, note_boots
from server.projection.tables import INDEXED, RUN_TIMES

_BOTH: Final = 2
_COLUMNS: Final = [column.name for column in RUN_TIMES.columns]


class _Moment(NamedTuple):
    monotonic_ns: int
    wall_ns: int


def list_run_times(run: RunContent) -> list[RunTimes]:
    """One entry for each boot that the run has records or gaps of.

    Gaps that no boot measures whole, such as of a gateway that was down, are in one of NO_BOOT.
    """
    by_boot: dict[tuple[str, str], list[_Moment]] = {}
    for one in run.records:
        moment = _Moment(one.record.monotonic_ns, one.record.wall_ns)
        by_boot.setdefault((one.gateway, one.record.boot_id), []).append(moment)
    for archived in run.gaps:
        ends = _list_ends(archived.gap)
        by_boot.setdefault((archived.gateway, archived.gap.boot_id or NO_BOOT), []).extend(ends)
        if len(ends) < _BOTH:
            by_wall = by_boot.setdefault((archived.gateway, NO_BOOT), [])
            by_wall.extend(_list_wall_ends(archived.gap))
    return [
        RunTimes(run.run_id, *boot, min(of_boot).monotonic_ns, max(of_boot).monotonic_ns,
                 min(of_boot).wall_ns)
        for boot, of_boot in by_boot.items()
        if of_boot
    ]  # fmt: skip


def _list_ends(gap: GapDeclaration) -> list[_Moment]:
    """Those that the gap's boot has on its own clock; none without a boot."""
    if gap.boot_id is None:
        return []
    ends = ((gap.from_monotonic_ns, gap.from_ns), (gap.to_monotonic_ns, gap.to_ns))
    return [_Moment(at_ns, wall_ns) for at_ns, wall_ns in ends if at_ns is not None]


def _list_wall_ends(gap: GapDeclaration) -> list[_Moment]:
    """Wall clocks in the place of a monotonic one, as `place_gap` places it."""
    return [_Moment(wall_ns, wall_ns) for wall_ns in (gap.from_ns, max(gap.from_ns, gap.to_ns))]


def index_new_runs(study: Database, derived: Database) -> int:
    """Take in what was archived since the last time; returns how many runs that was.

    A run takes its id and is committed under one writer's lock, so none appears behind the cursor.
    """
    n_runs = 0
    cursor = read_cursor(derived)
    while page := _read_page(study, cursor):
        times = [one for run in page for one in list_run_times(run)]
        cursor = page[-1].run_id
        _write(derived, times, cursor)
        n_runs += len(page)
    return n_runs


def _read_page(study: Database, cursor: int) -> list[RunContent]:
    """A page is read whole at once: no snapshot stays open that would hold the WAL."""
    query = SELECT_RUNS.where(RUNS.c.id > cursor).order_by(RUNS.c.id).limit(RUNS_AT_ONCE)
    with study.reading() as archive:
        return read_runs(archive, archive.execute(query).all())


def read_cursor(derived: Database) -> int:
    """The run up to which the index is complete."""
    with derived.reading() as connection:
        return connection.execute(select(INDEXED.c.cursor)).scalar() or 0


def _write(derived: Database, times: Sequence[RunTimes], cursor: int) -> None:
    rows = [{name: getattr(one, name) for name in _COLUMNS} for one in times]
    with derived.writing() as connection:
        connection.execute(INDEXED.delete())
        connection.execute(INDEXED.insert().values(cursor=cursor))
        if rows:
            connection.execute(RUN_TIMES.insert().prefix_with("OR REPLACE"), rows)
            note_boots(connection, times)
