"""The radio's port speaks standard HCI: a bare host that knows nothing of us drives it."""

import asyncio
import random
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from bumble import hci
from bumble.host import Host
from bumble.transport.tcp_client import open_tcp_client_transport

from firmware_sim.errors import RadioError
from firmware_sim.radio.endpoint import Endpoint
from firmware_sim.radio.fleet_on_air import on_air
from firmware_sim.radio.hci_server import serve_hci
from firmware_sim.radio.virtual_radio import VirtualRadio
from firmware_sim.strap.fleet import build_straps
from firmware_sim.truth import NoTruth
from tests.contract.radio_world import PATIENCE_S

STRAP = hci.Address("DF:93:9A:02:8A:54")  # of 51ADA001 with seed 1
NOBODY = hci.Address("C0:00:00:00:00:01")
HERE = Endpoint("127.0.0.1", 0)


class RecordingHost(Host):
    """Bumble's host, keeping every event as a Linux host would have to understand it."""

    def __init__(self, source: object, sink: object) -> None:
        super().__init__(source, sink)  # type: ignore[arg-type]
        self.events: list[hci.HCI_Event] = []

    def on_hci_event_packet(self, event: hci.HCI_Event) -> None:
        self.events.append(event)
        super().on_hci_event_packet(event)

    async def wait_for(self, kind: type[hci.HCI_Event]) -> hci.HCI_Event:
        """The next event of this kind, counted from the last call."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                for index, event in enumerate(self.events):
                    if isinstance(event, kind):
                        del self.events[: index + 1]
                        return event
                await asyncio.sleep(0.01)


@asynccontextmanager
async def served() -> AsyncIterator[Endpoint]:
    radio = VirtualRadio(random.Random(1))
    straps = build_straps(1, start_ns=time.monotonic_ns())
    async with on_air(straps, radio, NoTruth(), 1), serve_hci(radio, HERE) as where:
        yield where


@asynccontextmanager
async def bare_host(where: Endpoint) -> AsyncIterator[RecordingHost]:
    async with await open_tcp_client_transport(str(where)) as transport:
        host = RecordingHost(transport.source, transport.sink)
        async with asyncio.timeout(PATIENCE_S):
            await host.reset()
        yield host


def create_connection(peer: hci.Address, own: int) -> hci.HCI_LE_Create_Connection_Command:
    return hci.HCI_LE_Create_Connection_Command(
        le_scan_interval=96,
        le_scan_window=96,
        initiator_filter_policy=0,
        peer_address_type=hci.AddressType.RANDOM_DEVICE,
        peer_address=peer,
        own_address_type=own,
        connection_interval_min=12,
        connection_interval_max=24,
        max_latency=0,
        supervision_timeout=42,
        min_ce_length=0,
        max_ce_length=0,
    )


async def test_what_a_linux_host_asks_first() -> None:
    async with served() as where, bare_host(where) as host:
        assert not host.supports_le_features(hci.LeFeatureMask.LE_EXTENDED_ADVERTISING)
        assert not host.supports_le_features(hci.LeFeatureMask.LL_PRIVACY)
        buffers = await host.send_sync_command(hci.HCI_LE_Read_Buffer_Size_Command())
        assert buffers.le_acl_data_packet_length == 251
        address = await host.send_sync_command(hci.HCI_Read_BD_ADDR_Command())
        assert address.bd_addr.is_public


async def test_scan_reports_with_scan_responses() -> None:
    async with served() as where, bare_host(where) as host:
        await host.send_sync_command(
            hci.HCI_LE_Set_Scan_Parameters_Command(
                le_scan_type=1,
                le_scan_interval=96,
                le_scan_window=96,
                own_address_type=0,
                scanning_filter_policy=0,
            )
        )
        await host.send_sync_command(
            hci.HCI_LE_Set_Scan_Enable_Command(le_scan_enable=1, filter_duplicates=1)
        )
        first = await host.wait_for(hci.HCI_LE_Advertising_Report_Event)
        second = await host.wait_for(hci.HCI_LE_Advertising_Report_Event)
        assert isinstance(first, hci.HCI_LE_Advertising_Report_Event)
        assert isinstance(second, hci.HCI_LE_Advertising_Report_Event)
        assert (first.reports[0].event_type, second.reports[0].event_type) == (0x00, 0x04)
        assert first.reports[0].address == STRAP
        assert max(len(first.reports[0].data), len(second.reports[0].data)) <= 31
        await asyncio.sleep(0.6)  # duplicates would come every quarter of a second
        assert not any(isinstance(e, hci.HCI_LE_Advertising_Report_Event) for e in host.events)


@pytest.mark.parametrize("own", [hci.OwnAddressType.PUBLIC, hci.OwnAddressType.RANDOM])
async def test_connect_ask_and_disconnect(own: hci.OwnAddressType) -> None:
    """With a public address too: Bumble's own link can't route back to one."""
    answers: list[bytes] = []
    async with served() as where, bare_host(where) as host:
        host.on("l2cap_pdu", lambda _handle, _cid, pdu: answers.append(pdu))
        await host.send_sync_command(hci.HCI_LE_Set_Random_Address_Command(random_address=NOBODY))
        await host.send_async_command(create_connection(STRAP, own))
        made = await host.wait_for(hci.HCI_LE_Connection_Complete_Event)
        assert isinstance(made, hci.HCI_LE_Connection_Complete_Event)
        assert (made.status, made.supervision_timeout, made.connection_interval) == (0, 42, 12)
        host.send_l2cap_pdu(made.connection_handle, 4, bytes.fromhex("020502"))  # ATT MTU 517
        async with asyncio.timeout(PATIENCE_S):
            while not answers:
                await asyncio.sleep(0.01)
        assert answers == [bytes.fromhex("03e800")]  # 232
        await host.send_async_command(
            hci.HCI_Disconnect_Command(connection_handle=made.connection_handle, reason=0x13)
        )
        ended = await host.wait_for(hci.HCI_Disconnection_Complete_Event)
        assert isinstance(ended, hci.HCI_Disconnection_Complete_Event)
        assert ended.reason == 0x16  # terminated by local host, Core Vol 1 Part F 2.22


async def test_a_pending_connection_can_be_cancelled() -> None:
    async with served() as where, bare_host(where) as host:
        await host.send_async_command(create_connection(NOBODY, hci.OwnAddressType.PUBLIC))
        with pytest.raises(hci.HCI_Error):  # one at a time
            await host.send_async_command(create_connection(STRAP, hci.OwnAddressType.PUBLIC))
        await host.send_sync_command(hci.HCI_LE_Create_Connection_Cancel_Command())
        ended = await host.wait_for(hci.HCI_LE_Connection_Complete_Event)
        assert isinstance(ended, hci.HCI_LE_Connection_Complete_Event)
        assert ended.status == 0x02  # unknown connection identifier, as 7.8.13 says
        with pytest.raises(hci.HCI_Error):
            await host.send_sync_command(hci.HCI_LE_Create_Connection_Cancel_Command())
        await host.send_async_command(create_connection(STRAP, hci.OwnAddressType.PUBLIC))
        made = await host.wait_for(hci.HCI_LE_Connection_Complete_Event)
        assert isinstance(made, hci.HCI_LE_Connection_Complete_Event)
        assert made.status == 0


async def test_reset_forgets_links_and_the_strap_notices() -> None:
    async with served() as where, bare_host(where) as host:
        for _ in range(2):
            await host.send_async_command(create_connection(STRAP, hci.OwnAddressType.PUBLIC))
            made = await host.wait_for(hci.HCI_LE_Connection_Complete_Event)
            assert isinstance(made, hci.HCI_LE_Connection_Complete_Event)
            assert made.status == 0
            await host.reset()
            host.connections.clear()


@pytest.mark.parametrize(
    ("opcode", "status"),
    [
        (0xFEED, 0x01),  # a vendor's: unknown command
        (0x2015, 0x01),  # LE Read Channel Map, which this controller doesn't have
        (0x200D, 0x12),  # LE Create Connection without its parameters: invalid parameters
    ],
)
async def test_a_command_it_cannot_do_is_answered(opcode: int, status: int) -> None:
    async with served() as where:
        reader, writer = await asyncio.open_connection(where.host, where.port)
        writer.write(b"\x01" + opcode.to_bytes(2, "little") + b"\x00")
        async with asyncio.timeout(PATIENCE_S):
            answer = await reader.readexactly(7)
        writer.close()
        # Command Status: length 4, status, one more command is allowed, opcode
        assert answer == bytes((0x04, 0x0F, 0x04, status, 0x01)) + opcode.to_bytes(2, "little")


async def test_two_clients_have_a_controller_each() -> None:
    async with served() as where, bare_host(where) as one, bare_host(where) as other:
        addresses = {
            str((await host.send_sync_command(hci.HCI_Read_BD_ADDR_Command())).bd_addr)
            for host in (one, other)
        }
        assert len(addresses) == 2


async def test_a_client_that_speaks_no_h4_is_hung_up_on() -> None:
    async with served() as where:
        reader, writer = await asyncio.open_connection(where.host, where.port)
        writer.write(b"GET / HTTP/1.1\r\n\r\n")
        with pytest.raises((ConnectionResetError, asyncio.IncompleteReadError)):
            async with asyncio.timeout(PATIENCE_S):
                await reader.readexactly(1)
        writer.close()
        async with bare_host(where):
            pass


async def test_a_taken_port_is_told() -> None:
    async with served() as where:
        with pytest.raises(RadioError, match=f"can't listen on {where}"):
            async with serve_hci(VirtualRadio(random.Random(1)), where):
                pytest.fail("two radios on one port")
