"""What is kept of each boot of a gateway, so that no reader goes through all of its runs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Row, func, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from protocol.identifiers import BootId
from protocol.moments import ReceivedAt
from server.decoding.clocks.gateway_clock import WALL_STEP_NS, fit_gateway_clocks
from server.projection.tables import BOOTS, CLOCK_MINUTES

NO_BOOT: Final = ""
_NS_PER_MINUTE: Final = 60_000_000_000

BootKey = tuple[str, str]  # gateway, boot


@dataclass(frozen=True, slots=True)
class RunTimes:
    """What one run has of one boot of a gateway; `wall_ns` is at `first_monotonic_ns`."""

    run_id: int
    gateway: str
    boot_id: str
    first_monotonic_ns: int
    last_monotonic_ns: int
    wall_ns: int


def note_boots(connection: Connection, times: Sequence[RunTimes]) -> None:
    """Take in more runs; in whatever order they come, the same is kept in the end."""
    by_boot: dict[BootKey, list[RunTimes]] = {}
    for one in times:
        by_boot.setdefault((one.gateway, one.boot_id), []).append(one)
    for key, of_boot in by_boot.items():
        if key[1] != NO_BOOT:
            _note_minutes(connection, of_boot)
        _note_boot(connection, key, of_boot)


def _note_minutes(connection: Connection, of_boot: Iterable[RunTimes]) -> None:
    table = CLOCK_MINUTES
    rows = [_make_minute(one) for one in sorted(of_boot, key=lambda one: one.first_monotonic_ns)]
    statement = upsert(table)
    new = statement.excluded
    kept = {
        "first_monotonic_ns": func.min(table.c.first_monotonic_ns, new.first_monotonic_ns),
        "last_monotonic_ns": func.max(table.c.last_monotonic_ns, new.last_monotonic_ns),
        # Of one level, the earlier moment has the earlier wall clock, to within WALL_STEP_NS.
        "wall_ns": func.min(table.c.wall_ns, new.wall_ns),
    }
    connection.execute(
        statement.on_conflict_do_update(index_elements=list(table.primary_key), set_=kept), rows
    )


def _make_minute(run: RunTimes) -> dict[str, Any]:
    return {
        "gateway": run.gateway,
        "boot_id": run.boot_id,
        "level": (run.wall_ns - run.first_monotonic_ns) // WALL_STEP_NS,
        "minute": run.first_monotonic_ns // _NS_PER_MINUTE,
        "first_monotonic_ns": run.first_monotonic_ns,
        "last_monotonic_ns": run.first_monotonic_ns,
        "wall_ns": run.wall_ns,
    }


def _note_boot(connection: Connection, key: BootKey, of_boot: Sequence[RunTimes]) -> None:
    wanted = (BOOTS.c.gateway == key[0], BOOTS.c.boot_id == key[1])
    known = connection.execute(select(BOOTS).where(*wanted)).first()
    before: list[Row[Any]] = [] if known is None else [known]
    lengths_ns = [one.last_monotonic_ns - one.first_monotonic_ns for one in of_boot]
    firsts_ns = [one.first_monotonic_ns for one in before]
    firsts_ns += [one.first_monotonic_ns for one in of_boot]
    lasts_ns = [one.last_monotonic_ns for one in before]
    lasts_ns += [one.last_monotonic_ns for one in of_boot]
    goes_on = known is not None and all(_goes_on(known, one) for one in of_boot)
    row = {
        "gateway": key[0],
        "boot_id": key[1],
        "first_monotonic_ns": min(firsts_ns),
        "last_monotonic_ns": max(lasts_ns),
        "longest_ns": max([*lengths_ns, *(one.longest_ns for one in before)]),
        "offset_ns": known.offset_ns if known and goes_on else _find_offset(connection, key),
    }
    connection.execute(insert(BOOTS).prefix_with("OR REPLACE"), [row])


def _goes_on(known: Row[Any], run: RunTimes) -> bool:
    """After all others, by the clock that holds: it holds all the more."""
    offset_ns = run.wall_ns - run.first_monotonic_ns
    is_shown = abs(offset_ns - int(known.offset_ns)) <= WALL_STEP_NS
    return is_shown and run.first_monotonic_ns >= int(known.last_monotonic_ns)


def _find_offset(connection: Connection, key: BootKey) -> int:
    """That of the earliest minute of the wall clock that was shown longest: as the boot goes on, it
    stays what it is."""
    if key[1] == NO_BOOT:
        return 0
    of_boot = (CLOCK_MINUTES.c.gateway == key[0], CLOCK_MINUTES.c.boot_id == key[1])
    order = (CLOCK_MINUTES.c.first_monotonic_ns, CLOCK_MINUTES.c.level)
    minutes = connection.execute(select(CLOCK_MINUTES).where(*of_boot).order_by(*order)).all()
    boot = BootId(key[1])
    moments = [moment for one in minutes for moment in _list_moments(boot, one)]
    longest_ns = fit_gateway_clocks(moments)[boot].offset_ns
    offsets_ns = map(_read_offset, minutes)
    return next(one for one in offsets_ns if abs(one - longest_ns) <= WALL_STEP_NS)


def _list_moments(boot: BootId, minute: Row[Any]) -> list[ReceivedAt]:
    offset_ns = _read_offset(minute)
    ends_ns = (minute.first_monotonic_ns, minute.last_monotonic_ns)
    return [ReceivedAt(boot, at_ns, at_ns + offset_ns) for at_ns in ends_ns]


def _read_offset(minute: Row[Any]) -> int:
    return int(minute.wall_ns - minute.first_monotonic_ns)
