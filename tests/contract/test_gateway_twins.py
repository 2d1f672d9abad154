"""Promise D6 on the virtual radio: two straps with one name or one address, and a gateway.

The conflict shows, no frame changes its owner, and nothing of a strap off the roster is stored.
"""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from firmware_sim.radio.peripheral import Peripheral
from firmware_sim.radio.twin import make_twin
from firmware_sim.scenario.faults import FaultKind
from gateway.straps.fleet import StrapFleet
from protocol.ble import uuids
from protocol.messages.roster import ConsentedStream, Roster, RosterStrap
from tests.contract.gateway_hall import Hall, Kept, count, hall, running, until

FIRST = "51ADA001"


@asynccontextmanager
async def twin_in(scene: Hall, kind: FaultKind) -> AsyncIterator[Peripheral]:
    """The first strap's twin, on the air for the length of the block."""
    first = scene.straps[0]
    strap, address = make_twin(kind, first.strap, first.address, 0, 3, time.monotonic_ns())
    twin = Peripheral(strap, address, scene.radio, scene.truth)
    await twin.power_on()
    try:
        yield twin
    finally:
        twin.power_off()


def conflicts(kept: Kept) -> set[tuple[str, str]]:
    return {(s, e.detail) for s, e in kept.links if e.detail and e.detail.startswith("conflict")}


def trouble_of(fleet: StrapFleet) -> str:
    return fleet.states()[0].last_error or ""


def assert_nothing_changed_its_owner(kept: Kept, scene: Hall, owners: set[str]) -> None:
    """Each strap's rows are what that very strap sent, in its order; its reads are its own."""
    assert {strap for strap, _, _ in kept.values} <= owners
    for owner in owners:
        sent = [value for value in scene.truth.values if value[0] == owner]
        ours = [value for value in kept.values if value[0] == owner]
        assert ours == sent[: len(ours)]
    serials = {(s, p.decode()) for s, name, p in kept.reads if name.endswith(uuids.SERIAL_NUMBER)}
    assert serials <= {(owner, owner) for owner in owners}


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        (FaultKind.TWIN_NAME, "conflict: a second address advertises this strap's name"),
        (FaultKind.TWIN_ADDRESS, "conflict: this strap's address advertises another strap's name"),
    ],
)
async def test_d6_a_twin_beside_a_live_strap_is_shown_and_not_stored(
    kind: FaultKind, told: str
) -> None:
    async with hall(1) as scene:
        kept = Kept()
        fleet = scene.fleet(kept)
        async with running(fleet):
            await until(lambda: count(kept, uuids.HEART_RATE_MEASUREMENT) >= 1)
            async with twin_in(scene, kind) as twin:
                await until(lambda: trouble_of(fleet) == told)
                n_beats = count(kept, uuids.HEART_RATE_MEASUREMENT)
                await until(lambda: count(kept, uuids.HEART_RATE_MEASUREMENT) >= n_beats + 2)
                assert twin.link is None
        assert conflicts(kept) == {(FIRST, told)}
        assert_nothing_changed_its_owner(kept, scene, {FIRST})
        assert kept.gaps == []


async def test_d6_a_twin_by_name_that_is_met_first_is_refused_and_not_stored() -> None:
    async with hall(1) as scene:
        kept = Kept()
        fleet = scene.fleet(kept)
        scene.radio.set_silent(scene.straps[0].chip, silent=True)
        async with running(fleet), twin_in(scene, FaultKind.TWIN_NAME) as twin:
            await _is_refused(fleet, twin)
        assert_nothing_of_the_twin(kept, scene, twin)


async def test_d6_a_twin_by_address_that_is_reached_instead_is_refused_and_not_stored() -> None:
    """The strap on the roster goes out of reach; who answers at its address is another."""
    async with hall(1) as scene:
        kept = Kept()
        fleet = scene.fleet(kept)
        async with running(fleet):
            await until(lambda: count(kept, uuids.HEART_RATE_MEASUREMENT) >= 1)
            async with twin_in(scene, FaultKind.TWIN_ADDRESS) as twin:
                scene.radio.set_silent(scene.straps[0].chip, silent=True)
                await _is_refused(fleet, twin)
        assert_nothing_of_the_twin(kept, scene, twin)


async def _is_refused(fleet: StrapFleet, twin: Peripheral) -> None:
    await until(lambda: fleet.states()[0].phase == "refused")
    assert trouble_of(fleet) == f"conflict: the strap there says it is {twin.strap.serial}"
    await until(lambda: twin.link is None)


def assert_nothing_of_the_twin(kept: Kept, scene: Hall, twin: Peripheral) -> None:
    """It was asked who it is, and for nothing else."""
    assert (FIRST, f"conflict: the strap there says it is {twin.strap.serial}") in conflicts(kept)
    assert_nothing_changed_its_owner(kept, scene, {FIRST})
    assert twin.strap.serial not in {strap for strap, _, _ in scene.truth.values}


async def test_d6_of_two_rostered_straps_with_one_address_one_streams_and_they_never_mix() -> None:
    """A host has one link to an address: the other strap waits, and says why."""
    async with hall(1) as scene:
        kept = Kept()
        fleet = scene.fleet(kept)
        async with running(fleet):
            await until(lambda: count(kept, uuids.HEART_RATE_MEASUREMENT) >= 1)
            async with twin_in(scene, FaultKind.TWIN_ADDRESS) as twin:
                other = twin.strap.serial
                agreed = list(ConsentedStream)
                entries = [RosterStrap(each, "h10", None, agreed) for each in (FIRST, other)]
                fleet.apply_roster(Roster("g", "2", entries))
                await until(lambda: "ALREADY_EXISTS" in (fleet.states()[1].last_error or ""))
                await until(lambda: count(kept, uuids.HEART_RATE_MEASUREMENT) >= 3)
                first, second = fleet.states()
                assert first.phase == "streaming"
                assert second.phase in {"waiting", "connecting"}
                assert trouble_of(fleet).endswith("address advertises another strap's name")
        assert_nothing_changed_its_owner(kept, scene, {FIRST})
