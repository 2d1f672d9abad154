"""A controller's end of a connection, joined to the other end by an air link."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from bumble import controller as bumble_controller
from bumble import hci, ll

_ACL_FIRST, _ACL_CONTINUED = 2, 1  # packet boundary flags, Core Specification Vol 4 Part E 5.4.2


class Air(Protocol):
    """What an end needs of the link that joins it to its peer."""

    @property
    def is_up(self) -> bool: ...
    def peer_of(self, end: "AirConnection") -> "AirConnection": ...
    def carry(self, sender: "AirConnection", arrive: Callable[[], None]) -> None: ...
    def supervise_for(self, timeout: int) -> None: ...
    def terminate(self, end: "AirConnection", reason: int) -> None: ...


@dataclass
class AirConnection(bumble_controller.Connection):
    """One end. Data goes to the peer that the link names, not to whoever owns an address: Bumble
    routes by the sender's random address, which a central with a public address doesn't have."""

    air: Air | None = None

    def on_acl_pdu(self, pdu: bytes) -> None:
        """The host sends a whole L2CAP PDU."""
        if self.air is not None:
            peer = self.air.peer_of(self)
            self.air.carry(self, lambda: peer.receive(pdu))

    def send_ll_control_pdu(self, packet: ll.ControlPdu) -> None:
        """The controller sends a link-layer control PDU, in order with the data."""
        if self.air is None:
            return
        if isinstance(packet, ll.TerminateInd):
            self.air.terminate(self, packet.error_code)
            return
        if isinstance(packet, ll.ConnectionUpdateInd):
            self.air.supervise_for(packet.timeout)
        peer = self.air.peer_of(self)
        self.air.carry(self, lambda: peer.receive_control(packet))

    def receive(self, pdu: bytes) -> None:
        """A whole L2CAP PDU arrives: give it to the host in ACL packets of the buffer's size."""
        size = self.controller.le_acl_data_packet_length
        for at in range(0, len(pdu), size):
            part = pdu[at : at + size]
            boundary = _ACL_CONTINUED if at else _ACL_FIRST
            packet = hci.HCI_AclDataPacket(self.handle, boundary, 0, len(part), part)
            self.controller.send_hci_packet(packet)

    def receive_control(self, packet: ll.ControlPdu) -> None:
        """A link-layer control PDU arrives."""
        self.controller.on_ll_control_pdu(self.peer_address, packet)

    def leave(self, reason: int) -> None:
        """This side's host or firmware ends the link: its peer hears `reason`, itself 0x16."""
        self.send_ll_control_pdu(ll.TerminateInd(reason))
        self.end(hci.HCI_ErrorCode.CONNECTION_TERMINATED_BY_LOCAL_HOST_ERROR)

    def end(self, reason: int) -> None:
        """The link is over: the host hears the reason."""
        self.controller.on_le_disconnected(self, reason)
