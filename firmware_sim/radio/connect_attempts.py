"""Attempts to connect, one after the other; one that is given up leaves nothing pending."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass

from bleak.exc import BleakError
from bumble import core, hci
from bumble import device as bumble_device

_log = logging.getLogger(__name__)

# What an ordinary host asks for: 15 to 30 ms between events, and the link given up after 1 s, the
# time in which a gap of a strap out of range shows (virtual-radio.md).
_PREFERENCES = {
    hci.HCI_LE_1M_PHY: bumble_device.ConnectionParametersPreferences(
        connection_interval_min=15.0, connection_interval_max=30.0, supervision_timeout=1000
    )
}


@dataclass(frozen=True, slots=True)
class Peer:
    """Where a strap is reached: its address and the kind of that address."""

    address: hci.Address


class ConnectAttempts:
    """Those of one host; `find_device` gives it, or raises while the radio is away."""

    def __init__(self, find_device: Callable[[], bumble_device.Device]) -> None:
        self._find_device = find_device
        self._connecting = asyncio.Lock()  # Bumble and HCI allow one pending attempt at a time
        self._background: set[asyncio.Future[bumble_device.Connection]] = set()

    async def connect(self, peer: Peer, timeout_s: float) -> bumble_device.Connection:
        """A link to this peer. Raises TimeoutError, or BleakError when the radio says no.

        An attempt given up is cancelled in the controller too, whoever gives it up and however:
        a pending one would forbid all others.
        """
        given_up = asyncio.Event()
        attempt = asyncio.ensure_future(self._attempt(peer, given_up))
        self._keep(attempt)
        try:
            async with asyncio.timeout(timeout_s):
                return await asyncio.shield(attempt)
        finally:
            given_up.set()

    async def _attempt(self, peer: Peer, given_up: asyncio.Event) -> bumble_device.Connection:
        async with self._connecting:
            device = self._find_device()
            if given_up.is_set():
                raise BleakError("given up before its turn")
            connecting = asyncio.ensure_future(
                device.connect_le(
                    peer.address, connection_parameters_preferences=_PREFERENCES, timeout=None
                )
            )
            giving_up = asyncio.ensure_future(given_up.wait())
            await asyncio.wait({connecting, giving_up}, return_when=asyncio.FIRST_COMPLETED)
            giving_up.cancel()
            if not connecting.done():
                await self._cancel_pending(device)
            connection = await _outcome(connecting)
            if given_up.is_set():
                await connection.disconnect()
                raise BleakError("given up as it connected")
            return connection

    async def _cancel_pending(self, device: bumble_device.Device) -> None:
        try:
            await device.cancel_connection()  # type: ignore[no-untyped-call]
        except hci.HCI_Error:
            _log.debug("the attempt ended by itself before it was cancelled")

    def _keep(self, task: "asyncio.Future[bumble_device.Connection]") -> None:
        """Hold an attempt that nobody may be waiting for any more, and hear its end."""
        self._background.add(task)
        task.add_done_callback(lambda done: done.cancelled() or done.exception())
        task.add_done_callback(self._background.discard)


async def _outcome(
    connecting: "asyncio.Future[bumble_device.Connection]",
) -> bumble_device.Connection:
    try:
        return await connecting
    except asyncio.CancelledError:
        if not connecting.cancelled():
            raise
        raise BleakError("the radio went away while connecting") from None
    except (core.ConnectionError, hci.HCI_Error) as error:
        raise BleakError(f"connection refused: {error}") from error
