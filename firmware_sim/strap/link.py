"""The strap's side of one link: MTU and which CCCDs are armed."""

from firmware_sim.strap.strap import Outgoing

DEFAULT_ATT_MTU = 23  # Core Vol 3 Part F 3.2.8, until the central exchanges another


class Link:
    """No link at first. Arming survives nothing: each connection starts bare."""

    def __init__(self) -> None:
        self.is_up = False
        self.att_mtu = DEFAULT_ATT_MTU
        self._notified: set[str] = set()
        self._indicated: set[str] = set()

    def open(self) -> None:
        """A central connected."""
        self.is_up = True
        self._make_bare()

    def close(self) -> None:
        """The central is gone."""
        self.is_up = False
        self._make_bare()

    def arm(self, characteristic: str, *, notify: bool, indicate: bool) -> None:
        """The central wrote this characteristic's CCCD."""
        for armed, wanted in ((self._notified, notify), (self._indicated, indicate)):
            armed.add(characteristic) if wanted else armed.discard(characteristic)

    def notifies(self, characteristic: str) -> bool:
        """True when a notification of it may be sent."""
        return self.is_up and characteristic in self._notified

    def passes(self, outgoing: Outgoing) -> bool:
        """True when this value may be sent as it is."""
        armed = self._indicated if outgoing.indication else self._notified
        return self.is_up and outgoing.characteristic in armed

    def _make_bare(self) -> None:
        self.att_mtu = DEFAULT_ATT_MTU
        self._notified.clear()
        self._indicated.clear()
