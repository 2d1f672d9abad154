"""One long-lived scanner: each advertisement of a strap is a wake-up, nothing more."""

import asyncio
import logging
from collections.abc import Callable

from bleak import BleakScanner
from bleak.backends.device import BLEDevice
from bleak.backends.scanner import AdvertisementData

from gateway.clock import NS_PER_S, AlarmClock
from gateway.straps.backend import Backend
from gateway.straps.backoff import backoff_s
from gateway.straps.faults import RADIO_ERRORS, describe
from gateway.straps.patience import within
from protocol.ble.advertising import decode_name

log = logging.getLogger(__name__)

START_S = 10.0
RENEW_S = 120.0  # a scan that has heard nothing for so long is started again (BlueZ can go deaf)

StrapSeenCallback = Callable[[str, BLEDevice, int], None]


class Scanner:
    """Tells of every advertisement whose name ends in a serial: (serial, device, RSSI in dBm)."""

    def __init__(self, backend: Backend, clock: AlarmClock, seen: StrapSeenCallback) -> None:
        self._backend = backend
        self._clock = clock
        self._seen = seen
        self._heard_ns = 0
        self.trouble: str | None = None  # why it doesn't scan, in one sentence
        self.scans: bool | None = None  # None: the first scan has neither begun nor failed

    async def run(self) -> None:
        """Scan until cancelled; a radio that fails is tried again, with one warning."""
        failures = 0
        while True:
            try:
                await self._scan()
                failures = 0
            except RADIO_ERRORS as error:
                failures += 1
                self._failed(describe(error))
            await self._pause(backoff_s(failures, 1.0))

    async def _scan(self) -> None:
        """One scan, until nothing has been heard for a long time."""
        scanner = self._backend.make_scanner(self._heard)
        self._heard_ns = self._clock.now().monotonic_ns
        try:
            await within(self._clock, START_S, scanner.start())
            self._works()
            while self._silent_s() < RENEW_S:
                await self._pause(RENEW_S - self._silent_s())
            log.debug("no advertisement for %.0f s: the scan is started again", RENEW_S)
        finally:
            await self._end(scanner)

    async def _end(self, scanner: BleakScanner) -> None:
        try:
            await within(self._clock, START_S, scanner.stop())
        except RADIO_ERRORS as error:
            log.debug("the scan doesn't stop: %s", describe(error))

    def _silent_s(self) -> float:
        return (self._clock.now().monotonic_ns - self._heard_ns) / NS_PER_S

    async def _pause(self, wait_s: float) -> None:
        over = asyncio.Event()
        due_ns = self._clock.now().monotonic_ns + round(wait_s * NS_PER_S)
        cancel = self._clock.call_at(due_ns, over.set)
        try:
            await over.wait()
        finally:
            cancel()

    def _failed(self, sentence: str) -> None:
        level = logging.WARNING if self.trouble is None else logging.DEBUG
        log.log(level, "no scan, so no strap can be found: %s", sentence)
        self.trouble, self.scans = sentence, False

    def _works(self) -> None:
        if self.trouble is not None:
            log.info("scanning again")
        self.trouble, self.scans = None, True

    def _heard(self, device: BLEDevice, said: AdvertisementData) -> None:
        self._heard_ns = self._clock.now().monotonic_ns
        name = decode_name(said.local_name or device.name)
        if name is not None:
            self._seen(name.serial, device, said.rssi)
