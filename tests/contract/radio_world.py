"""A few straps on a virtual radio, in this process or in another, behind one face."""

import asyncio
import json
import random
import sys
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bleak import BleakClient, BleakScanner
from bleak.backends.device import BLEDevice
from bleak.backends.scanner import AdvertisementDataCallback

from firmware_sim.radio.bleak_backend import open_radio, open_radio_here
from firmware_sim.radio.endpoint import Endpoint
from firmware_sim.radio.fleet_on_air import on_air
from firmware_sim.radio.hci_server import serve_hci
from firmware_sim.radio.trouble import Trouble
from firmware_sim.radio.virtual_radio import VirtualRadio
from firmware_sim.scenario.scenario import parse_scenario
from firmware_sim.strap.fleet import build_straps
from firmware_sim.truth import TruthLog

PATIENCE_S = 15.0  # a busy machine; what is waited for takes a second or two
START_ACC_200 = bytes.fromhex("02020001c8000101100002010800")  # ble-wire.md §3.6
HEART_RATE = "00002a37-0000-1000-8000-00805f9b34fb"
SERIAL_NUMBER = "00002a25-0000-1000-8000-00805f9b34fb"
HEART_RATE_SERVICE = "0000180d-0000-1000-8000-00805f9b34fb"
PMD_CONTROL_POINT = "fb005c81-02e7-f387-1cad-8acd2d8df0c8"
PMD_DATA = "fb005c82-02e7-f387-1cad-8acd2d8df0c8"
SHORT_NAMES = {HEART_RATE: "2a37"}

Value = tuple[str, bytes]  # characteristic as the truth names it, payload


@dataclass
class World:
    """Straps, how to reach them, and the trouble that `begin_trouble` lets loose."""

    straps: Sequence[Mapping[str, str]]
    begin_trouble: Callable[[], None]
    truth_file: Path
    parts: Mapping[str, Any] = field(default_factory=dict)

    def scanner(self, heard: AdvertisementDataCallback, **more: Any) -> BleakScanner:
        """An unmodified BleakScanner."""
        return BleakScanner(heard, backend=self.parts["scanner"], **self.parts["kwargs"] | more)

    def client(
        self,
        device: BLEDevice | str,
        lost: Callable[[BleakClient], None] | None = None,
        **more: Any,
    ) -> BleakClient:
        """An unmodified BleakClient."""
        return BleakClient(
            device, lost, backend=self.parts["client"], **self.parts["kwargs"] | more
        )

    async def find(self, serial: str) -> BLEDevice:
        """The strap whose name ends in this serial."""
        device = await self.find_or_none(serial, PATIENCE_S)
        assert device is not None, f"{serial} was never heard"
        return device

    async def find_or_none(self, serial: str, within_s: float) -> BLEDevice | None:
        """The same, or None when it isn't heard."""
        return await BleakScanner.find_device_by_filter(
            lambda _, said: (said.local_name or "").endswith(serial),
            timeout=within_s,
            backend=self.parts["scanner"],
            **self.parts["kwargs"],
        )

    def truth(self, kind: str = "sent") -> list[dict[str, Any]]:
        """The truth log's lines of this kind."""
        lines = [json.loads(line) for line in self.truth_file.read_text().splitlines()]
        return [line for line in lines if line["kind"] == kind]

    def sent(self) -> list[Value]:
        """What the straps sent, in order."""
        return [(s["characteristic"], bytes.fromhex(s["payload_hex"])) for s in self.truth()]


class Listening:
    """Collects what a client is sent."""

    def __init__(self) -> None:
        self.values: list[Value] = []

    async def subscribe(self, client: BleakClient, *characteristics: str) -> None:
        """Subscribe to these."""
        for characteristic in characteristics:
            await client.start_notify(characteristic, self._take)

    def _take(self, characteristic: Any, value: bytearray) -> None:
        name = SHORT_NAMES.get(characteristic.uuid, characteristic.uuid)
        self.values.append((name, bytes(value)))

    def count(self, characteristic: str) -> int:
        """How many values of this characteristic came."""
        return sum(name == characteristic for name, _ in self.values)


async def until(is_true: Callable[[], bool]) -> None:
    """Wait for something that will surely happen."""
    async with asyncio.timeout(PATIENCE_S):
        while not is_true():
            await asyncio.sleep(0.01)


@asynccontextmanager
async def world(
    place: str, folder: Path, trouble: str = "", count: int = 2
) -> AsyncIterator[World]:
    """Straps `here` (no TCP), behind `tcp` of this process, or in `another process`.

    `trouble` is the rest of one [[fault]] of strap 1, in TOML; it begins when asked for.
    """
    scenario = 'title = "test"\n'
    if trouble:
        scenario += f"[[fault]]\nat_s = 0\nstrap = 1\n{trouble}\n"
    open_world = _world_elsewhere if place == "another process" else _world_here
    async with open_world(place, folder / "truth.jsonl", scenario, count) as opened:
        yield opened


@asynccontextmanager
async def _world_here(
    place: str, truth_file: Path, scenario: str, count: int
) -> AsyncIterator[World]:
    radio = VirtualRadio(random.Random(1))
    straps = build_straps(count, start_ns=time.monotonic_ns())
    began_ns = time.monotonic_ns()
    faults = parse_scenario(scenario, "test").faults
    async with AsyncExitStack() as stack:
        truth = stack.enter_context(closing(TruthLog(truth_file)))
        peripherals = await stack.enter_async_context(on_air(straps, radio, truth, 1))
        trouble = Trouble(peripherals, radio, truth, 1)
        tasks: list[asyncio.Task[None]] = []

        def begin() -> None:
            running = trouble.run(faults, time.monotonic_ns(), began_ns)
            tasks.append(asyncio.create_task(running))

        told = [
            {"name": p.strap.name, "address": p.address, "serial": p.strap.serial}
            for p in peripherals
        ]
        opened = World(told, begin, truth_file)
        if place == "tcp":
            here = Endpoint("127.0.0.1", 0)
            where = await stack.enter_async_context(serve_hci(radio, here))
            opened.parts = await stack.enter_async_context(open_radio(str(where)))
        else:
            opened.parts = await stack.enter_async_context(open_radio_here(radio))
        try:
            yield opened
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


@asynccontextmanager
async def _world_elsewhere(
    _place: str, truth_file: Path, scenario: str, count: int
) -> AsyncIterator[World]:
    scenario_file = truth_file.with_name("scenario.toml")
    scenario_file.write_text(scenario)
    words = ["--count", str(count), "--truth", str(truth_file), "--scenario", str(scenario_file)]
    async with straps_process(*words) as (process, ready):
        pipe = process.stdin
        assert pipe is not None

        def begin() -> None:
            line = json.dumps({"start_monotonic_ns": time.monotonic_ns()})
            pipe.write(line.encode() + b"\n")

        async with open_radio(ready["ready"]) as parts:
            yield World(ready["straps"], begin, truth_file, parts)


@asynccontextmanager
async def straps_process(
    *words: str,
) -> AsyncIterator[tuple[asyncio.subprocess.Process, dict[str, Any]]]:
    """`doseline-sim straps` with these words, and its ready line."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "firmware_sim", "straps", *words),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        assert process.stdout is not None
        async with asyncio.timeout(PATIENCE_S):
            ready = json.loads(await process.stdout.readline())
        yield process, ready
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()
