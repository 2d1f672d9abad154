"""Bumble's host without the cost of its log: it formats every packet even when nobody reads it."""

from typing import Any

from bumble import hci
from bumble import host as bumble_host


class QuietHost(bumble_host.Host):
    """A host for one controller; probes for no vendor's chip."""

    def send_hci_packet(self, packet: hci.HCI_Packet) -> None:
        """To the controller, at once."""
        if self.hci_sink:
            self.hci_sink.on_packet(bytes(packet))

    def on_hci_packet(self, packet: hci.HCI_Packet) -> None:
        """From the controller."""
        if isinstance(packet, hci.HCI_AclDataPacket):
            self.on_hci_acl_data_packet(packet)
        elif isinstance(packet, hci.HCI_Event):
            self.on_hci_event_packet(packet)

    async def reset(self, driver_factory: Any = None) -> None:
        """Reset the controller and ask what it can do."""
        await super().reset(driver_factory)
