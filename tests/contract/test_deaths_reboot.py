"""A gateway that dies with its machine: what is declared once another boot of it has begun."""

from pathlib import Path

import pytest

from gateway.clock import NS_PER_S
from protocol.identifiers import BootId
from protocol.messages.uplink import GapReason
from protocol.moments import ReceivedAt
from tests.contract.gateway_lives import (
    ACC,
    HR,
    World,
    learn_late,
    leave_damage_that_takes_a_search,
    write,
)
from tests.unit.gateway.straps.fleet_on_air import FleetOnAir
from tests.unit.gateway.straps.strap_clock import HandClock, turn_loop

Told = tuple[GapReason, ReceivedAt, ReceivedAt, str | None]


class MachineClock(HandClock):
    """Counts from a few seconds on again after each power cut; the wall goes on."""

    def __init__(self) -> None:
        super().__init__()
        self.n_boots = 0

    def now(self) -> ReceivedAt:
        here = super().now()
        return ReceivedAt(BootId(f"boot-{self.n_boots}"), here.monotonic_ns, here.wall_ns)

    def reboot(self) -> None:
        started_ns, off_ns = 20 * NS_PER_S, 40 * NS_PER_S
        self.wall_step_ns += self.now_ns + off_ns - started_ns
        self.now_ns = started_ns
        self._alarms.clear()
        self.n_boots += 1


class Machine(World):
    """The gym's gateway with the machine that it runs on."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.clock: MachineClock = MachineClock()


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def told(gateway: FleetOnAir) -> list[Told]:
    return [gap[1:] for gap in gateway.kept.gaps]


def moments(gateway: FleetOnAir, characteristic: str) -> list[ReceivedAt]:
    return [row[2] for row in gateway.kept.rows if row[1] == characteristic]


async def beat_or_move(gateway: FleetOnAir, machine: Machine, characteristic: str) -> None:
    """Seconds in which only one of the two streams goes on; then all of it is on the disk."""
    for _ in range(6):
        assert machine.strap.beat() if characteristic == HR else machine.strap.move()
        await machine.clock.advance(1)
    write(gateway)


@pytest.mark.parametrize(("silent", "flowing"), [(ACC, HR), (HR, ACC)])
async def test_a12_a_stream_that_was_silent_before_a_power_cut_has_its_gap_and_no_other_has_it(
    machine: Machine, silent: str, flowing: str
) -> None:
    """Goes red if after a reboot the gap of the whole strap begins with whichever stream."""
    async with machine.life() as first:
        await first.live(machine.strap, seconds=3)
        await beat_or_move(first, machine, flowing)
        assert first.kept.gaps == []
    machine.clock.reboot()
    async with machine.life() as second:
        await second.live(machine.strap, seconds=3)
    silent_at, ended_at = moments(first, silent)[-1], moments(first, flowing)[-1]
    assert told(second)[:2] == [
        (GapReason.STREAM_STALLED, silent_at, ended_at, silent),
        (GapReason.GATEWAY_DOWN, ended_at, moments(second, HR)[0], None),
    ]


async def test_a12_a_search_that_ends_two_power_cuts_later_puts_no_gap_over_what_is_kept_since(
    machine: Machine,
) -> None:
    """Goes red if a gap that was over two boots ago is said to be the newest thing known."""
    await leave_damage_that_takes_a_search(machine)
    for _ in range(2):
        machine.clock.reboot()
        async with machine.life() as searching:
            await searching.live(machine.strap, seconds=20)
            write(searching)
            if machine.clock.n_boots == 2:
                await learn_late(machine, searching)
    async with machine.life() as last:
        await last.live(machine.strap, seconds=1)
    ended_at = moments(searching, ACC)[-1]
    assert told(last) == [(GapReason.GATEWAY_DOWN, ended_at, moments(last, HR)[0], None)]


async def test_a12_a_first_value_that_died_after_a_damaged_journal_hides_nothing_of_that(
    machine: Machine,
) -> None:
    """Goes red if the search's gap gives way to the gap of a link that had not sent yet."""
    ended_s = max(await leave_damage_that_takes_a_search(machine))
    machine.clock.reboot()
    async with machine.life() as second:
        second.air.advertise(machine.strap)
        await turn_loop(200)
        assert "subscribing" in second.kept.phases()
        write(second)
        await machine.clock.advance(0.5)
        assert machine.strap.beat()
    machine.clock.reboot()
    async with machine.life(in_reach=False) as third:
        await machine.clock.advance(3)
        await learn_late(machine, third)
        third.air.straps[machine.strap.address] = machine.strap
        await third.live(machine.strap, seconds=3)
    ((reason, since, until, whole),) = told(third)
    assert (since.boot_id, since.monotonic_ns) == ("boot-0", round(ended_s * NS_PER_S))
    assert (reason, until, whole) == (GapReason.GATEWAY_DOWN, moments(third, HR)[0], None)
