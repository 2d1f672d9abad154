"""The air that all simulated straps and all adapters share.

Modelled: who hears whom, advertising at its true pace with scan responses and signal strength,
connections with their supervision time (0x08 on both ends when it passes), silence of one side
(out of range, no power, fades), delay and jitter in order, refusal (0x3E), hosts that die or take
no more bytes. Of two devices with one address an attempt to connect reaches the one that advertises
next; a host has one link to an address (0x0B on a second), two hosts may have one each.
Not modelled: airtime, collisions and the limit on connections that real adapters have (an ordinary
one stops at 5 to 7); connection intervals (frames arrive at once unless a delay is ordered); lost
packets other than as delay; accept lists; extended advertising, privacy, isochronous channels.
"""

import random
from collections.abc import Iterable

from bumble import controller as bumble_controller
from bumble import hci, ll
from bumble import link as bumble_link
from bumble.core import PhysicalTransport

from firmware_sim.radio.advertiser import AirAdvertisement
from firmware_sim.radio.air_connection import AirConnection
from firmware_sim.radio.air_link import AirLink
from firmware_sim.radio.air_queue import Delay
from firmware_sim.radio.controller import VirtualController

# A hall with the gateway at one wall: figures of the size that phones show for a worn strap.
_NEAREST_DBM, _FARTHEST_DBM = -50, -78
_FLICKER_DB = 4
_ACL = hci.HCI_Connection_Complete_Event.LinkType.ACL


class VirtualRadio(bumble_link.LocalLink):
    """All controllers within reach of each other. Chance comes from `rng` alone."""

    def __init__(self, rng: random.Random) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.rng = rng
        self._loudness_dbm: dict[str, int] = {}

    @property
    def chips(self) -> Iterable[VirtualController]:
        """The controllers that are on the air."""
        return [chip for chip in self.controllers if isinstance(chip, VirtualController)]

    @property
    def is_anyone_listening(self) -> bool:
        """False when an advertisement would reach nobody."""
        return any(chip.is_listening for chip in self.chips)

    def rssi_dbm(self, chip: VirtualController) -> int:
        """Strength at which others hear it now: its place in the hall, and some flicker."""
        place = self._loudness_dbm.get(chip.name)
        if place is None:
            place = self.rng.randint(_FARTHEST_DBM, _NEAREST_DBM)
            self._loudness_dbm[chip.name] = place
        return place + self.rng.randint(-_FLICKER_DB, _FLICKER_DB)

    def send_advertising_pdu(
        self, sender_controller: bumble_controller.Controller, packet: ll.AdvertisingPdu
    ) -> None:
        """Everyone who listens hears it, unless the sender or the listener is silent."""
        if not isinstance(packet, AirAdvertisement) or not packet.sender:
            return
        if packet.sender.reach.is_silent:
            return
        for chip in self.chips:
            if chip is not packet.sender and chip.is_listening and not chip.reach.is_silent:
                chip.on_advertising_pdu(packet)
            if not packet.sender.le_legacy_advertiser.enabled:
                return  # someone connected

    def connect(self, central: VirtualController, peripheral: VirtualController) -> None:
        """The central's pending attempt meets this advertiser."""
        wanted = central.pending_le_connection
        if not isinstance(wanted, hci.HCI_LE_Create_Connection_Command):
            return
        central.pending_le_connection = None
        address = wanted.peer_address
        if address in central.le_connections:
            central.report_connection(address, hci.HCI_ErrorCode.CONNECTION_ALREADY_EXISTS_ERROR)
            return
        if peripheral.refuses_connections:
            failed = hci.HCI_ErrorCode.CONNECTION_FAILED_TO_BE_ESTABLISHED_ERROR
            central.report_connection(address, failed)
            return
        self._join(central, peripheral, wanted)

    def _join(
        self,
        central: VirtualController,
        peripheral: VirtualController,
        wanted: hci.HCI_LE_Create_Connection_Command,
    ) -> None:
        is_public = wanted.own_address_type == hci.OwnAddressType.PUBLIC
        own_address = central.public_address if is_public else central.random_address
        near = _new_end(central, hci.Role.CENTRAL, own_address, wanted.peer_address)
        far = _new_end(peripheral, hci.Role.PERIPHERAL, wanted.peer_address, own_address)
        reaches = (central.reach, peripheral.reach)
        link = AirLink(near, far, reaches, wanted.supervision_timeout, self.rng)
        link.delay = peripheral.delay
        parameters = (
            wanted.connection_interval_min,
            wanted.max_latency,
            wanted.supervision_timeout,
        )
        peripheral.le_legacy_advertiser.stop()
        peripheral.join(link, far, parameters)
        central.join(link, near, parameters)

    # What a fault orders

    def set_silent(self, chip: VirtualController, *, silent: bool) -> None:
        """Take a controller out of everyone's reach, or bring it back."""
        chip.reach.is_silent = silent
        for link in chip.air_links:
            link.reach_changed()

    def set_host_stuck(self, chip: VirtualController, *, stuck: bool) -> None:
        """The controller's host takes no more bytes for now, or takes them again."""
        chip.reach.is_host_stuck = stuck
        for link in chip.air_links:
            link.reach_changed()

    def set_delay(self, chip: VirtualController, delay: Delay) -> None:
        """Delay all frames on this controller's links, now and to come."""
        chip.delay = delay
        for link in chip.air_links:
            link.delay = delay

    def unplug(self, chip: VirtualController) -> None:
        """A controller is gone for good; its peers notice after their supervision time."""
        chip.vanish()
        chip.host = None
        self.remove_controller(chip)


def _new_end(
    chip: VirtualController, role: hci.Role, own: hci.Address, peer: hci.Address
) -> AirConnection:
    return AirConnection(
        controller=chip,
        handle=chip.allocate_connection_handle(),
        role=role,
        self_address=own,
        peer_address=peer,
        link=chip.radio,
        transport=PhysicalTransport.LE,
        link_type=_ACL,
    )
