"""What a strap sends by itself, on its way from the firmware to the link."""

import asyncio
import logging
import struct
from collections.abc import Sequence

from bumble import att, hci
from bumble import device as bumble_device

from firmware_sim.radio.controller import VirtualController
from firmware_sim.radio.gatt_table import GattTable
from firmware_sim.strap.strap import Outgoing
from firmware_sim.truth import Truth

_log = logging.getLogger(__name__)

_ATT_HEADER_BYTES = 3  # opcode and handle, Core Specification Vol 3 Part F 3.4.7.1
_POLITE = hci.HCI_ErrorCode.REMOTE_USER_TERMINATED_CONNECTION_ERROR


class Sender:
    """Each value goes to the truth log before it goes to the link, and only while the link is up:
    from there to the central's host nothing can lose it."""

    def __init__(
        self,
        serial: str,
        device: bumble_device.Device,
        table: GattTable,
        chip: VirtualController,
        truth: Truth,
    ) -> None:
        self._serial, self._device, self._table = serial, device, table
        self._chip, self._truth = chip, truth
        self._connection: bumble_device.Connection | None = None
        self._indications: asyncio.Queue[Outgoing] = asyncio.Queue()
        self._indicator: asyncio.Task[None] | None = None

    def begin_link(self, connection: bumble_device.Connection) -> None:
        """A central connected; what waited for the one before is nobody's."""
        self._connection = connection
        self._indications = asyncio.Queue()
        self._indicator = asyncio.create_task(self._indicate(connection, self._indications))
        self._indicator.add_done_callback(_log_failure)

    def end_link(self) -> None:
        """The link is gone, or never was."""
        self._connection = None
        if self._indicator is not None:
            self._indicator.cancel()
            self._indicator = None

    def send(self, values: Sequence[Outgoing]) -> None:
        """Notifications at once, indications in their turn."""
        for value in values:
            if value.indication:
                self._indications.put_nowait(value)
            else:
                self._notify(value)

    def _notify(self, value: Outgoing) -> None:
        link, connection = self._chip.live_link, self._connection
        if link is None or connection is None:
            return
        if len(value.payload) > connection.att_mtu - _ATT_HEADER_BYTES:
            _log.error(
                "strap %s has a value of %d bytes for ATT_MTU %d; it is not sent",
                self._serial, len(value.payload), connection.att_mtu,
            )  # fmt: skip
            return
        if not link.has_room:
            self._truth.overflowed(self._serial, value.characteristic, value.payload)
            return
        self._truth.sent(self._serial, value.characteristic, value.payload)
        handle = self._table.by_name[value.characteristic].handle
        opcode = att.Opcode.ATT_HANDLE_VALUE_NOTIFICATION
        pdu = struct.pack("<BH", opcode, handle) + value.payload
        connection.send_l2cap_pdu(att.ATT_CID, pdu)

    async def _indicate(
        self, connection: bumble_device.Connection, values: asyncio.Queue[Outgoing]
    ) -> None:
        """One at a time, each confirmed; in a task of its own, for inside the write that caused it
        the confirmation could never arrive."""
        while True:
            value = await values.get()
            if self._chip.live_link is None:
                continue
            self._truth.sent(self._serial, value.characteristic, value.payload)
            characteristic = self._table.by_name[value.characteristic]
            try:
                await self._device.gatt_server.indicate_subscriber(
                    connection, characteristic, value.payload, force=True
                )
            except TimeoutError:
                self._chip.drop(_POLITE)  # Core Specification Vol 3 Part F 3.3.3: no more on it


def _log_failure(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and task.exception() is not None:
        _log.error("indications of a strap stopped", exc_info=task.exception())
