"""Movesense sensor: heart rate, and acceleration through its GATT SensorData Protocol.

One acceleration subscription at a time. Its ECG, gyroscope, magnetometer, data logger and
resources to GET aren't simulated: they are answered with 501.
"""

import random
import re
from collections.abc import Sequence

from firmware_sim.strap import gatt
from firmware_sim.strap.battery import Battery
from firmware_sim.strap.device_information import movesense_information
from firmware_sim.strap.gsp_bytes import Command, Status, encode_hello, encode_status
from firmware_sim.strap.gsp_subscription import ACC_RATES_HZ, Subscription
from firmware_sim.strap.heart_rate_strap import HeartRateStrap
from firmware_sim.strap.identity import Identity
from firmware_sim.strap.pod import PodSignal
from firmware_sim.strap.sample_rate import RateWander, draw_rate_error
from firmware_sim.strap.strap import Advertisement, Outgoing, Service
from firmware_sim.strap.wearer import Wearer
from protocol.ble import uuids

MOVESENSE_16_BIT = "fdf3"  # advertised in place of the 128-bit service
_ATT_HEADER_BYTES = 3
_ACC_PATH = re.compile(rb"/Meas/Acc/(\d{1,5})\x00?")
_TEXTS = ("Movesense SIMULATED", "00-00-00-00-00-00", "GATT sensor", "2.3.1")


class Movesense(HeartRateStrap):
    """A Strap as a Movesense with its default firmware, 2.3."""

    def __init__(
        self, serial: str, wearer: Wearer, battery: Battery, start_ns: int, rng: random.Random
    ) -> None:
        identity = Identity(serial, "movesense", f"Movesense {serial}")
        information = movesense_information(serial)
        super().__init__(identity, information, wearer, battery, start_ns, rng)
        self._rng = rng
        self._rate_error = draw_rate_error(rng)
        self._booted_ns = start_ns - rng.randint(60, 900) * 1_000_000_000
        self._chest_mg = PodSignal(wearer.chest_mg, self._troubles)
        self._subscriptions: dict[int, Subscription] = {}

    @property
    def services(self) -> Sequence[Service]:
        """Heart rate, device information, battery, SensorData."""
        return (*super().services, gatt.MOVESENSE)

    def _make_advertisement(self, now_ns: int) -> Advertisement:
        del now_ns
        return Advertisement(self.name, (MOVESENSE_16_BIT, uuids.HEART_RATE_SERVICE), b"")

    def disconnect(self, now_ns: int) -> None:
        """Subscriptions belong to the link here."""
        super().disconnect(now_ns)
        self._subscriptions.clear()

    def write(self, characteristic: str, payload: bytes, now_ns: int) -> Sequence[Outgoing]:
        """A command; its answer is lost if nobody armed the notification."""
        if characteristic != uuids.MOVESENSE_COMMAND:
            return super().write(characteristic, payload, now_ns)
        self._look(now_ns)
        if len(payload) < 2 or payload[1] == 0:  # no reference to answer to
            return []
        outgoing = Outgoing(uuids.MOVESENSE_RESPONSE, self._answer(payload, now_ns))
        return [outgoing] if self._link.passes(outgoing) else []

    def _answer(self, payload: bytes, now_ns: int) -> bytes:
        command, reference = payload[0], payload[1]
        match command:
            case Command.HELLO:
                return encode_hello(reference, (self.serial, *_TEXTS))
            case Command.SUBSCRIBE:
                return encode_status(reference, self._subscribe_to(reference, payload[2:], now_ns))
            case Command.UNSUBSCRIBE:
                known = self._subscriptions.pop(reference, None) is not None
                return encode_status(reference, Status.OK if known else Status.NOT_FOUND)
        return encode_status(reference, Status.NOT_IMPLEMENTED)

    def _subscribe_to(self, reference: int, path: bytes, now_ns: int) -> Status:
        wanted = _ACC_PATH.fullmatch(path)
        if wanted is None:
            return Status.NOT_IMPLEMENTED if path.startswith(b"/Meas/") else Status.NOT_FOUND
        rate_hz = int(wanted[1])
        if rate_hz not in ACC_RATES_HZ:
            return Status.NOT_IMPLEMENTED
        if reference in self._subscriptions:
            return Status.CONFLICT
        if self._subscriptions:
            return Status.INSUFFICIENT_STORAGE
        wander = RateWander(self._rate_error, self._rng)
        self._subscriptions[reference] = Subscription(
            reference, rate_hz, self._chest_mg, wander, now_ns
        )
        return Status.OK

    def next_tick_ns(self, now_ns: int) -> int:
        """When a report or a packet is next due."""
        packets_ns = [each.next_packet_ns for each in self._subscriptions.values()]
        return min([super().next_tick_ns(now_ns), *packets_ns])

    def _due(self, now_ns: int) -> list[tuple[int, Outgoing]]:
        due = super()._due(now_ns)
        for subscription in self._subscriptions.values():
            for at_ns, value in subscription.take_packets(now_ns, self._booted_ns):
                if len(value) <= self._link.att_mtu - _ATT_HEADER_BYTES:  # else it can't be sent
                    due.append((at_ns, Outgoing(uuids.MOVESENSE_RESPONSE, value)))
        return due

    @property
    def _is_measuring(self) -> bool:
        return bool(self._subscriptions)

    def _power_on(self, now_ns: int) -> None:
        self._booted_ns = now_ns
        self._subscriptions.clear()
