"""One strap on the air: a GATT server that asks the strap and sends what the strap says."""

import asyncio
import time

from bumble import device as bumble_device
from bumble import hci

from firmware_sim.radio.advertising_data import AirBytes, encode_advertisement
from firmware_sim.radio.air_link import AirLink
from firmware_sim.radio.controller import VirtualController
from firmware_sim.radio.gatt_table import Answers, build_gatt_table
from firmware_sim.radio.host import QuietHost
from firmware_sim.radio.sender import Sender
from firmware_sim.radio.virtual_radio import VirtualRadio
from firmware_sim.strap.strap import Strap
from firmware_sim.truth import Truth

# What a strap answers to an MTU exchange: 232 is what an H10 says (ble-wire.md §3.1, seen on
# hardware); 247 fills one 251-byte PDU, the usual figure of other makers' chips.
_PREFERRED_ATT_MTU = {"h10": 232, "verity": 232}
_USUAL_ATT_MTU = 247
# Heart Rate Profile 1.0 §5.1.1 recommends up to 30 ms at first and 1 s or more later; between.
_ADVERTISING_INTERVAL_MS = 250.0
_LEAST_TICK_NS = 1_000_000  # a strap that is due for ever must not stop the others
_NS_PER_S = 1_000_000_000
_POLITE = hci.HCI_ErrorCode.REMOTE_USER_TERMINATED_CONNECTION_ERROR


class Peripheral:
    """Drives one strap in real time: asks it when something is due or a central wants to know."""

    def __init__(self, strap: Strap, address: str, radio: VirtualRadio, truth: Truth) -> None:
        self.strap = strap
        self.address = address
        self.chip = VirtualController(strap.serial, radio)
        self.chip.le_legacy_advertiser.say = self._say
        self._truth = truth
        self._table = build_gatt_table(
            strap.services, Answers(self._read, self._write, self._subscribe)
        )
        self._device = self._make_device()
        self._sender = Sender(strap.serial, self._device, self._table, self.chip, truth)
        self._is_on = False
        self._timer: asyncio.TimerHandle | None = None

    @property
    def link(self) -> AirLink | None:
        """The link to the central, while there is one."""
        return self.chip.live_link

    async def power_on(self) -> None:
        """Start advertising and the strap's own course of things."""
        await self._device.power_on()
        await self._device.start_advertising()
        self._is_on = True
        self.plan_tick()

    def power_off(self) -> None:
        """Stop for good."""
        self._is_on = False
        if self._timer is not None:
            self._timer.cancel()
        self._sender.end_link()
        self.chip.radio.unplug(self.chip)

    def _make_device(self) -> bumble_device.Device:
        config = bumble_device.DeviceConfiguration(
            name=self.strap.name,
            address=hci.Address(self.address),
            advertising_interval_min=_ADVERTISING_INTERVAL_MS,
            advertising_interval_max=_ADVERTISING_INTERVAL_MS,
        )
        device = bumble_device.Device(config=config, host=QuietHost(self.chip, self.chip))
        device.gatt_server.max_mtu = _PREFERRED_ATT_MTU.get(self.strap.model, _USUAL_ATT_MTU)
        device.add_services(self._table.services)
        device.on(device.EVENT_CONNECTION, self._on_connection)
        return device

    # The link comes and goes

    def _on_connection(self, connection: bumble_device.Connection) -> None:
        self._truth.linked(self.strap.serial)
        connection.on(connection.EVENT_DISCONNECTION, self._on_disconnection)
        connection.on(
            connection.EVENT_CONNECTION_ATT_MTU_UPDATE,
            lambda: self.strap.exchange_mtu(connection.att_mtu),
        )
        self._sender.begin_link(connection)
        self.strap.connect(time.monotonic_ns())
        self.plan_tick()

    def _on_disconnection(self, _reason: int) -> None:
        self._sender.end_link()
        self.strap.disconnect(time.monotonic_ns())
        if self._is_on:
            # Not by Bumble's auto_restart: its HCI commands would outlive a power-off.
            self.chip.le_legacy_advertiser.start()
            self.plan_tick()

    # What the central asks

    def _say(self) -> AirBytes | None:
        said = self.strap.advertisement(time.monotonic_ns())
        return encode_advertisement(said) if said else None

    def _read(self, characteristic: str) -> bytes:
        payload = self.strap.read(characteristic, time.monotonic_ns())
        self._truth.answered(self.strap.serial, characteristic, payload)
        return payload

    def _write(self, characteristic: str, payload: bytes) -> None:
        answers = self.strap.write(characteristic, payload, time.monotonic_ns())
        # After the write response, which Bumble sends when this returns.
        asyncio.get_running_loop().call_soon(self._sender.send, answers)
        self.plan_tick()

    def _subscribe(self, characteristic: str, notify: bool, indicate: bool) -> None:  # noqa: FBT001
        self.strap.subscribe(characteristic, notify=notify, indicate=indicate)
        self.plan_tick()

    # Time

    def plan_tick(self) -> None:
        """Ask the strap anew when it is next due; needed after anything that is done to it."""
        if self._timer is not None:
            self._timer.cancel()
        now_ns = time.monotonic_ns()
        wait_ns = max(self.strap.next_tick_ns(now_ns) - now_ns, _LEAST_TICK_NS)
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(wait_ns / _NS_PER_S, self._tick)

    def _tick(self) -> None:
        now_ns = time.monotonic_ns()
        try:
            self._sender.send(self.strap.tick(now_ns))
            if self.link is not None and self.strap.wants_to_drop(now_ns):
                self.chip.drop(_POLITE)
        finally:
            self.plan_tick()
