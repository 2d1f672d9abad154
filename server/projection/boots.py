"""Which boots of which gateways recorded in a stretch of UTC, and which runs hold that."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, func, select

from protocol.identifiers import BootId
from protocol.moments import ReceivedAt
from server.decoding.clocks.gateway_clock import GatewayClock, fit_gateway_clocks
from server.projection.tables import RUN_TIMES


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
    """Look through what `index_new_runs` noted. A boot's clock is fitted over all of its runs."""
    clocks: dict[str, dict[BootId, GatewayClock]] = {}
    run_ids: set[int] = set()
    for gateway, boot_id in _list_boots_near(derived, stretch):
        runs = _read_boot(derived, gateway, boot_id)
        clock = _fit(boot_id, runs)
        heard = [run.run_id for run in runs if _is_heard(run, clock, stretch)]
        if heard:
            clocks.setdefault(gateway, {})[clock.boot_id] = clock
            run_ids.update(heard)
    return RecordedRuns(clocks, sorted(run_ids))


def _list_boots_near(derived: Connection, stretch: Stretch) -> list[tuple[str, str]]:
    """Boots that any of their wall clocks puts there; one that began in 1970 was set later."""
    offset_ns = RUN_TIMES.c.wall_ns - RUN_TIMES.c.first_monotonic_ns
    query = select(
        RUN_TIMES.c.gateway,
        RUN_TIMES.c.boot_id,
        (func.min(RUN_TIMES.c.first_monotonic_ns) + func.min(offset_ns)).label("first_utc_ns"),
        (func.max(RUN_TIMES.c.last_monotonic_ns) + func.max(offset_ns)).label("last_utc_ns"),
    ).group_by(RUN_TIMES.c.gateway, RUN_TIMES.c.boot_id)
    boots = derived.execute(query.order_by(RUN_TIMES.c.gateway, RUN_TIMES.c.boot_id))
    return [
        (boot.gateway, boot.boot_id)
        for boot in boots
        if stretch.overlaps(boot.first_utc_ns, boot.last_utc_ns)
    ]


def _read_boot(derived: Connection, gateway: str, boot_id: str) -> Sequence[Row[Any]]:
    of_boot = (RUN_TIMES.c.gateway == gateway, RUN_TIMES.c.boot_id == boot_id)
    return derived.execute(select(RUN_TIMES).where(*of_boot)).all()


def _fit(boot_id: str, runs: Sequence[Row[Any]]) -> GatewayClock:
    boot = BootId(boot_id)
    moments = [ReceivedAt(boot, run.first_monotonic_ns, run.wall_ns) for run in runs]
    return fit_gateway_clocks(moments)[boot]


def _is_heard(run: Row[Any], clock: GatewayClock, stretch: Stretch) -> bool:
    return stretch.overlaps(clock.place(run.first_monotonic_ns), clock.place(run.last_monotonic_ns))
