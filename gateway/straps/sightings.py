"""Where a strap was seen. The address is evidence, never the identity (promise D6)."""

from bleak.backends.device import BLEDevice

RSSI_VALID_NS = 60_000_000_000  # an older one says nothing about the link as it is now


class Sightings:
    """Every address that advertised one rostered name, and the newest signal strength."""

    def __init__(self) -> None:
        self.device: BLEDevice | None = None  # where the next connect goes
        self._addresses: set[str] = set()
        self._rssi_dbm: int | None = None
        self._rssi_ns = 0

    def add(self, device: BLEDevice, rssi_dbm: int, now_ns: int) -> bool:
        """Note one advertisement; True if this address is another one than before, and new."""
        self._rssi_dbm, self._rssi_ns = rssi_dbm, now_ns
        if device.address in self._addresses:
            return False
        self._addresses.add(device.address)
        return len(self._addresses) > 1

    def rssi_dbm(self, now_ns: int) -> int | None:
        """Signal strength, if an advertisement told it within the last minute."""
        return self._rssi_dbm if now_ns - self._rssi_ns <= RSSI_VALID_NS else None
