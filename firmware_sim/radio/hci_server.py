"""Standard HCI (H4 over TCP) to the virtual radio, a controller of its own for each client."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count

from bumble import core, hci
from bumble.transport.common import PacketParser

from firmware_sim.errors import RadioError
from firmware_sim.radio.addresses import adapter_address
from firmware_sim.radio.controller import VirtualController
from firmware_sim.radio.endpoint import Endpoint
from firmware_sim.radio.virtual_radio import VirtualRadio

_log = logging.getLogger(__name__)

# A host that leaves this much unread is stuck: straps then keep what they have, as on real air.
_STUCK_ABOVE_BYTES = 256 * 1024


class _TcpController(VirtualController):
    """A controller whose host is at the other end of a TCP connection."""

    transport: asyncio.Transport | None = None

    def send_hci_packet(self, packet: hci.HCI_Packet) -> None:
        """To the host, at once and in order: nothing is between the air and the socket."""
        if self.transport is not None and not self.transport.is_closing():
            self.transport.write(bytes(packet))


class _Client(asyncio.Protocol):
    def __init__(self, radio: VirtualRadio, number: int, clients: set["_Client"]) -> None:
        self._radio = radio
        self._clients = clients
        self._chip = _TcpController(f"adapter {number}", radio, adapter_address(number))
        self._parser = PacketParser(self._chip)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if isinstance(transport, asyncio.Transport):
            transport.set_write_buffer_limits(high=_STUCK_ABOVE_BYTES)
            self._chip.transport = transport
            self._clients.add(self)

    def hang_up(self) -> None:
        """Close the connection now."""
        if self._chip.transport is not None:
            self._chip.transport.abort()

    def data_received(self, data: bytes) -> None:
        try:
            self._parser.feed_data(data)
        except core.InvalidPacketError as error:
            _log.warning("a client of the radio doesn't speak H4 (%s); it is hung up on", error)
            self.hang_up()

    def pause_writing(self) -> None:
        self._radio.set_host_stuck(self._chip, stuck=True)

    def resume_writing(self) -> None:
        self._radio.set_host_stuck(self._chip, stuck=False)

    def connection_lost(self, exc: Exception | None) -> None:
        self._clients.discard(self)
        self._chip.transport = None
        self._radio.unplug(self._chip)


@asynccontextmanager
async def serve_hci(radio: VirtualRadio, listen: Endpoint) -> AsyncIterator[Endpoint]:
    """Serve until the block ends; yields where, with the port that port 0 became.

    Raises RadioError when the port is taken.
    """
    numbers = count(1)
    clients: set[_Client] = set()
    loop = asyncio.get_running_loop()
    try:
        server = await loop.create_server(
            lambda: _Client(radio, next(numbers), clients), listen.host, listen.port
        )
    except OSError as error:
        raise RadioError(
            f"the radio can't listen on {listen}: {error.strerror or error};"
            " choose another port with --listen, or port 0 for any free one"
        ) from error
    try:
        yield Endpoint(listen.host, server.sockets[0].getsockname()[1])
    finally:
        server.close()
        for client in list(clients):
            client.hang_up()
