"""A strap as far as a link needs one; what it remembers outlives any gateway."""

from dataclasses import dataclass, field
from typing import Protocol

from protocol.ble import uuids

SETTINGS = bytes.fromhex("00041900320064 00c800 01011000 0203020004000800".replace(" ", ""))


class Listener(Protocol):
    """Whoever holds the link to a strap."""

    def receive(self, characteristic: str, payload: bytes) -> bool:
        """A notification; whether it was asked for."""

    def end(self) -> None:
        """The link is gone."""


@dataclass
class FakeStrap:
    """An H10 as far as a link needs one. `measuring` goes on over links, as the real one's does."""

    serial: str
    address: str
    name: str = ""
    told_serial: str | None = None  # what 2A25 says, where it isn't the serial in the name
    has_serial: bool = True
    has_pmd: bool = True
    measuring: bool = False
    tells_state: bool = True  # knows the request for what is measured
    mute: bool = False  # answers no request on the control point
    start_statuses: list[int] = field(default_factory=list)  # answered first, one a start
    connect_errors: list[Exception] = field(default_factory=list)
    hangs: bool = False  # a connect never ends
    written: list[str] = field(default_factory=list)
    client: Listener | None = None
    n_links: int = 0

    def __post_init__(self) -> None:
        self.name = self.name or f"Polar H10 {self.serial}"

    @property
    def values(self) -> dict[str, bytes]:
        told = self.told_serial or self.serial
        values = {uuids.BATTERY_LEVEL: b"\x50", uuids.MODEL_NUMBER: b"H10\x00"}
        return values | ({uuids.SERIAL_NUMBER: told.encode()} if self.has_serial else {})

    def connected(self) -> bool:
        return self.client is not None

    def say(self, characteristic: str, payload: bytes) -> bool:
        """Notify, if there is a link that asked for it."""
        return self.client is not None and self.client.receive(characteristic, payload)

    def beat(self) -> bool:
        return self.say(uuids.HEART_RATE_MEASUREMENT, b"\x00\x48" + self.serial.encode())

    def move(self) -> bool:
        frame = b"\x02" + bytes(8) + b"\x01" + bytes(6) + self.serial.encode()
        return self.measuring and self.say(uuids.PMD_DATA, frame)

    def drop(self) -> None:
        """The link ends from afar."""
        client, self.client = self.client, None
        if client is not None:
            client.end()

    def answer(self, request: bytes) -> bytes | None:
        """What the control point indicates after a request."""
        self.written.append(request.hex())
        if self.mute:
            return None
        if request == b"\x05":
            state = bytes((2 | self.measuring << 6, 0))
            return bytes((0xF0, 5, 0, 0, 0)) + state if self.tells_state else b"\xf0\x05\x00\x01"
        operation, measurement = request[0], request[1]
        if operation == 1:
            return bytes((0xF0, 1, measurement, 0, 0)) + SETTINGS
        if operation == 3:
            self.measuring = False
            return bytes((0xF0, 3, measurement, 0, 0))
        if self.start_statuses:
            return bytes((0xF0, 2, measurement, self.start_statuses.pop(0), 0))
        if self.measuring:
            return bytes((0xF0, 2, measurement, 6, 0))
        self.measuring = True
        return bytes((0xF0, 2, measurement, 0, 0))
