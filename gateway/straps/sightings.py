"""Where a strap was seen. The address is evidence, never the identity (promise D6)."""

from bleak.backends.device import BLEDevice

RSSI_VALID_NS = 60_000_000_000  # an older one says nothing about the link as it is now
HEARD_VALID_NS = 60_000_000_000  # a strap in reach advertises more often by far


class Sightings:
    """Every (hashed) address that advertised one rostered name, and the newest signal strength."""

    def __init__(self) -> None:
        self._devices: dict[str, tuple[BLEDevice, int]] = {}  # by address, with the newest stamp
        self._rssi_dbm: int | None = None
        self._rssi_ns = 0

    def add(self, address: str, device: BLEDevice, rssi_dbm: int, now_ns: int) -> bool:
        """Note one advertisement; True if nothing was heard from this address before."""
        self._rssi_dbm, self._rssi_ns = rssi_dbm, now_ns
        is_new = address not in self._devices
        self._devices[address] = device, now_ns
        return is_new

    def device_at(self, address: str | None) -> BLEDevice | None:
        """What advertised from this address, if anything did."""
        device, _ = self._devices.get(address or "", (None, 0))
        return device

    def heard_lately(self, now_ns: int) -> frozenset[str]:
        """Addresses from which the name was heard within the last minute."""
        return frozenset(
            address
            for address, (_, heard_ns) in self._devices.items()
            if now_ns - heard_ns <= HEARD_VALID_NS
        )

    def rssi_dbm(self, now_ns: int) -> int | None:
        """Signal strength, if an advertisement told it within the last minute."""
        return self._rssi_dbm if now_ns - self._rssi_ns <= RSSI_VALID_NS else None
