"""A gateway's monotonic clock to UTC: one offset a boot, however its wall clock was set."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from protocol.identifiers import BootId
from protocol.moments import ReceivedAt
from server.decoding.clocks.frames import Ints

# Both clocks are read together and slewed together (Linux); NTP steps from 128 ms on (RFC 5905).
WALL_STEP_NS = 100_000_000


@dataclass(frozen=True, slots=True)
class WallStep:
    """The wall clock was set by `step_ns` before the record at `monotonic_ns`."""

    monotonic_ns: int
    step_ns: int


@dataclass(frozen=True, slots=True)
class GatewayClock:
    """UTC in ns since 1970 is the monotonic clock of this boot plus `offset_ns`."""

    boot_id: BootId
    offset_ns: int
    wall_steps: tuple[WallStep, ...]

    def place(self, monotonic_ns: int) -> int:
        """That moment in UTC."""
        return monotonic_ns + self.offset_ns


def fit_gateway_clocks(moments: Iterable[ReceivedAt]) -> Mapping[BootId, GatewayClock]:
    """One clock for each boot, from the stamps of all its records, in any order.

    Of several wall clocks in one boot the one that was shown longest holds, of equals the last:
    nothing else places a boot in the calendar, so a reader should look at the steps.
    """
    by_boot: dict[BootId, list[tuple[int, int]]] = {}
    for moment in moments:
        pair = (moment.monotonic_ns, moment.wall_ns)
        by_boot.setdefault(moment.boot_id, []).append(pair)
    return {boot_id: _fit(boot_id, pairs) for boot_id, pairs in by_boot.items()}


def _fit(boot_id: BootId, pairs: list[tuple[int, int]]) -> GatewayClock:
    monotonic_ns, wall_ns = np.array(sorted(pairs), dtype=np.int64).T
    offsets_ns = wall_ns - monotonic_ns
    starts = np.flatnonzero(np.abs(np.diff(offsets_ns)) > WALL_STEP_NS) + 1
    bounds = [0, *starts.tolist(), offsets_ns.size]
    levels_ns = np.array(
        [_median(offsets_ns[one:other]) for one, other in zip(bounds, bounds[1:], strict=False)]
    )
    steps = tuple(
        WallStep(int(monotonic_ns[at]), int(step_ns))
        for at, step_ns in zip(starts, np.diff(levels_ns), strict=True)
    )
    shown_ns = np.array(
        [
            int(monotonic_ns[other - 1] - monotonic_ns[one])
            for one, other in zip(bounds, bounds[1:], strict=False)
        ]
    )
    return GatewayClock(boot_id, _choose(levels_ns, shown_ns), steps)


def _median(values: Ints) -> int:
    """The middle value, the lower of two: no mean, which would not be whole."""
    return int(np.partition(values, (values.size - 1) // 2)[(values.size - 1) // 2])


def _choose(levels_ns: Ints, shown_ns: Ints) -> int:
    """The level shown longest in all, however often the clock went away and came back."""
    order = np.argsort(levels_ns, kind="stable")
    apart = np.diff(levels_ns[order]) > WALL_STEP_NS
    groups = np.empty(levels_ns.size, dtype=np.int64)
    groups[order] = np.concatenate([[0], np.cumsum(apart)])
    totals_ns = np.zeros(groups.max() + 1, dtype=np.int64)
    np.add.at(totals_ns, groups, shown_ns)
    longest = np.flatnonzero(totals_ns[groups] == totals_ns.max())
    return int(levels_ns[longest[-1]])
