"""Lives at random: what a gateway was given is on the disk or in a gap, and no value is in both."""

import random
from collections import Counter
from pathlib import Path

import pytest

from gateway.journal.folder import journal_files
from gateway.journal.wreck_copy import opened_wreck
from gateway.late_inheritance import note_first_roster
from protocol.messages.roster import ConsentedStream, Roster
from protocol.messages.uplink import GapDeclaration, NotificationRecord
from tests.contract.gateway_lives import (
    ACC,
    HR,
    A,
    Journalled,
    damage_for_a_search,
    damage_journal,
    learn_late,
    stop_cleanly,
    write,
)
from tests.contract.test_deaths_reboot import Machine
from tests.unit.gateway.straps.fleet_on_air import FleetOnAir, roster
from tests.unit.gateway.straps.strap_clock import turn_loop

Value = tuple[str, int]  # (characteristic, wall clock)

HEART_RATE, MOVEMENT = ConsentedStream.HEART_RATE, ConsentedStream.MOVEMENT
DOINGS = {
    "beat": 8, "move": 8, "meet": 5, "wait": 6, "wait long": 2, "drop": 1, "write": 4,
    "roster": 1, "learn": 2,
}  # fmt: skip


class Evenings:
    """One machine whose gateway lives several times, as chance has it."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.rng, self.machine = random.Random(seed), Machine(folder)
        self.received = Counter[Value]()
        self.is_owed = False

    async def live(self, n_doings: int) -> None:
        """One life; killed in most cases."""
        async with self.machine.life(first_roster=self.choose_roster()) as gateway:
            assert isinstance(gateway.kept, Journalled)
            self.is_owed = self.machine.owes_search
            if self.is_owed:
                await note_first_roster(gateway.kept, gateway.fleet)
            for doing in self.rng.choices([*DOINGS], [*DOINGS.values()], k=n_doings):
                await self.do(doing, gateway)
            if self.rng.random() < 0.2:
                await stop_cleanly(self.machine, gateway)
        values = [(name, at.wall_ns) for _, name, at, _ in gateway.kept.rows if name in {HR, ACC}]
        self.received.update(values)
        self.have_an_accident()

    async def end(self) -> None:
        """The last life: everything is found out, and the strap is back."""
        async with self.machine.life() as gateway:
            await gateway.live(self.machine.strap, seconds=2)
            if self.machine.owes_search:
                await learn_late(self.machine, gateway)
            await stop_cleanly(self.machine, gateway)

    def choose_roster(self) -> Roster:
        """Nobody withdraws while a search goes on: record 0027 says what that may cost."""
        if self.is_owed:
            return roster(A)
        agreed = self.rng.choice([[HEART_RATE], [MOVEMENT], *[[HEART_RATE, MOVEMENT]] * 3, []])
        return roster(A, streams=agreed) if agreed else roster()

    async def do(self, doing: str, gateway: FleetOnAir) -> None:
        strap, clock = self.machine.strap, self.machine.clock
        match doing:
            case "beat":
                strap.beat()
            case "move":
                strap.move()
            case "meet":
                gateway.air.advertise(strap)
                await turn_loop(self.rng.choice([20, 60, 100, 400]))
            case "wait":
                await clock.advance(self.rng.choice([0.2, 1, 3]))
            case "wait long":
                await clock.advance(self.rng.choice([10, 70]))
            case "drop":
                strap.drop()
            case "write":
                write(gateway)
            case "roster":
                gateway.fleet.apply_roster(self.choose_roster())
            case "learn" if self.is_owed:
                await learn_late(self.machine, gateway)
                self.is_owed = False
        await clock.advance(0.01)

    def have_an_accident(self) -> None:
        """Between two lives; of a journal that owes what one before it says nothing is damaged."""
        if self.rng.random() < 0.25:
            self.machine.clock.reboot()
        if not self.is_owed and self.rng.random() < 0.35:
            self.is_owed = self.rng.random() < 0.5
            (damage_for_a_search if self.is_owed else damage_journal)(self.machine)

    def read_disk(self) -> tuple[Counter[Value], list[GapDeclaration]]:
        values, gaps = Counter[Value](), list[GapDeclaration]()
        for file in journal_files(self.machine.folder):
            with opened_wreck(file) as wreck:
                list(wreck.scan())
                for entry in (e for numbers in wreck.ranges() for e in wreck.read(*numbers)):
                    if isinstance(entry, NotificationRecord):
                        values[entry.characteristic, entry.wall_ns] += 1
                    else:
                        gaps.append(entry)
        return values, gaps


async def check_lives(folder: Path, seed: int) -> None:
    evenings = Evenings(folder, seed)
    for _ in range(evenings.rng.randint(2, 6)):
        await evenings.live(evenings.rng.randint(0, 25))
    await evenings.end()
    values, gaps = evenings.read_disk()
    for name, at_ns in evenings.received - values:
        assert any(
            gap.from_ns <= at_ns <= gap.to_ns and gap.characteristic in {None, name} for gap in gaps
        ), f"seed {seed}: {name} of {at_ns} is lost and in no gap"
    for name, at_ns in ((name, at_ns) for name, at_ns in values if name in {HR, ACC}):
        assert not any(
            gap.from_ns < at_ns < gap.to_ns and gap.characteristic in {None, name} for gap in gaps
        ), f"seed {seed}: {name} of {at_ns} is kept and in a gap"


@pytest.mark.parametrize("seeds", [range(60), pytest.param(range(2000), marks=pytest.mark.nightly)])
async def test_a12_whatever_ends_a_gateway_its_values_are_kept_or_in_a_gap_and_never_both(
    tmp_path: Path, seeds: range
) -> None:
    for seed in seeds:
        await check_lives(tmp_path / str(seed), seed)
