"""Unmodified BleakScanner and BleakClient against the virtual radio: what can go wrong."""

import asyncio
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from bleak import BleakClient
from bleak.exc import BleakBluetoothNotAvailableError, BleakError

from firmware_sim.radio.bleak_backend import open_radio
from tests.contract.radio_world import (
    HEART_RATE,
    PATIENCE_S,
    PMD_CONTROL_POINT,
    PMD_DATA,
    SERIAL_NUMBER,
    START_ACC_200,
    Listening,
    World,
    straps_process,
    until,
    world,
)

LOSSES = ['kind = "drop"', 'kind = "out_of_range"\nfor_s = 1.5', 'kind = "reboot"']
# One loss is told to another process by day: the radio loses each in the same way for both.
TOLD = [
    *(("here", loss) for loss in LOSSES),
    ("another process", LOSSES[0]),
    *(pytest.param("another process", loss, marks=pytest.mark.nightly) for loss in LOSSES[1:]),
]


class Losses:
    """Counts calls of the disconnected callback."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, _client: BleakClient) -> None:
        self.count += 1


async def _streaming(client: BleakClient) -> Listening:
    got = Listening()
    await got.subscribe(client, PMD_CONTROL_POINT, PMD_DATA, HEART_RATE)
    await client.write_gatt_char(PMD_CONTROL_POINT, START_ACC_200, response=True)
    await until(lambda: got.count(PMD_DATA) > 0)
    return got


async def _read_serial(w: World, serial: str) -> bytes:
    async with w.client(await w.find(serial)) as client:
        return bytes(await client.read_gatt_char(SERIAL_NUMBER))


def _ended(w: World, kind: str) -> Callable[[], bool]:
    return lambda: any(line["fault"] == kind for line in w.truth("fault"))


@pytest.mark.parametrize(("place", "trouble"), TOLD)
async def test_a_lost_link_is_told_and_the_strap_comes_back(
    place: str, trouble: str, tmp_path: Path
) -> None:
    async with world(place, tmp_path, trouble) as w:
        losses = Losses()
        client = w.client(await w.find("51ADA001"), losses)
        await client.connect()
        w.begin_trouble()
        await until(lambda: losses.count == 1)
        assert not client.is_connected
        assert await _read_serial(w, "51ADA001") == b"51ADA001"
        (begun,) = w.truth("fault_begins")
        (ended,) = w.truth("fault")
        assert (begun["strap"], ended["strap"]) == ("51ADA001", "51ADA001")
        assert ended["to_monotonic_ns"] >= ended["from_monotonic_ns"]


async def test_a_strap_out_of_range_is_not_heard(tmp_path: Path) -> None:
    async with world("here", tmp_path, 'kind = "out_of_range"\nfor_s = 60') as w:
        w.begin_trouble()
        assert await w.find_or_none("51ADA001", 1.0) is None
        assert await w.find_or_none("51ADA002", PATIENCE_S)


async def test_link_lost_in_the_middle_of_a_request(tmp_path: Path) -> None:
    """Bumble cancels the request; that must not look like a cancelled caller."""
    async with world("tcp", tmp_path, 'kind = "out_of_range"\nfor_s = 60') as w:
        client = w.client(await w.find("51ADA001"))
        await client.connect()
        w.begin_trouble()
        await until(lambda: bool(w.truth("fault_begins")))
        with pytest.raises(BleakError):
            await client.read_gatt_char(SERIAL_NUMBER)


@pytest.mark.parametrize(
    ("kind", "trouble"),
    [
        ("fade", 'kind = "fade"\nfor_s = 0.5'),
        ("delay", 'kind = "delay"\nfor_s = 1.0\ndelay_ms = 150\njitter_ms = 150'),
    ],
)
async def test_bad_air_delays_and_loses_nothing(kind: str, trouble: str, tmp_path: Path) -> None:
    async with world("tcp", tmp_path, trouble) as w:
        losses = Losses()
        async with w.client(await w.find("51ADA001"), losses) as client:
            got = await _streaming(client)
            w.begin_trouble()
            await until(_ended(w, kind))
            await client.write_gatt_char(PMD_CONTROL_POINT, b"\x03\x02", response=True)
            await until(lambda: got.count(PMD_CONTROL_POINT) == 2)
            assert losses.count == 0
        assert got.values == w.sent()


async def test_a_strap_without_room_drops_before_it_sends(tmp_path: Path) -> None:
    """Long delays fill the strap's queue: what overflows is told apart and was never sent."""
    trouble = 'kind = "delay"\nfor_s = 60\ndelay_ms = 3500\njitter_ms = 0'
    async with world("tcp", tmp_path, trouble) as w:
        async with w.client(await w.find("51ADA001")) as client:
            got = await _streaming(client)
            w.begin_trouble()
            await until(lambda: bool(w.truth("overflow")))
            n_before = len(got.values)
            await until(lambda: len(got.values) >= n_before + 5)
            arrived = list(got.values)
        assert arrived == w.sent()[: len(arrived)]
        dropped = {line["payload_hex"] for line in w.truth("overflow")}
        assert dropped.isdisjoint(line["payload_hex"] for line in w.truth())


async def test_a_refused_connection_then_a_good_one(tmp_path: Path) -> None:
    async with world("tcp", tmp_path, 'kind = "refused"\nfor_s = 1') as w:
        device = await w.find("51ADA001")
        w.begin_trouble()
        await until(lambda: bool(w.truth("fault_begins")))
        with pytest.raises(BleakError):
            await w.client(device).connect()
        await until(_ended(w, "refused"))
        assert await _read_serial(w, "51ADA001") == b"51ADA001"


async def test_a_sleeping_strap_times_out_and_blocks_nobody(tmp_path: Path) -> None:
    async with world("tcp", tmp_path, 'kind = "asleep"\nfor_s = 2') as w:
        device = await w.find("51ADA001")
        w.begin_trouble()
        await until(lambda: bool(w.truth("fault_begins")))
        with pytest.raises(TimeoutError):
            await w.client(device, timeout=0.5).connect()
        assert await _read_serial(w, "51ADA002") == b"51ADA002"
        assert await _read_serial(w, "51ADA001") == b"51ADA001"


async def test_a_cancelled_connect_blocks_nobody(tmp_path: Path) -> None:
    async with world("tcp", tmp_path, 'kind = "asleep"\nfor_s = 60') as w:
        device = await w.find("51ADA001")
        w.begin_trouble()
        await until(lambda: bool(w.truth("fault_begins")))
        connecting = asyncio.create_task(w.client(device).connect())
        await asyncio.sleep(0.1)
        connecting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await connecting
        assert await _read_serial(w, "51ADA002") == b"51ADA002"


CLIENT = """
import asyncio, sys
from bleak import BleakClient
from firmware_sim.radio.bleak_backend import open_radio

async def main():
    async with open_radio(sys.argv[1]) as parts:
        async with BleakClient(sys.argv[2], backend=parts["client"], **parts["kwargs"]):
            print("connected", flush=True)
            await asyncio.sleep(60)

asyncio.run(main())
"""


async def test_a_killed_client_frees_its_strap() -> None:
    """Bumble's own TCP server never notices; the strap would stay connected for ever."""
    async with straps_process("--count", "1") as (_, ready):
        address = ready["straps"][0]["address"]
        client = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", CLIENT, ready["ready"], address),
            stdout=asyncio.subprocess.PIPE,
        )
        assert client.stdout is not None
        async with asyncio.timeout(PATIENCE_S):
            assert await client.stdout.readline() == b"connected\n"
        client.send_signal(signal.SIGKILL)
        await client.communicate()
        async with (
            open_radio(ready["ready"]) as parts,
            BleakClient(address, backend=parts["client"], **parts["kwargs"]) as again,
        ):
            assert await again.read_gatt_char(SERIAL_NUMBER) == b"51ADA001"


async def test_a_radio_that_dies_and_returns(tmp_path: Path) -> None:
    """Links are lost, calls say so, scans go on by themselves when it is back."""
    async with straps_process("--count", "1") as (process, ready):
        where, address = ready["ready"], ready["straps"][0]["address"]
        async with open_radio(where) as parts:
            w = World(ready["straps"], lambda: None, tmp_path, parts)
            losses, heard = Losses(), asyncio.Event()
            client = w.client(address, losses)
            await client.connect()
            async with w.scanner(lambda _device, _said: heard.set()):
                process.kill()
                await until(lambda: losses.count == 1)
                with pytest.raises(BleakError):
                    await client.read_gatt_char(SERIAL_NUMBER)
                with pytest.raises(BleakBluetoothNotAvailableError):
                    await w.client(address, timeout=1).connect()
                async with straps_process("--count", "1", "--listen", where):
                    await asyncio.wait_for(heard.wait(), PATIENCE_S)
                    assert await _read_serial(w, "51ADA001") == b"51ADA001"
