"""Promise D6 where two straps share one address: shown, and no frame ever changes owner."""

import asyncio

from hypothesis import given, settings
from hypothesis import strategies as st

from protocol.ble import uuids
from protocol.messages.roster import Roster
from tests.unit.gateway.straps.fake_air import FakeAir
from tests.unit.gateway.straps.fake_strap import FakeStrap
from tests.unit.gateway.straps.fleet_on_air import FleetOnAir, roster
from tests.unit.gateway.straps.kept import Kept
from tests.unit.gateway.straps.strap_clock import HandClock

HR, ACC = uuids.HEART_RATE_MEASUREMENT, uuids.PMD_DATA
A, B, DOUBLE = "51ADA001", "51ADA002", "51ADAC00"


def _gateway(listed: Roster, *straps: FakeStrap) -> FleetOnAir:
    gateway = FleetOnAir(FakeAir(*straps), Kept(), HandClock())
    gateway.fleet.apply_roster(listed)
    return gateway


def _conflicts(gateway: FleetOnAir) -> list[str]:
    details = [event.detail or "" for event in gateway.kept.links()]
    return [detail for detail in details if "conflict" in detail]


async def test_d6_a_double_beside_a_live_strap_is_shown_and_costs_nothing() -> None:
    strap, double = FakeStrap(A, "AA:00"), FakeStrap(DOUBLE, "AA:00")
    gateway = _gateway(roster(A), strap, double)
    async with gateway:
        await gateway.live(strap, seconds=2)
        await gateway.live(strap, double, seconds=5)
        (state,) = gateway.fleet.states()
        assert (state.phase, strap.n_links, double.n_links) == ("streaming", 1, 0)
        assert state.last_error == "conflict: this strap's address advertises another strap's name"
        assert _conflicts(gateway) == [state.last_error]  # once, not with each advertisement
        assert gateway.kept.links()[-1].address_hash == "hash of AA:00"
        await gateway.live(strap, seconds=61)
        assert gateway.fleet.states()[0].last_error is None  # it is gone
        await gateway.live(strap, double, seconds=1)
        assert len(_conflicts(gateway)) == 2
    assert set(gateway.kept.payloads(HR)) == {b"\x00\x48" + A.encode()}


async def test_d6_a_strap_is_not_shut_out_for_long_by_its_double() -> None:
    strap, double = FakeStrap(A, "AA:00"), FakeStrap(DOUBLE, "AA:00")
    gateway = _gateway(roster(A), strap, double)
    async with gateway:
        await gateway.live(strap, seconds=2)
        gateway.air.advertise(double)
        strap.drop()  # the next connection reaches the double
        await gateway.clock.advance(1)
        (state,) = gateway.fleet.states()
        assert (state.phase, state.last_error) == (
            "refused", f"conflict: the strap there says it is {DOUBLE}",
        )  # fmt: skip
        await gateway.live(strap, seconds=12)
        assert gateway.fleet.states()[0].phase == "streaming"
    assert {row[0] for row in gateway.kept.rows} == {A}
    assert set(gateway.kept.payloads(HR)) == {b"\x00\x48" + A.encode()}


async def test_d6_a_double_of_a_strap_without_a_serial_is_never_taken_for_it() -> None:
    """Nothing tells the two apart, so neither is stored while both are about."""
    plain = FakeStrap(A, "AA:00", name=f"HRM {A}", has_serial=False, has_pmd=False)
    double = FakeStrap(DOUBLE, "AA:00", name=f"HRM {DOUBLE}", has_serial=False, has_pmd=False)
    gateway = _gateway(roster(A, model="generic"), plain, double)
    async with gateway:
        await gateway.live(plain, seconds=2)
        gateway.air.advertise(double)
        plain.drop()
        await gateway.live(double, seconds=30)
        (state,) = gateway.fleet.states()
        assert state.phase == "refused"
        assert state.last_error == (
            "conflict: it tells no serial, and another strap has the same address"
        )
        await gateway.live(plain, seconds=75)  # a minute alone, and the next try
        assert gateway.fleet.states()[0].phase == "streaming"
    assert set(gateway.kept.payloads(HR)) == {b"\x00\x48" + A.encode()}
    assert len(gateway.kept.gaps) >= 1


STEPS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["speak", "meet"]), st.integers(0, 3)),
        st.tuples(st.sampled_from(["beat", "drop", "time"]), st.integers(1, 12)),
    ),
    max_size=20,
)


@settings(max_examples=40, deadline=None)
@given(STEPS)
def test_d6_no_frame_changes_owner_where_addresses_are_shared(steps: list[tuple[str, int]]) -> None:
    """Two rostered straps with one address, and a stranger at it too; any story.

    Whatever happened, once it is alone each has its own rows again.
    """
    straps = [
        FakeStrap(A, "AA:00"),
        FakeStrap(B, "AA:00"),
        FakeStrap(DOUBLE, "AA:00"),
        FakeStrap("51ADAE00", "AA:00", name=f"Polar H10 {A}"),
    ]
    kept = asyncio.run(_tell_story(straps, steps))
    for strap, characteristic, _, payload in kept.rows:
        assert strap in {A, B}
        if characteristic in {HR, ACC}:
            assert payload.endswith(strap.encode())
    assert [row[1] for row in kept.rows if row[0] == A].count(HR) >= 5


async def _tell_story(straps: list[FakeStrap], steps: list[tuple[str, int]]) -> Kept:
    gateway = _gateway(roster(A, B), *straps)
    async with gateway:
        for word, number in steps:
            await _take_step(gateway, straps, word, number)
        for strap in straps[1:]:
            strap.drop()
        gateway.air.advertise(straps[0])  # from now on it alone is reached
        await gateway.clock.advance(300)  # the longest that a conflict shuts out an address
        await gateway.live(straps[0], seconds=20)
    return gateway.kept


async def _take_step(gateway: FleetOnAir, straps: list[FakeStrap], word: str, number: int) -> None:
    """`speak`: one advertises, which it can't while the address is linked; `meet`: the same, and
    the links end before."""
    if word in {"drop", "meet"}:
        for strap in straps:
            strap.drop()
    if word == "meet" or (word == "speak" and not any(strap.connected() for strap in straps)):
        gateway.air.advertise(straps[number])
    if word == "beat":
        for strap in straps:
            strap.beat()
            strap.move()
    await gateway.clock.advance(number if word == "time" else 0.2)
