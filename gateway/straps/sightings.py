"""Where a strap was seen. The address is evidence, never the identity (promise D6)."""

from bleak.backends.device import BLEDevice

RSSI_VALID_NS = 60_000_000_000  # an older one says nothing about the link as it is now
RIVAL_VALID_NS = 60_000_000_000  # a strap in reach advertises more often by far


class Sightings:
    """Every address that advertised one rostered name, and the newest signal strength."""

    def __init__(self) -> None:
        self._devices: dict[str, tuple[BLEDevice, int]] = {}  # by address, with the newest stamp
        self._rssi_dbm: int | None = None
        self._rssi_ns = 0

    def add(self, device: BLEDevice, rssi_dbm: int, now_ns: int) -> bool:
        """Note one advertisement; True if this address is another one than before, and new."""
        self._rssi_dbm, self._rssi_ns = rssi_dbm, now_ns
        is_new = device.address not in self._devices
        self._devices[device.address] = device, now_ns
        return is_new and len(self._devices) > 1

    def device_at(self, address: str | None) -> BLEDevice | None:
        """What advertised from this address, if anything did."""
        device, _ = self._devices.get(address or "", (None, 0))
        return device

    def has_rival(self, address: str | None, now_ns: int) -> bool:
        """Whether the name was heard lately from another address than the link's."""
        return address is not None and any(
            other != address and now_ns - heard_ns <= RIVAL_VALID_NS
            for other, (_, heard_ns) in self._devices.items()
        )

    def rssi_dbm(self, now_ns: int) -> int | None:
        """Signal strength, if an advertisement told it within the last minute."""
        return self._rssi_dbm if now_ns - self._rssi_ns <= RSSI_VALID_NS else None
