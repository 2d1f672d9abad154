"""bleak's scanner on the virtual radio."""

import asyncio
from typing import Any, Literal

from bleak.backends.scanner import (
    AdvertisementData,
    AdvertisementDataCallback,
    BaseBleakScanner,
)
from bumble import device as bumble_device

from firmware_sim.radio.adapter import Adapter
from firmware_sim.radio.advertising_data import decode_advertisement
from firmware_sim.radio.connect_attempts import Peer


class VirtualScanner(BaseBleakScanner):
    """What `BleakScanner(backend=VirtualScanner, adapter_on_air=…)` runs on."""

    def __init__(
        self,
        detection_callback: AdvertisementDataCallback | None,
        service_uuids: list[str] | None,
        scanning_mode: Literal["active", "passive"] = "active",
        *,
        adapter_on_air: Adapter,
        **_other_systems: Any,
    ) -> None:
        super().__init__(detection_callback, service_uuids)
        self._adapter = adapter_on_air
        self._is_active = scanning_mode == "active"

    async def start(self) -> None:
        """Begin to listen. Raises BleakBluetoothNotAvailableError while the radio is away."""
        self.seen_devices = {}
        await self._adapter.listen(self._on_advertisement, active=self._is_active)

    async def stop(self) -> None:
        """Listen no more."""
        await self._adapter.stop_listening(self._on_advertisement)

    def _on_advertisement(self, heard: bumble_device.Advertisement) -> None:
        said = decode_advertisement(bytes(heard.data))
        address = heard.address.to_string(with_type_qualifier=False)
        _, known = self.seen_devices.get(address, (None, None))
        name = said.local_name or (known.local_name if known else None)
        data = AdvertisementData(
            local_name=name,
            manufacturer_data=said.manufacturer_data or (known.manufacturer_data if known else {}),
            service_data={},
            service_uuids=list(said.service_uuids) or (known.service_uuids if known else []),
            tx_power=None,
            rssi=heard.rssi,
            platform_data=(),
        )
        device = self.create_or_update_device(address, address, name, Peer(heard.address), data)
        if self.is_allowed_uuid(data.service_uuids):
            self.call_detection_callbacks(device, data)


async def find_peer(adapter: Adapter, address: str, within_s: float) -> Peer | None:
    """The strap that advertises with this address, or None when nobody did in time."""
    found: asyncio.Future[Peer] = asyncio.get_running_loop().create_future()

    def heard(advertisement: bumble_device.Advertisement) -> None:
        text = advertisement.address.to_string(with_type_qualifier=False)
        if text == address.upper() and not found.done():
            found.set_result(Peer(advertisement.address))

    await adapter.listen(heard, active=False)
    try:
        return await asyncio.wait_for(found, within_s)
    except TimeoutError:
        return None
    finally:
        await adapter.stop_listening(heard)
