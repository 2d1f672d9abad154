"""The gateway's side: one Bluetooth adapter, plugged into a radio that may come and go."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager

from bleak.exc import BleakBluetoothNotAvailableError, BleakBluetoothNotAvailableReason
from bumble import core, hci
from bumble import device as bumble_device
from bumble.transport.common import Transport

from firmware_sim.radio.connect_attempts import ConnectAttempts, Peer
from firmware_sim.radio.host import QuietHost

_log = logging.getLogger(__name__)

OpenTransport = Callable[[], Awaitable[Transport]]
AdvertisementCallback = Callable[[bumble_device.Advertisement], None]

_PLUG_IN_AGAIN_AFTER_S = 0.5
_COMMAND_ANSWER_WITHIN_S = 10.0  # a controller answers in milliseconds; a dead one never
_SCAN_MS = 60.0


class Adapter:
    """One host on one controller. While the radio is away every call raises
    BleakBluetoothNotAvailableError, all links end, and scans resume when it is back."""

    def __init__(self, open_transport: OpenTransport) -> None:
        self._open_transport = open_transport
        self._own_address = hci.Address.generate_static_address()
        self._device: bumble_device.Device | None = None
        self._transport: Transport | None = None
        self._attempts = ConnectAttempts(lambda: self.device)
        self._listeners: dict[AdvertisementCallback, bool] = {}

    @property
    def device(self) -> bumble_device.Device:
        """The host. Raises BleakBluetoothNotAvailableError while the radio is away."""
        if self._device is None:
            raise BleakBluetoothNotAvailableError(
                "the virtual radio is away; is 'doseline-sim straps' running?",
                BleakBluetoothNotAvailableReason.POWERED_OFF,
            )
        return self._device

    async def connect(self, peer: Peer, timeout_s: float) -> bumble_device.Connection:
        """A link to this peer. Raises TimeoutError, or BleakError when the radio says no."""
        return await self._attempts.connect(peer, timeout_s)

    # Plugging in

    async def plug_in(self) -> None:
        """Reach the radio and reset the controller. Raises OSError when nobody is there."""
        transport = await self._open_transport()
        host = QuietHost(transport.source, transport.sink)
        config = bumble_device.DeviceConfiguration(
            name="doseline gateway", address=self._own_address
        )
        device = bumble_device.Device(config=config, host=host)
        device.on(device.EVENT_ADVERTISEMENT, self._on_advertisement)
        try:
            async with asyncio.timeout(_COMMAND_ANSWER_WITHIN_S):
                await device.power_on()
                await self._scan_as_wanted(device)
        except (TimeoutError, core.BaseBumbleError) as error:
            await transport.close()
            raise OSError("what answers there is no Bluetooth controller") from error
        self._device, self._transport = device, transport

    async def stay_plugged_in(self) -> None:
        """Wait until the radio goes away, drop all links, and plug in again, for ever."""
        while True:
            if self._transport is not None:
                await asyncio.shield(self._transport.source.terminated)
                await self.unplug()
                _log.warning("the virtual radio went away; trying to reach it again")
            await asyncio.sleep(_PLUG_IN_AGAIN_AFTER_S)
            try:
                await self.plug_in()
            except OSError as error:
                _log.debug("the virtual radio is still away: %s", error)
            else:
                _log.info("the virtual radio is back")

    async def unplug(self) -> None:
        """Leave the radio; clients hear that their links are lost."""
        device, transport = self._device, self._transport
        self._device = self._transport = None
        if device is not None:
            device.host.emit("flush")
        if transport is not None:
            await transport.close()

    # Scanning

    async def listen(self, heard: AdvertisementCallback, *, active: bool) -> None:
        """Give every advertisement to `heard` from now on.

        Raises BleakBluetoothNotAvailableError when the radio goes away, or is silent.
        """
        device = self.device
        self._listeners[heard] = active
        with _silence_as_absence():
            await self._scan_as_wanted(device)

    async def stop_listening(self, heard: AdvertisementCallback) -> None:
        """No more for `heard`; scanning stops with the last listener."""
        self._listeners.pop(heard, None)
        if self._device is not None and not self._listeners:
            with _silence_as_absence():
                await self._device.stop_scanning(legacy=True)

    async def _scan_as_wanted(self, device: bumble_device.Device) -> None:
        if not self._listeners:
            return
        if device.is_scanning:
            await device.stop_scanning(legacy=True)
        active = any(self._listeners.values())
        await device.start_scanning(
            legacy=True, active=active, scan_interval=_SCAN_MS, scan_window=_SCAN_MS
        )

    def _on_advertisement(self, advertisement: bumble_device.Advertisement) -> None:
        for heard in list(self._listeners):
            heard(advertisement)


@contextmanager
def _silence_as_absence() -> Iterator[None]:
    """A command that a dying radio no longer answers says the same as a radio that is away."""
    try:
        yield
    except (core.BaseBumbleError, TimeoutError) as error:
        raise BleakBluetoothNotAvailableError(
            "the virtual radio gives no answer",
            BleakBluetoothNotAvailableReason.POWERED_OFF,
        ) from error


@asynccontextmanager
async def plugged_in(adapter: Adapter) -> AsyncIterator[None]:
    """Keep an adapter plugged in for the length of the block, and unplug it then."""
    staying = asyncio.create_task(adapter.stay_plugged_in())
    try:
        yield
    finally:
        staying.cancel()
        await asyncio.gather(staying, return_exceptions=True)
        await adapter.unplug()
