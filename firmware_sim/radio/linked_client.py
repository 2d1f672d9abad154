"""A client's link to one strap on the virtual radio: made, lost and ended as bleak says."""

import asyncio
from typing import Any

from bleak.backends.client import BaseBleakClient
from bleak.backends.device import BLEDevice
from bleak.exc import BleakDeviceNotFoundError, BleakError
from bumble import device as bumble_device
from bumble import gatt_client

from firmware_sim.radio.adapter import Adapter
from firmware_sim.radio.att_requests import ask
from firmware_sim.radio.bleak_services import discover_services
from firmware_sim.radio.connect_attempts import Peer

_ASKED_ATT_MTU = 517  # what BlueZ asks for; the strap's answer decides
_ATT_HEADER_BYTES = 3
_DEFAULT_ATT_MTU = 23


class LinkedClient(BaseBleakClient):
    """The half of a client that knows nothing of values."""

    def __init__(
        self,
        address_or_ble_device: BLEDevice | str,
        *,
        adapter_on_air: Adapter,
        services: set[str] | None = None,
        **others: Any,
    ) -> None:
        super().__init__(address_or_ble_device, **others)
        self._adapter = adapter_on_air
        self._wanted_services = services
        self._device = (
            address_or_ble_device if isinstance(address_or_ble_device, BLEDevice) else None
        )
        self._connection: bumble_device.Connection | None = None
        self._requests: set[asyncio.Future[Any]] = set()

    @property
    def name(self) -> str:
        """The name it advertised, or its address with dashes."""
        named = self._device.name if self._device is not None else None
        return named or self.address.replace(":", "-")

    @property
    def mtu_size(self) -> int:
        """The ATT_MTU of this link, in bytes."""
        return self._connection.att_mtu if self._connection else _DEFAULT_ATT_MTU

    @property
    def is_connected(self) -> bool:
        """True while the link is up."""
        return self._connection is not None

    async def connect(self, pair: bool, **_kwargs: Any) -> None:  # noqa: FBT001
        """Connect, exchange the MTU and discover services.

        Raises BleakDeviceNotFoundError for an address nobody advertises, TimeoutError when the
        strap doesn't answer in time, BleakError when it refuses or the link is lost at once.
        """
        if self._connection is not None:
            raise BleakError("already connected")
        connection = await self._adapter.connect(await self._find_peer(), self._timeout)
        if not _is_alive(connection):
            raise BleakError("the link was lost as soon as it was made")
        connection.on(connection.EVENT_DISCONNECTION, self._on_disconnection)
        self._connection = connection
        try:
            async with asyncio.timeout(self._timeout):
                await self._get_acquainted(pair=pair)
        finally:
            if self.services is None:
                await self.disconnect()

    async def _get_acquainted(self, *, pair: bool) -> None:
        if pair:
            await self.pair()
        await self._ask(self._client.request_mtu(_ASKED_ATT_MTU))
        self.services = await self._ask(
            discover_services(self._client, self._wanted_services, self._room_bytes)
        )

    async def disconnect(self) -> None:
        """End the link; nothing happens if there is none."""
        connection = self._connection
        if connection is None:
            return
        try:
            await self._ask(connection.disconnect())
        except BleakError:
            if _is_alive(connection):
                raise
            if self._connection is connection:
                self._on_disconnection(0)

    async def pair(self, *_args: Any, **_kwargs: Any) -> None:
        """Pair without a code ("just works"); the key is forgotten with the adapter."""
        await self._ask(self._live_connection.pair())

    async def unpair(self) -> None:
        """Forget the key of this peer, and disconnect as bleak says."""
        keys = self._adapter.device.keystore
        if keys is not None and self._connection is not None:
            await keys.delete(str(self._connection.peer_address))
        await self.disconnect()

    def _on_disconnection(self, _reason: int) -> None:
        self._connection = None
        self.services = None
        if self._disconnected_callback is not None:
            self._disconnected_callback()

    async def _find_peer(self) -> Peer:
        if self._device is not None and isinstance(self._device.details, Peer):
            return self._device.details
        from firmware_sim.radio.bleak_scanner import find_peer

        peer = await find_peer(self._adapter, self.address, self._timeout)
        if peer is None:
            raise BleakDeviceNotFoundError(
                self.address, f"no strap with address {self.address} was heard"
            )
        return peer

    @property
    def _live_connection(self) -> bumble_device.Connection:
        if self._connection is None:
            raise BleakError("not connected")
        return self._connection

    @property
    def _client(self) -> gatt_client.Client:
        return self._live_connection.gatt_client

    def _room_bytes(self) -> int:
        return self.mtu_size - _ATT_HEADER_BYTES

    async def _ask(self, request: Any) -> Any:
        return await ask(request, self._requests)


def _is_alive(connection: bumble_device.Connection) -> bool:
    return connection.device.connections.get(connection.handle) is connection
