"""The virtual radio as bleak's backend: the dotted path that a gateway is given.

`BleakScanner` and `BleakClient` stay as they are; both take what `open_radio` yields:
`{"scanner": class, "client": class, "kwargs": {…}}`.
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from itertools import count
from typing import Any

from bleak.exc import BleakBluetoothNotAvailableError, BleakBluetoothNotAvailableReason
from bumble.transport.common import Transport
from bumble.transport.tcp_client import open_tcp_client_transport

from firmware_sim.errors import RadioError
from firmware_sim.radio.adapter import Adapter, OpenTransport, plugged_in
from firmware_sim.radio.bleak_client import VirtualClient
from firmware_sim.radio.bleak_scanner import VirtualScanner
from firmware_sim.radio.controller import VirtualController
from firmware_sim.radio.endpoint import parse_endpoint
from firmware_sim.radio.virtual_radio import VirtualRadio

_local_numbers = count(1)


@asynccontextmanager
async def open_radio(radio: str) -> AsyncIterator[Mapping[str, Any]]:
    """An adapter on the radio that `doseline-sim straps` serves at HOST:PORT.

    Raises BleakBluetoothNotAvailableError when there is none. If it goes away later, links are
    lost, calls raise that error, and the adapter finds back by itself when the radio returns.
    """
    try:
        where = str(parse_endpoint(radio))
    except RadioError as error:
        raise _not_available(str(error)) from error
    async with _opened(lambda: open_tcp_client_transport(where), where) as parts:
        yield parts


@asynccontextmanager
async def open_radio_here(radio: VirtualRadio) -> AsyncIterator[Mapping[str, Any]]:
    """An adapter on a radio of this very process, without TCP between."""

    async def open_transport() -> Transport:
        return _Plug(VirtualController(f"local adapter {next(_local_numbers)}", radio))

    async with _opened(open_transport, "in this process") as parts:
        yield parts


class _Plug(Transport):
    """A controller that is called directly; closing takes it off the air."""

    def __init__(self, chip: VirtualController) -> None:
        super().__init__(chip, chip)
        self._chip = chip

    async def close(self) -> None:
        self._chip.radio.unplug(self._chip)


@asynccontextmanager
async def _opened(open_transport: OpenTransport, where: str) -> AsyncIterator[Mapping[str, Any]]:
    adapter = Adapter(open_transport)
    try:
        await adapter.plug_in()
    except OSError as error:
        raise _not_available(
            f"no virtual radio answers at {where} ({error}); start 'doseline-sim straps' first"
        ) from error
    async with plugged_in(adapter):
        yield {
            "scanner": VirtualScanner,
            "client": VirtualClient,
            "kwargs": {"adapter_on_air": adapter},
        }


def _not_available(sentence: str) -> BleakBluetoothNotAvailableError:
    reason = BleakBluetoothNotAvailableReason.NO_BLUETOOTH
    return BleakBluetoothNotAvailableError(sentence, reason)
