"""Which boots of which gateways recorded in a stretch of UTC, and which runs hold that."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, func, select

from protocol.identifiers import BootId
from protocol.moments import ReceivedAt
from server.decoding.clocks.gateway_clock import WALL_STEP_NS, GatewayClock, fit_gateway_clocks
from server.projection.boot_index import NO_BOOT
from server.projection.tables import BOOTS, RUN_TIMES


@dataclass(frozen=True, slots=True)
class Stretch:
    """From `from_utc_ns` to before `until_utc_ns`."""

    from_utc_ns: int
    until_utc_ns: int

    def overlaps(self, first_utc_ns: int, last_utc_ns: int) -> bool:
        """Whether something of the second, ends included, lies in it."""
        return first_utc_ns < self.until_utc_ns and last_utc_ns >= self.from_utc_ns


@dataclass(frozen=True, slots=True)
class RecordedRuns:
    """`clocks`: by gateway and boot. `run_ids`: ascending; nothing of others is in the stretch."""

    clocks: Mapping[str, Mapping[BootId, GatewayClock]]
    run_ids: Sequence[int]

    def tell(self) -> list[Any]:
        """As JSON: the same as long as the same records have the same times."""
        offsets = [
            [gateway, boot_id, clock.offset_ns]
            for gateway, of_gateway in sorted(self.clocks.items())
            for boot_id, clock in sorted(of_gateway.items())
        ]
        return [list(self.run_ids), offsets]


def find_runs(derived: Connection, stretch: Stretch) -> RecordedRuns:
    """Look through what `index_new_runs` noted.

    Which of a boot's wall clocks holds is known from all of its runs, what it was to the nanosecond
    from those near the stretch: what is recorded at other times changes nothing.
    """
    clocks: dict[str, dict[BootId, GatewayClock]] = {}
    run_ids: set[int] = set()
    for boot in _list_boots_near(derived, stretch):
        runs = derived.execute(_select_near(boot, stretch, *RUN_TIMES.c)).all()
        clock = _fit(boot, runs)
        heard = [run.run_id for run in runs if _is_heard(run, clock, stretch)]
        if heard and boot.boot_id != NO_BOOT:
            clocks.setdefault(boot.gateway, {})[clock.boot_id] = clock
        run_ids.update(heard)
    return RecordedRuns(clocks, sorted(run_ids))


def tell_newest(derived: Connection, stretch: Stretch) -> list[Any]:
    """As JSON: changes with every run near the stretch, and with what places it in the calendar."""
    return [
        [
            boot.gateway,
            boot.boot_id,
            boot.offset_ns,
            derived.execute(_select_near(boot, stretch, func.max(RUN_TIMES.c.run_id))).scalar(),
        ]
        for boot in _list_boots_near(derived, stretch)
    ]


def _list_boots_near(derived: Connection, stretch: Stretch) -> Sequence[Row[Any]]:
    first_ns = BOOTS.c.first_monotonic_ns + BOOTS.c.offset_ns
    last_ns = BOOTS.c.last_monotonic_ns + BOOTS.c.offset_ns
    is_near = (
        first_ns < stretch.until_utc_ns + WALL_STEP_NS,
        last_ns >= stretch.from_utc_ns - WALL_STEP_NS,
    )
    boots = select(BOOTS).where(*is_near).order_by(BOOTS.c.gateway, BOOTS.c.boot_id)
    return derived.execute(boots).all()


def _select_near(boot: Row[Any], stretch: Stretch, *columns: ColumnElement[Any]) -> Select[Any]:
    """Runs of a boot that lie in the stretch, and some just before and after."""
    from_ns = stretch.from_utc_ns - boot.offset_ns - WALL_STEP_NS
    until_ns = stretch.until_utc_ns - boot.offset_ns + WALL_STEP_NS
    return select(*columns).where(
        RUN_TIMES.c.gateway == boot.gateway,
        RUN_TIMES.c.boot_id == boot.boot_id,
        RUN_TIMES.c.first_monotonic_ns.between(from_ns - boot.longest_ns, until_ns),
        RUN_TIMES.c.last_monotonic_ns >= from_ns,
    )


def _fit(boot: Row[Any], runs: Sequence[Row[Any]]) -> GatewayClock:
    """By those runs that show the clock that holds; where none does, as the boot began."""
    boot_id = BootId(boot.boot_id)
    moments = [ReceivedAt(boot_id, run.first_monotonic_ns, run.wall_ns) for run in runs]
    shown = [one for one in moments if _is_shown(one, boot.offset_ns)]
    offset_ns = fit_gateway_clocks(shown)[boot_id].offset_ns if shown else boot.offset_ns
    steps = fit_gateway_clocks(moments)[boot_id].wall_steps if moments else ()
    return GatewayClock(boot_id, offset_ns, steps)


def _is_shown(moment: ReceivedAt, offset_ns: int) -> bool:
    return abs(moment.wall_ns - moment.monotonic_ns - offset_ns) <= WALL_STEP_NS


def _is_heard(run: Row[Any], clock: GatewayClock, stretch: Stretch) -> bool:
    return stretch.overlaps(clock.place(run.first_monotonic_ns), clock.place(run.last_monotonic_ns))
