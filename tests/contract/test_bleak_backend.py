"""Unmodified BleakScanner and BleakClient against the virtual radio: ordinary life."""

import asyncio
from pathlib import Path

import pytest
from bleak.backends.device import BLEDevice
from bleak.backends.scanner import AdvertisementData
from bleak.exc import (
    BleakBluetoothNotAvailableError,
    BleakDeviceNotFoundError,
    BleakError,
    BleakGATTProtocolError,
    BleakGATTProtocolErrorCode,
)

from firmware_sim.radio.bleak_backend import open_radio
from protocol.ble.uuids import full_uuid
from tests.contract.radio_world import (
    HEART_RATE,
    HEART_RATE_SERVICE,
    PATIENCE_S,
    PMD_CONTROL_POINT,
    PMD_DATA,
    SERIAL_NUMBER,
    START_ACC_200,
    Listening,
    until,
    world,
)

# By night also over TCP inside this process: the way to another process is the same.
PLACES = ["here", "another process", pytest.param("tcp", marks=pytest.mark.nightly)]
POLAR = 0x006B  # Bluetooth company identifier


@pytest.mark.parametrize("place", PLACES)
async def test_straps_are_heard_as_they_advertise(place: str, tmp_path: Path) -> None:
    heard: dict[str, AdvertisementData] = {}

    def take(device: BLEDevice, said: AdvertisementData) -> None:
        heard[device.address] = said

    async with world(place, tmp_path) as w:
        async with w.scanner(take, service_uuids=[HEART_RATE_SERVICE]):
            await until(lambda: len(heard) == 2)
        for strap in w.straps:
            said = heard[strap["address"]]
            assert said.local_name == strap["name"]
            assert HEART_RATE_SERVICE in said.service_uuids
            assert said.manufacturer_data[POLAR]
            assert -100 < said.rssi < -20


async def test_a_passive_scan_hears_no_scan_response(tmp_path: Path) -> None:
    heard: list[AdvertisementData] = []
    async with (
        world("here", tmp_path, count=1) as w,
        w.scanner(lambda _, said: heard.append(said), scanning_mode="passive"),
    ):
        await until(lambda: bool(heard))
    assert heard[0].local_name is None  # an H10's name is in its scan response


@pytest.mark.parametrize("place", PLACES)
async def test_services_mtu_and_reads(place: str, tmp_path: Path) -> None:
    async with world(place, tmp_path) as w, w.client(await w.find("51ADA002")) as client:
        assert client.is_connected
        assert client.name == "Polar H10 51ADA002"
        assert client.mtu_size == 232  # what an H10 answers (ble-wire.md §3.1)
        assert client.services.get_service(HEART_RATE_SERVICE)
        control_point = client.services.get_characteristic(PMD_CONTROL_POINT)
        assert control_point is not None
        assert set(control_point.properties) == {"read", "write", "indicate"}
        assert control_point.max_write_without_response_size == 229
        assert await client.read_gatt_char(SERIAL_NUMBER) == b"51ADA002"
        assert (await client.read_gatt_char(control_point))[:2] == b"\x0f\x05"  # ble-wire.md §3.2
    assert not client.is_connected


async def test_only_the_services_asked_for(tmp_path: Path) -> None:
    async with world("here", tmp_path) as w:
        client = w.client(await w.find("51ADA001"), services=["180d"])
        async with client:
            assert [service.uuid for service in client.services] == [HEART_RATE_SERVICE]


@pytest.mark.parametrize("place", PLACES)
async def test_values_arrive_as_sent_and_in_order(place: str, tmp_path: Path) -> None:
    """Notifications and indications, against the truth that was written before each was sent."""
    async with world(place, tmp_path) as w:
        got = Listening()
        async with w.client(await w.find("51ADA001")) as client:
            await got.subscribe(client, PMD_CONTROL_POINT, PMD_DATA, HEART_RATE)
            await client.write_gatt_char(PMD_CONTROL_POINT, START_ACC_200, response=True)
            await until(lambda: got.count(PMD_DATA) >= 5 and got.count("2a37") >= 1)
            await client.write_gatt_char(PMD_CONTROL_POINT, b"\x03\x02", response=True)
            await until(lambda: got.count(PMD_CONTROL_POINT) == 2)
        assert got.values == w.sent()
    frames = [value for name, value in got.values if name == PMD_DATA]
    assert {len(frame) for frame in frames} == {226}  # ble-wire.md §4 at ATT_MTU 232


async def test_stop_notify_ends_a_subscription(tmp_path: Path) -> None:
    async with world("here", tmp_path) as w, w.client(await w.find("51ADA001")) as client:
        got = Listening()
        await got.subscribe(client, HEART_RATE)
        await until(lambda: got.count("2a37") > 0)
        await client.stop_notify(HEART_RATE)
        assert got.values == w.sent()
        n_before = len(w.sent())
        await asyncio.sleep(1.5)  # a strap reports about once a second
        assert len(w.sent()) == n_before


async def test_a_disconnect_ends_every_subscription(tmp_path: Path) -> None:
    async with world("here", tmp_path) as w:
        got = Listening()
        async with w.client(await w.find("51ADA001")) as client:
            await got.subscribe(client, HEART_RATE)
        async with w.client(await w.find("51ADA001")) as client:
            n_before = len(w.sent())
            await asyncio.sleep(1.5)
            assert len(w.sent()) == n_before


async def test_refusals_are_typed(tmp_path: Path) -> None:
    async with world("tcp", tmp_path) as w, w.client(await w.find("51ADA001")) as client:
        with pytest.raises(BleakGATTProtocolError) as unreadable:
            await client.read_gatt_char(HEART_RATE)
        assert unreadable.value.code == BleakGATTProtocolErrorCode.READ_NOT_PERMITTED
        with pytest.raises(BleakGATTProtocolError) as unwritable:
            await client.write_gatt_char(HEART_RATE, b"\x01", response=True)
        assert unwritable.value.code == BleakGATTProtocolErrorCode.WRITE_NOT_PERMITTED


async def test_the_callback_is_called_on_our_own_disconnect_too(tmp_path: Path) -> None:
    ended: list[str] = []
    async with world("tcp", tmp_path) as w:
        client = w.client(await w.find("51ADA001"), lambda c: ended.append(c.address))
        await client.connect()
        await client.disconnect()
        assert ended == [w.straps[0]["address"]]
        await client.disconnect()
        assert len(ended) == 1
        with pytest.raises(BleakError):
            await client.read_gatt_char(SERIAL_NUMBER)


async def test_an_address_is_enough_and_an_unknown_one_is_told(tmp_path: Path) -> None:
    async with world("tcp", tmp_path) as w:
        async with w.client(w.straps[1]["address"].lower()) as client:
            assert await client.read_gatt_char(SERIAL_NUMBER) == b"51ADA002"
        with pytest.raises(BleakDeviceNotFoundError):
            await w.client("C0:00:00:00:00:01", timeout=0.5).connect()


async def test_connects_at_once_wait_for_each_other(tmp_path: Path) -> None:
    async with world("tcp", tmp_path, count=5) as w:
        devices = [await w.find(strap["serial"]) for strap in w.straps]
        clients = [w.client(device) for device in devices]
        await asyncio.gather(*(client.connect() for client in clients))
        serials = [bytes(await client.read_gatt_char(SERIAL_NUMBER)) for client in clients]
        assert serials == [strap["serial"].encode() for strap in w.straps]
        await asyncio.gather(*(client.disconnect() for client in clients))


async def test_pairing_just_works(tmp_path: Path) -> None:
    async with world("tcp", tmp_path) as w, w.client(await w.find("51ADA001")) as client:
        await client.pair()
        assert await client.read_gatt_char(SERIAL_NUMBER) == b"51ADA001"
        await client.unpair()
        assert not client.is_connected


async def test_a_cancelled_read_leaves_no_answer_to_the_next(tmp_path: Path) -> None:
    """With slow air, the first answer comes while the second is awaited."""
    slow = 'kind = "delay"\nfor_s = 60\ndelay_ms = 100\njitter_ms = 0'
    async with world("tcp", tmp_path, slow) as w, w.client(await w.find("51ADA001")) as client:
        w.begin_trouble()
        await until(lambda: bool(w.truth("fault_begins")))
        reading = asyncio.create_task(client.read_gatt_char(full_uuid("2a29")))
        await asyncio.sleep(0.05)
        reading.cancel()
        with pytest.raises(asyncio.CancelledError):
            await reading
        assert await client.read_gatt_char(SERIAL_NUMBER) == b"51ADA001"


async def test_where_no_radio_is() -> None:
    for nowhere in ("127.0.0.1:1", "192.0.2.1:9000", "radio"):
        with pytest.raises(BleakBluetoothNotAvailableError):
            async with asyncio.timeout(PATIENCE_S), open_radio(nowhere):
                pytest.fail("there is no radio")
