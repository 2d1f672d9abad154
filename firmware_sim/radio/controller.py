"""A Bluetooth LE controller as a host sees it over HCI, on our virtual air.

What Bumble's own controller leaves out, and this one does: create-connection cancel, HCI_Reset
that clears, the true connection parameters on both sides, the local reason of a disconnection,
scan responses, duplicate filtering, errors for unknown commands, 251-byte buffers.
Extended advertising and LL privacy are masked out: a Linux host then asks for neither.
"""

import asyncio
import struct
from typing import TYPE_CHECKING

from bumble import controller as bumble_controller
from bumble import core, hci, ll

from firmware_sim.radio.advertiser import AirAdvertisement, AirAdvertiser
from firmware_sim.radio.air_connection import AirConnection
from firmware_sim.radio.link_keeper import LinkKeeper

if TYPE_CHECKING:
    from firmware_sim.radio.virtual_radio import VirtualRadio

# One notification of an H10 (233 bytes with its headers) fits one data PDU of 251, the most that
# LE data length extension allows; with Bumble's 27 the same costs about twice the CPU.
_ACL_BYTES = 251
_UNSUPPORTED = (
    hci.LeFeatureMask.LL_PRIVACY
    | hci.LeFeatureMask.LE_EXTENDED_ADVERTISING
    | hci.LeFeatureMask.LE_PERIODIC_ADVERTISING
)
_Report = hci.HCI_LE_Advertising_Report_Event.Report
_Kind = hci.HCI_LE_Advertising_Report_Event.EventType
_ACTIVE_SCANNING = 0x01  # LE_Scan_Type, Core Specification Vol 4 Part E 7.8.10


class VirtualController(LinkKeeper):
    """One radio chip, part of a `VirtualRadio`."""

    acl_data_packet_length = _ACL_BYTES
    le_acl_data_packet_length = _ACL_BYTES
    supported_max_tx_octets = _ACL_BYTES
    supported_max_rx_octets = _ACL_BYTES
    suggested_max_tx_octets = _ACL_BYTES
    le_legacy_advertiser: AirAdvertiser
    le_features = bumble_controller.Controller.le_features & ~_UNSUPPORTED

    def __init__(self, name: str, radio: "VirtualRadio", public_address: str | None = None) -> None:
        super().__init__(name, link=radio, public_address=public_address)
        self.radio = radio
        self.refuses_connections = False
        self.le_legacy_advertiser = AirAdvertiser(self)
        self._reported: set[bytes] = set()

    @property
    def is_listening(self) -> bool:
        """True when it hears advertisements."""
        return self.le_scan_enable or self.pending_le_connection is not None

    def on_packet(self, packet: bytes) -> None:
        """One HCI packet from the host. Bumble's own way formats every packet for its log."""
        try:
            parsed = hci.HCI_Packet.from_bytes(packet)
        except (core.BaseBumbleError, ValueError, IndexError, struct.error):
            self._refuse(packet)
        else:
            self.on_hci_packet(parsed)

    def on_hci_packet(self, packet: hci.HCI_Packet) -> None:
        """A command or data from the host; other packets have no business here."""
        if isinstance(packet, hci.HCI_AclDataPacket):
            self.on_hci_acl_data_packet(packet)
        elif isinstance(packet, hci.HCI_Command):
            self.on_hci_command_packet(packet)

    def send_hci_packet(self, packet: hci.HCI_Packet) -> None:
        """To the host, in the next turn of the loop."""
        if self.host:
            asyncio.get_running_loop().call_soon(self.host.on_packet, bytes(packet))

    def _refuse(self, packet: bytes) -> None:
        """Answer a command whose parameters can't be read; other packets have no answer."""
        if packet[0] == hci.HCI_COMMAND_PACKET:
            (opcode,) = struct.unpack_from("<H", packet, 1)
            self._answer_status(hci.HCI_ErrorCode.INVALID_COMMAND_PARAMETERS_ERROR, opcode)

    def _answer_status(self, status: int, opcode: int) -> None:
        self.send_hci_packet(
            hci.HCI_Command_Status_Event(
                status=status, num_hci_command_packets=1, command_opcode=opcode
            )
        )

    def vanish(self) -> None:
        """Forget everything without a word, as a chip does that loses power or is reset."""
        super().vanish()
        self.le_legacy_advertiser.stop()
        self.le_scan_enable = False
        self.pending_le_connection = None

    # What is heard

    def on_advertising_pdu(self, pdu: ll.AdvInd | ll.AdvExtInd) -> None:
        """Report an advertisement to the host, and connect if it is the one waited for."""
        if not isinstance(pdu, AirAdvertisement):
            return
        if self.le_scan_enable:
            self._report(_Kind.ADV_IND, pdu, pdu.data)
            if self.le_scan_type == _ACTIVE_SCANNING:
                self._report(_Kind.SCAN_RSP, pdu, pdu.scan_response)
        pending = self.pending_le_connection
        if pending and pdu.sender and pending.peer_address == pdu.advertiser_address:
            self.radio.connect(self, pdu.sender)

    def _report(self, kind: _Kind, pdu: AirAdvertisement, data: bytes) -> None:
        address = pdu.advertiser_address
        if self.filter_duplicates:
            key = bytes([kind]) + bytes(address)
            if key in self._reported:
                return
            self._reported.add(key)
        report = _Report(kind, address.address_type, address, data, pdu.rssi_dbm)
        self.send_hci_packet(hci.HCI_LE_Advertising_Report_Event([report]))

    # Commands

    def on_hci_command(self, command: hci.HCI_Command) -> hci.HCI_StatusReturnParameters | None:  # type: ignore[override]
        """An unknown command: Bumble leaves the host waiting for ever in some cases."""
        unknown = hci.HCI_ErrorCode.UNKNOWN_HCI_COMMAND_ERROR
        if isinstance(command, hci.HCI_SyncCommand):
            return hci.HCI_StatusReturnParameters(unknown)
        self._answer_status(unknown, command.op_code)
        return None

    def on_hci_reset_command(
        self, _command: hci.HCI_Reset_Command
    ) -> hci.HCI_StatusReturnParameters:
        """Core Specification Vol 4 Part E 7.3.2: back to the state after power-on."""
        self.vanish()
        self.filter_duplicates = False
        self.le_scan_type = 0
        return hci.HCI_StatusReturnParameters(hci.HCI_ErrorCode.SUCCESS)

    def on_hci_le_set_scan_enable_command(
        self, command: hci.HCI_LE_Set_Scan_Enable_Command
    ) -> hci.HCI_StatusReturnParameters:
        """7.8.11; each start of scanning forgets which duplicates were filtered."""
        self._reported.clear()
        return super().on_hci_le_set_scan_enable_command(command)

    def on_hci_le_create_connection_cancel_command(
        self, _command: hci.HCI_LE_Create_Connection_Cancel_Command
    ) -> hci.HCI_StatusReturnParameters:
        """7.8.13: the pending attempt ends with LE Connection Complete, status 0x02."""
        pending = self.pending_le_connection
        if pending is None:
            return hci.HCI_StatusReturnParameters(hci.HCI_ErrorCode.COMMAND_DISALLOWED_ERROR)
        self.pending_le_connection = None
        asyncio.get_running_loop().call_soon(
            self.report_connection,
            pending.peer_address,
            hci.HCI_ErrorCode.UNKNOWN_CONNECTION_IDENTIFIER_ERROR,
        )
        return hci.HCI_StatusReturnParameters(hci.HCI_ErrorCode.SUCCESS)

    def on_hci_disconnect_command(self, command: hci.HCI_Disconnect_Command) -> None:
        """7.1.6: the host that asked hears 0x16, the other one the reason given."""
        connection = self.find_le_connection_by_handle(command.connection_handle)
        if isinstance(connection, AirConnection):
            self._answer_status(hci.HCI_COMMAND_STATUS_PENDING, command.op_code)
            connection.leave(command.reason)
        else:
            unknown = hci.HCI_ErrorCode.UNKNOWN_CONNECTION_IDENTIFIER_ERROR
            self._answer_status(unknown, command.op_code)
