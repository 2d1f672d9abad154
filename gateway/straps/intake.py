"""What comes from one strap: kept if its wearer agreed to it, counted, and told on."""

from collections.abc import Callable
from typing import TypeVar

from gateway.straps.control_point import ControlPoint, is_echo_of_read
from gateway.straps.frame_watch import FrameWatch
from gateway.straps.recorder import STREAM_OF, Recorder
from gateway.straps.signals import Event, Heard, Uninvited
from gateway.straps.tally import Drop, Tally, kind_of
from protocol.ble import uuids
from protocol.ble.battery import decode_battery_level
from protocol.ble.codecs import codec_for
from protocol.ble.pmd import Measurement
from protocol.ble.pmd.vocabulary import MEASUREMENT_MASK
from protocol.errors import MalformedPayloadError
from protocol.identifiers import StrapId
from protocol.messages.roster import ALWAYS_ALLOWED, ConsentedStream
from protocol.messages.uplink import READ_PREFIX
from protocol.moments import ReceivedAt

T = TypeVar("T")

_SERVICE_DATA = ALWAYS_ALLOWED | {uuids.PMD_CONTROL_POINT}  # which only answers our requests


class Intake:
    """The only way from a connection to the recorder. Its callbacks never raise.

    `settle` is told of each value as it is kept, in the same turn of the loop, so that what it
    declares is on the disk no later than the value; `tell` may take its time.
    """

    def __init__(
        self,
        strap: StrapId,
        recorder: Recorder,
        settle: Callable[[str, ReceivedAt], None],
        tell: Callable[[Event], None],
    ) -> None:
        self._strap = strap
        self._recorder = recorder
        self._settle = settle
        self._tell = tell
        self._control_point = ControlPoint()
        self.frames = FrameWatch()
        self._allowed: frozenset[str] = frozenset()
        self.tally = Tally()
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
        self.frames.begin_link()

    def take(self, name: str, received: ReceivedAt, payload: bytes) -> None:
        """A notification or indication, stamped already: keep first, look afterwards."""
        if name == uuids.PMD_CONTROL_POINT and is_echo_of_read(payload):
            return
        if name not in self._allowed:
            self.tally.dropped[Drop.NOT_AGREED] += 1
        elif name == uuids.PMD_DATA and not is_acceleration(payload):
            self._turn_away(payload)
            return
        else:
            self._recorder.record(self._strap, name, received, payload)
            self._settle(name, received)
            self.tally.kept[kind_of(name)] += 1
        self._look(name, received, payload)

    def _turn_away(self, payload: bytes) -> None:
        """One characteristic carries every stream; nobody agreed to any but acceleration."""
        self.tally.dropped[Drop.UNINVITED] += 1
        if payload:
            self._tell(Uninvited(payload[0] & MEASUREMENT_MASK))

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
            event = self._decode(name, payload, self._control_point.understand)
            if event is not None:
                self._tell(event)
        elif name in self._allowed:
            value = self._decode(name, payload, codec_for(name).decode)
            if name == uuids.HEART_RATE_MEASUREMENT:
                self.heart_rate_at = received
            else:
                self.frames.note(payload, value)
            self._tell(Heard(name))

    def _look_at_battery(self, payload: bytes) -> None:
        level = self._decode(uuids.BATTERY_LEVEL, payload, decode_battery_level)
        if level is not None:
            self.battery_pct = level

    def _decode(self, name: str, payload: bytes, decode: Callable[[bytes], T]) -> T | None:
        """For counters and lamps only; None, and counted, if the bytes can't be read."""
        try:
            return decode(payload)
        except MalformedPayloadError:
            self.tally.undecodable[kind_of(name)] += 1
            return None


def is_acceleration(payload: bytes) -> bool:
    """Whether a PMD data notification, whole or not, says that it is acceleration."""
    return bool(payload) and payload[0] & MEASUREMENT_MASK == Measurement.ACCELERATION
