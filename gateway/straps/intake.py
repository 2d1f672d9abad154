"""What comes from one strap: kept if its wearer agreed to it, counted, and told on."""

from collections.abc import Callable
from typing import TypeVar

from gateway.straps.control_point import ControlPoint, is_echo_of_read
from gateway.straps.recorder import Recorder
from gateway.straps.signals import Event, Heard
from protocol.ble import uuids
from protocol.ble.battery import decode_battery_level
from protocol.ble.heart_rate import decode_heart_rate_measurement
from protocol.ble.pmd import decode_header
from protocol.errors import MalformedPayloadError
from protocol.identifiers import StrapId
from protocol.messages.roster import ConsentedStream
from protocol.messages.uplink import READ_PREFIX
from protocol.moments import ReceivedAt

Value = TypeVar("Value")

STREAM_OF = {
    ConsentedStream.HEART_RATE: uuids.HEART_RATE_MEASUREMENT,
    ConsentedStream.MOVEMENT: uuids.PMD_DATA,
}
# Service data: it says nothing about the body. The control point only answers our own requests.
_SERVICE_DATA = frozenset({uuids.BATTERY_LEVEL, uuids.PMD_CONTROL_POINT})
# How each stream is looked at for the counter of undecodable values; the bytes are kept anyway.
_LOOK: dict[str, Callable[[bytes], object]] = {
    uuids.HEART_RATE_MEASUREMENT: decode_heart_rate_measurement,
    uuids.PMD_DATA: decode_header,
}


class Intake:
    """The only way from a connection to the recorder. Its callbacks never raise."""

    def __init__(
        self, strap: StrapId, recorder: Recorder, tell: Callable[[Event, ReceivedAt], None]
    ) -> None:
        self._strap = strap
        self._recorder = recorder
        self._tell = tell
        self._control_point = ControlPoint()
        self._allowed: frozenset[str] = frozenset()
        self.n_notifications = 0
        self.n_undecodable = 0
        self.n_dropped = 0
        self.heart_rate_at: ReceivedAt | None = None
        self.battery_pct: int | None = None

    def allow(self, streams: frozenset[ConsentedStream]) -> None:
        """From this moment on keep these streams and service data, nothing else."""
        self._allowed = frozenset(STREAM_OF[stream] for stream in streams) | _SERVICE_DATA

    def allow_nothing(self) -> None:
        """The strap is off the roster: whatever still comes isn't kept."""
        self._allowed = frozenset()

    def begin_link(self) -> None:
        """A new link: half an answer of the old one is void."""
        self._control_point = ControlPoint()

    def take(self, name: str, received: ReceivedAt, payload: bytes) -> None:
        """A notification or indication, stamped already: keep first, look afterwards."""
        if name == uuids.PMD_CONTROL_POINT and is_echo_of_read(payload):
            return
        if name not in self._allowed:
            self.n_dropped += 1
        else:
            self._recorder.record(self._strap, name, received, payload)
            self.n_notifications += 1
        self._look(name, received, payload)

    def take_read(self, name: str, received: ReceivedAt, payload: bytes) -> None:
        """The answer to a read."""
        if self._allowed:
            self._recorder.record(self._strap, READ_PREFIX + name, received, payload)
        if name == uuids.BATTERY_LEVEL:
            self._look_at_battery(payload)

    def _look(self, name: str, received: ReceivedAt, payload: bytes) -> None:
        if name == uuids.BATTERY_LEVEL:
            self._look_at_battery(payload)
        elif name == uuids.PMD_CONTROL_POINT:
            event = self._control_point.understand(payload)
            if event is not None:
                self._tell(event, received)
        elif name in self._allowed:
            if name == uuids.HEART_RATE_MEASUREMENT:
                self.heart_rate_at = received
            self._try(_LOOK[name], payload)
            self._tell(Heard(name), received)

    def _look_at_battery(self, payload: bytes) -> None:
        level = self._try(decode_battery_level, payload)
        self.battery_pct = level if level is not None else self.battery_pct

    def _try(self, decode: Callable[[bytes], Value], payload: bytes) -> Value | None:
        try:
            return decode(payload)
        except MalformedPayloadError:
            self.n_undecodable += 1
            return None
