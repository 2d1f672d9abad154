"""Two straps with one name, and two with one address: what an unmodified bleak sees of them."""

import time
from pathlib import Path

import pytest
from bleak.exc import BleakError

from firmware_sim.radio.bleak_backend import open_radio
from tests.contract.radio_world import (
    HEART_RATE,
    SERIAL_NUMBER,
    Listening,
    World,
    straps_process,
    until,
    world,
)

FIRST, NAMESAKE, DOUBLE = "51ADA001", "51ADAE00", "51ADAC00"
TWIN_ADDRESS = 'kind = "twin_address"\nfor_s = 60'
MOST_TRIES = 40  # each reaches either of the two: once in 2^40 all reach the same one


async def _tell_serial(w: World, address: str) -> str:
    async with w.client(address) as client:
        return bytes(await client.read_gatt_char(SERIAL_NUMBER)).decode()


async def test_two_straps_with_one_name(tmp_path: Path) -> None:
    async with world("tcp", tmp_path, 'kind = "twin_name"\nfor_s = 60') as w:
        w.begin_trouble()
        addresses: set[str] = set()
        async with w.scanner(
            lambda device, said: (
                addresses.add(device.address) if said.local_name == f"Polar H10 {FIRST}" else None
            )
        ):
            await until(lambda: len(addresses) == 2)
        assert {await _tell_serial(w, address) for address in addresses} == {FIRST, NAMESAKE}


async def test_two_straps_with_one_address_are_one_device_with_two_names(tmp_path: Path) -> None:
    async with world("tcp", tmp_path, TWIN_ADDRESS, count=1) as w:
        w.begin_trouble()
        names: dict[str, set[str | None]] = {}
        async with w.scanner(
            lambda device, said: names.setdefault(device.address, set()).add(said.local_name)
        ) as scanner:
            await until(lambda: any(len(each - {None}) == 2 for each in names.values()))
            assert len(scanner.discovered_devices) == 1
        (address,) = names
        assert names[address] - {None} == {f"Polar H10 {FIRST}", f"Polar H10 {DOUBLE}"}


async def test_a_connection_to_an_address_of_two_reaches_either(tmp_path: Path) -> None:
    async with world("tcp", tmp_path, TWIN_ADDRESS, count=1) as w:
        address = w.straps[0]["address"]
        w.begin_trouble()
        reached: set[str] = set()
        for _ in range(MOST_TRIES):
            reached.add(await _tell_serial(w, address))
            if len(reached) == 2:
                break
        assert reached == {FIRST, DOUBLE}


async def test_one_host_has_one_link_to_an_address_and_hears_one_strap(tmp_path: Path) -> None:
    """Core Specification Vol 4 Part E 7.8.12: a connection to this device exists already."""
    async with world("tcp", tmp_path, TWIN_ADDRESS, count=1) as w:
        address = w.straps[0]["address"]
        async with w.client(address) as client:
            got = Listening()
            await got.subscribe(client, HEART_RATE)
            w.begin_trouble()
            await until(lambda: bool(w.truth("fault_begins")))
            with pytest.raises(BleakError, match="CONNECTION_ALREADY_EXISTS"):
                await w.client(address).connect()
            await until(lambda: len(got.values) >= 2)
            assert bytes(await client.read_gatt_char(SERIAL_NUMBER)) == FIRST.encode()
        assert {line["strap"] for line in w.truth()} == {FIRST}
        assert got.values == w.sent()[: len(got.values)]


async def test_two_hosts_may_each_believe_that_they_have_the_strap_of_this_address(
    tmp_path: Path,
) -> None:
    """Each is right, and neither hears a byte of the other's strap."""
    scenario = tmp_path / "scenario.toml"
    scenario.write_text(f"[[fault]]\nat_s = 0\nstrap = 1\n{TWIN_ADDRESS}\n")
    words = ["--count", "1", "--scenario", str(scenario), "--truth", str(tmp_path / "truth.jsonl")]
    async with (
        straps_process(*words) as (process, ready),
        open_radio(ready["ready"]) as mine,
        open_radio(ready["ready"]) as theirs,
    ):
        assert process.stdin is not None
        address, file = ready["straps"][0]["address"], tmp_path / "truth.jsonl"
        one, other = (World(ready["straps"], lambda: None, file, each) for each in (mine, theirs))
        async with one.client(address) as first:
            process.stdin.write(b'{"start_monotonic_ns": %d}\n' % time.monotonic_ns())
            await until(lambda: bool(one.truth("fault_begins")))
            async with other.client(address) as second:
                got = {FIRST: Listening(), DOUBLE: Listening()}
                await got[FIRST].subscribe(first, HEART_RATE)
                await got[DOUBLE].subscribe(second, HEART_RATE)
                await until(lambda: all(len(each.values) >= 2 for each in got.values()))
        for serial, listening in got.items():
            sent = [line for line in one.truth() if line["strap"] == serial]
            payloads = [bytes.fromhex(line["payload_hex"]) for line in sent]
            heard = [payload for _, payload in listening.values]
            assert heard == payloads[: len(heard)]
