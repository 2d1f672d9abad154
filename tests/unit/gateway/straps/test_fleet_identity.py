"""Which strap is whose, on a fake radio: serials, names, addresses, and a second run (D6)."""

import asyncio

import pytest
from bleak.exc import BleakError
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.straps.first_uses import FirstUses
from gateway.straps.whereabouts import FirstUse
from protocol.ble import uuids
from protocol.identifiers import StrapId
from protocol.messages.roster import ConsentedStream
from tests.unit.gateway.straps.fake_air import FakeAir
from tests.unit.gateway.straps.fake_strap import FakeStrap
from tests.unit.gateway.straps.fleet_on_air import FleetOnAir, roster
from tests.unit.gateway.straps.kept import Kept
from tests.unit.gateway.straps.strap_clock import HandClock

HR, ACC = uuids.HEART_RATE_MEASUREMENT, uuids.PMD_DATA
A, B = "51ADA001", "51ADA002"


@pytest.fixture
def strap() -> FakeStrap:
    return FakeStrap(A, "AA:00")


@pytest.fixture
def gateway(strap: FakeStrap) -> FleetOnAir:
    made = FleetOnAir(FakeAir(strap), Kept(), HandClock())
    made.fleet.apply_roster(roster(A))
    return made


def conflicts(gateway: FleetOnAir) -> list[tuple[str | None, str | None]]:
    """Address and sentence of every conflict on record."""
    found = [event for event in gateway.kept.links() if "conflict" in (event.detail or "")]
    return [(event.address_hash, event.detail) for event in found]


async def run_again(
    first_uses: FirstUses, *straps: FakeStrap, model: str = "h10", seconds: int = 3
) -> FleetOnAir:
    """Another run of the gateway, some time later, with these straps in reach."""
    gateway = FleetOnAir(FakeAir(*straps), Kept(), HandClock(), first_uses=first_uses)
    gateway.fleet.apply_roster(roster(A, model=model))
    async with gateway:
        await gateway.live(*straps, seconds=seconds)
        gateway.states = gateway.fleet.states()
    return gateway


async def test_d6_a_strap_that_says_another_serial_is_refused_and_nothing_of_it_is_kept(
    gateway: FleetOnAir, strap: FakeStrap
) -> None:
    twin = FakeStrap("51ADAFFF", "EE:00", name=strap.name)
    gateway.air.straps[twin.address] = twin
    async with gateway:
        await gateway.live(twin, seconds=3)
        assert gateway.fleet.states()[0].phase == "refused"
        assert "51ADAFFF" in (gateway.kept.links()[-1].detail or "")
        assert {row[1] for row in gateway.kept.rows} == {"gateway/link"}
        await gateway.live(strap, seconds=3)  # the true one has another address
        assert gateway.fleet.states()[0].phase == "streaming"
    assert set(gateway.kept.payloads(HR)) == {b"\x00\x48" + A.encode()}


async def test_d6_a_second_address_with_one_name_is_a_conflict_on_record(
    gateway: FleetOnAir, strap: FakeStrap
) -> None:
    twin = FakeStrap("51ADAFFF", "EE:00", name=strap.name)
    gateway.air.straps[twin.address] = twin
    async with gateway:
        await gateway.live(strap, seconds=2)
        gateway.air.advertise(twin)
        gateway.air.advertise(twin)
        conflicts = [event for event in gateway.kept.links() if "conflict" in (event.detail or "")]
        assert [event.address_hash for event in conflicts] == ["hash of EE:00"]
        assert strap.connected()


async def test_d6_a_strap_that_is_not_on_the_roster_is_never_connected_nor_stored(
    gateway: FleetOnAir,
) -> None:
    stranger = FakeStrap("51ADA077", "CC:00")
    gateway.air.straps[stranger.address] = stranger
    async with gateway:
        await gateway.live(stranger, seconds=5)
    assert stranger.n_links == 0
    assert {row[0] for row in gateway.kept.rows} == {A}


async def test_a_strap_without_a_serial_to_read_is_known_by_its_name() -> None:
    plain = FakeStrap(A, "AA:00", name=f"HRM {A}", has_serial=False, has_pmd=False)
    gateway = FleetOnAir(FakeAir(plain), Kept(), HandClock())
    gateway.fleet.apply_roster(roster(A, model="generic"))
    async with gateway:
        await gateway.live(plain, seconds=3)
        assert gateway.fleet.states()[0].phase == "streaming"
    assert len(gateway.kept.payloads(HR)) == 3


async def test_d6_a_twin_of_a_strap_without_a_serial_is_never_connected_and_told() -> None:
    plain = FakeStrap(A, "AA:00", name=f"HRM {A}", has_serial=False, has_pmd=False)
    twin = FakeStrap("51ADAFFF", "EE:00", name=plain.name, has_serial=False, has_pmd=False)
    gateway = FleetOnAir(FakeAir(plain, twin), Kept(), HandClock())
    gateway.fleet.apply_roster(roster(A, model="generic"))
    async with gateway:
        await gateway.live(plain, seconds=2)
        plain.connect_errors = [BleakError("away")]
        plain.drop()
        await gateway.live(twin, seconds=5)
        assert twin.n_links == 0
        heart_rate_only = roster(A, model="generic", streams=[ConsentedStream.HEART_RATE])
        gateway.fleet.apply_roster(heart_rate_only)  # a new link machine for the same strap
        await gateway.live(twin, plain, seconds=5)
        (state,) = gateway.fleet.states()
        assert (state.phase, twin.n_links) == ("streaming", 0)
        assert "second address" in (state.last_error or "")
        await gateway.live(plain, seconds=61)
        assert gateway.fleet.states()[0].last_error is None  # the twin is gone
    conflicts = [event for event in gateway.kept.links() if "conflict" in (event.detail or "")]
    assert [event.address_hash for event in conflicts] == ["hash of EE:00"]
    assert set(gateway.kept.payloads(HR)) == {b"\x00\x48" + A.encode()}
    assert len(gateway.kept.payloads(HR)) >= 60


async def test_d6_the_first_use_of_a_strap_is_noted_once_with_its_hashed_address(
    strap: FakeStrap,
) -> None:
    first_uses = FirstUses()
    gateway = await run_again(first_uses, strap)
    assert first_uses.all() == {A: FirstUse("hash of AA:00", told_serial=True)}
    met = [e for e in gateway.kept.links() if (e.detail or "").startswith("first use")]
    assert [event.address_hash for event in met] == ["hash of AA:00"]
    again = await run_again(first_uses, strap)
    assert conflicts(again) == []
    assert not any((e.detail or "").startswith("first use") for e in again.kept.links())


async def test_d6_a_strap_that_tells_its_serial_at_another_address_is_kept_and_declared() -> None:
    """Goes red if the new address is accepted in silence, or if its values are refused."""
    first_uses = FirstUses({StrapId(A): FirstUse("hash of AA:00", told_serial=True)})
    moved = await run_again(first_uses, FakeStrap(A, "EE:00"))
    (state,) = moved.states
    assert (state.phase, len(moved.kept.payloads(HR))) == ("streaming", 3)
    assert "another address than at its first use" in (state.last_error or "")
    assert [address for address, _ in conflicts(moved)] == ["hash of EE:00"]
    assert first_uses.find(StrapId(A)) == FirstUse("hash of AA:00", told_serial=True)


async def test_d6_without_a_serial_the_first_use_holds_in_the_next_run_too() -> None:
    """Goes red if the hold ends with the process, or if the refusal is silent."""
    plain = FakeStrap(A, "AA:00", name=f"HRM {A}", has_serial=False, has_pmd=False)
    first_uses = FirstUses()
    await run_again(first_uses, plain, model="generic")
    assert first_uses.all() == {A: FirstUse("hash of AA:00", told_serial=False)}
    twin = FakeStrap("51ADAFFF", "EE:00", name=plain.name, has_serial=False, has_pmd=False)
    away = await run_again(first_uses, twin, model="generic")
    (state,) = away.states
    assert (state.phase, twin.n_links) == ("waiting", 0)
    assert "another address than at its first use" in (state.last_error or "")
    assert [address for address, _ in conflicts(away)] == ["hash of EE:00"]
    back = await run_again(first_uses, twin, plain, model="generic")
    assert (back.states[0].phase, twin.n_links) == ("streaming", 0)


async def test_d6_a_strap_that_told_its_serial_once_isn_t_believed_elsewhere_without_one() -> None:
    first_uses = FirstUses({StrapId(A): FirstUse("hash of AA:00", told_serial=True)})
    twin = FakeStrap("51ADAFFF", "EE:00", name=f"HRM {A}", has_serial=False, has_pmd=False)
    gateway = await run_again(first_uses, twin, model="generic")
    assert gateway.states[0].phase == "refused"
    assert gateway.kept.payloads(HR) == []
    assert "its first use was elsewhere" in (gateway.states[0].last_error or "")


STEPS = st.lists(
    st.tuples(st.sampled_from(["advertise", "beat", "drop", "time", "roster"]), st.integers(0, 4)),
    max_size=30,
)


@settings(max_examples=60, deadline=None)
@given(STEPS)
def test_d6_no_frame_ever_changes_owner(steps: list[tuple[str, int]]) -> None:
    """Two rostered straps, two twins that bear the first one's name, a stranger; any story.

    One twin tells another serial, the other none. Whatever they did, the rightful straps' rows
    are kept from the moment that they are alone again.
    """
    straps = [
        FakeStrap(A, "AA:00"),
        FakeStrap(B, "BB:00"),
        FakeStrap("51ADAFFF", "EE:00", name=f"Polar H10 {A}"),
        FakeStrap("51ADA077", "CC:00"),
        FakeStrap("51ADAFFE", "DD:00", name=f"Polar H10 {A}", has_serial=False),
    ]
    kept, n_before = asyncio.run(_tell_story(straps, steps))
    for strap, characteristic, _, payload in kept.rows:
        if characteristic in {HR, ACC}:
            assert payload.endswith(strap.encode())
        assert strap in {A, B}
    for rightful in (A, B):
        assert [row[1] for row in kept.rows[n_before:] if row[0] == rightful].count(HR) >= 5


async def _tell_story(straps: list[FakeStrap], steps: list[tuple[str, int]]) -> tuple[Kept, int]:
    """What was kept, and how much of it before the rightful straps were alone."""
    gateway = FleetOnAir(FakeAir(*straps), Kept(), HandClock())
    gateway.fleet.apply_roster(roster(A, B))
    async with gateway:
        for word, number in steps:
            await _take_step(gateway, straps[number], word, number)
        gateway.fleet.apply_roster(roster(A, B))
        await gateway.live(*straps[:2], seconds=15)
        n_before = len(gateway.kept.rows)
        await gateway.live(*straps[:2], seconds=5)
    return gateway.kept, n_before


async def _take_step(gateway: FleetOnAir, strap: FakeStrap, word: str, number: int) -> None:
    if word == "advertise":
        gateway.air.advertise(strap)
    elif word == "beat":
        strap.beat()
        strap.move()
    elif word == "drop":
        strap.drop()
    elif word == "roster":
        gateway.fleet.apply_roster(roster(*[A, B][: number % 3]))
    await gateway.clock.advance(number if word == "time" else 0.2)
