"""What the radio needs of a strap. A strap is sans-IO: moments go in, bytes come out.

All moments are nanoseconds of one monotonic clock, the simulation's truth. A strap's own clock
(which starts in 2019 and drifts) is made from it inside the strap.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Property(StrEnum):
    """Characteristic properties, Bluetooth Core Specification Vol 3 Part G 3.3.1.1."""

    READ = "read"
    WRITE = "write"
    WRITE_WITHOUT_RESPONSE = "write-without-response"
    NOTIFY = "notify"
    INDICATE = "indicate"


@dataclass(frozen=True, slots=True)
class Characteristic:
    """One characteristic, named as in protocol.ble.uuids."""

    name: str
    properties: frozenset[Property]


@dataclass(frozen=True, slots=True)
class Service:
    """One primary service, named as in protocol.ble.uuids."""

    name: str
    characteristics: tuple[Characteristic, ...]


@dataclass(frozen=True, slots=True)
class Advertisement:
    """What a strap says to everyone: service names, and manufacturer data with company id first."""

    local_name: str
    services: tuple[str, ...]
    manufacturer_data: bytes


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A value the strap sends by itself: a notification, or an indication."""

    characteristic: str
    payload: bytes
    indication: bool = False


class AttRefusalError(Exception):
    """The strap answers a read or write with this ATT error code (Core Vol 3 Part F 3.4.1.1)."""

    def __init__(self, att_error: int) -> None:
        super().__init__(f"ATT error 0x{att_error:02x}")
        self.att_error = att_error


class Strap(Protocol):
    """One strap and its wearer, with at most one central connected."""

    @property
    def serial(self) -> str: ...
    @property
    def model(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def services(self) -> Sequence[Service]: ...

    def advertisement(self, now_ns: int) -> Advertisement | None:
        """What is advertised now; None while asleep."""

    def connect(self, now_ns: int) -> None:
        """A central connected: MTU is 23 and nothing is subscribed."""

    def disconnect(self, now_ns: int) -> None:
        """The link is gone: subscriptions end, a running measurement does not."""

    def exchange_mtu(self, att_mtu: int) -> None:
        """The link's ATT_MTU is now this."""

    def subscribe(self, characteristic: str, *, notify: bool, indicate: bool) -> None:
        """The central wrote a CCCD."""

    def read(self, characteristic: str, now_ns: int) -> bytes:
        """The value of a characteristic. Raises AttRefusalError."""

    def write(self, characteristic: str, payload: bytes, now_ns: int) -> Sequence[Outgoing]:
        """Take a write and give what is sent after its response. Raises AttRefusalError."""

    def tick(self, now_ns: int) -> Sequence[Outgoing]:
        """Everything due up to now, oldest first; call at `next_tick_ns`. Ok to call late."""

    def next_tick_ns(self, now_ns: int) -> int:
        """When something is next due."""

    def wants_to_drop(self, now_ns: int) -> bool:
        """True when the firmware ends the link by itself (pod off the belt, battery empty)."""
