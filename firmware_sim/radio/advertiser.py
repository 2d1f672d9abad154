"""Advertising on the virtual air, at the pace real radios keep."""

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bumble import controller as bumble_controller
from bumble import hci, ll

from firmware_sim.radio.advertising_data import AirBytes

if TYPE_CHECKING:
    from collections.abc import Callable

    from firmware_sim.radio.controller import VirtualController

_INTERVAL_UNIT_S = 0.000625  # Core Specification Vol 4 Part E 7.8.5; Bumble counts it as 1 ms
_LEAST_INTERVAL_S = 0.02
_MOST_EXTRA_DELAY_S = 0.01  # advDelay, Core Specification Vol 6 Part B 4.4.2.2.1
_CONNECTABLE = hci.HCI_LE_Set_Advertising_Parameters_Command.AdvertisingType.ADV_IND


@dataclass
class AirAdvertisement(ll.AdvInd):
    """A connectable advertisement as it is heard, with what a scan request would bring."""

    scan_response: bytes = b""
    rssi_dbm: int = 0
    sender: "VirtualController | None" = None


class AirAdvertiser(bumble_controller.LegacyAdvertiser):
    """Advertises while enabled. `say` is asked anew each time; None stays silent until the next."""

    def __init__(self, controller: "VirtualController") -> None:
        super().__init__(controller)
        self.say: Callable[[], AirBytes | None] = self._say_what_the_host_set
        self._radio_chip = controller

    def start(self) -> None:
        """Begin, first after a random part of the interval so that many straps don't keep step."""
        self.stop()
        self.enabled = True
        self._arm(self._radio_chip.radio.rng.random() * self._interval_s)

    def send_advertising_data(self) -> None:
        """One advertising event."""
        if not self.enabled or self.advertising_type != _CONNECTABLE:
            return
        chip = self._radio_chip
        if not chip.radio.is_anyone_listening or (said := self.say()) is None:
            return
        chip.radio.send_advertising_pdu(
            chip,
            AirAdvertisement(
                advertiser_address=self.address,
                data=said.advertisement,
                scan_response=said.scan_response,
                rssi_dbm=chip.radio.rssi_dbm(chip),
                sender=chip,
            ),
        )

    @property
    def _interval_s(self) -> float:
        return max(self.advertising_interval_min * _INTERVAL_UNIT_S, _LEAST_INTERVAL_S)

    def _arm(self, delay_s: float) -> None:
        self.timer_handle = asyncio.get_running_loop().call_later(delay_s, self._event)

    def _event(self) -> None:
        extra_s = self._radio_chip.radio.rng.random() * _MOST_EXTRA_DELAY_S
        self._arm(self._interval_s + extra_s)
        self.send_advertising_data()

    def _say_what_the_host_set(self) -> AirBytes:
        return AirBytes(self.advertising_data, self.scan_response_data)
