"""From archived bytes to what the live view learns of them. No I/O, no clock.

A value that can't be decoded is counted and still proves that its strap is alive; the stream
goes on.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from protocol.ble import uuids
from protocol.ble.battery import decode_battery_level
from protocol.ble.heart_rate import decode_heart_rate_measurement
from protocol.ble.pmd import (
    ControlAnswer,
    Measurement,
    Operation,
    decode_answer_settings,
    decode_control_point,
)
from protocol.ble.pmd.vocabulary import MEASUREMENT_MASK
from protocol.errors import ProtocolError
from protocol.identifiers import BootId
from protocol.messages.codec import decode_link_event
from protocol.messages.uplink import CONFLICT, LINK_CHARACTERISTIC, READ_PREFIX, NotificationRecord
from protocol.moments import ReceivedAt
from server.ingest.feed import ArchivedRecord
from server.live.events import (
    BatterySeen,
    DataSeen,
    HeartRateSeen,
    LinkSeen,
    StrapEvent,
    StrapKey,
)
from server.live.movement import MAX_VALUE_BYTES, Movement, MovementFrame

ProjectedEvent = tuple[StrapKey, StrapEvent]


@dataclass(slots=True)
class Projector:
    """Decodes pages of records, in order. `n_undecodable` counts values that said nothing."""

    n_undecodable: int = 0
    _movement: Movement = field(default_factory=Movement)

    def project(self, records: Iterable[ArchivedRecord]) -> list[ProjectedEvent]:
        """Events of a page in the order of its records; activity comes after them."""
        events: list[ProjectedEvent] = []
        frames: list[MovementFrame] = []
        for archived in records:
            record = archived.record
            key = (archived.gateway, record.strap)
            received = ReceivedAt(BootId(record.boot_id), record.monotonic_ns, record.wall_ns)
            if record.characteristic == uuids.PMD_DATA:
                if len(record.payload) > MAX_VALUE_BYTES:
                    self.n_undecodable += 1
                elif _is_acceleration(record.payload):
                    frames.append(MovementFrame(key, received, record.payload))
            event = self._decode(key, record, received)
            if event is not None:
                events.append((key, event))
        if frames:
            moved, n_refused = self._movement.project(frames)
            self.n_undecodable += n_refused
            events += moved
        return events

    def _decode(
        self, key: StrapKey, record: NotificationRecord, received: ReceivedAt
    ) -> StrapEvent | None:
        if record.characteristic == uuids.PMD_CONTROL_POINT:
            self._note_factor(key, record.payload)
        from_strap = "/" not in record.characteristic
        decode = _DECODERS.get(record.characteristic)
        if decode is None:
            return DataSeen(received) if from_strap else None
        try:
            return decode(received, record.payload)
        except ProtocolError:
            self.n_undecodable += 1
            return DataSeen(received) if from_strap else None

    def _note_factor(self, key: StrapKey, payload: bytes) -> None:
        try:
            answer = decode_control_point(payload)
            if (
                isinstance(answer, ControlAnswer)
                and answer.operation == Operation.START
                and answer.measurement == Measurement.ACCELERATION
                and answer.succeeded
            ):
                factor = decode_answer_settings(answer).factor
                if factor is not None:
                    self._movement.set_factor(key, factor)
        except ProtocolError:
            self.n_undecodable += 1


def _is_acceleration(payload: bytes) -> bool:
    return payload[:1] != b"" and payload[0] & MEASUREMENT_MASK == Measurement.ACCELERATION


def _read_heart_rate(received: ReceivedAt, payload: bytes) -> StrapEvent:
    value = decode_heart_rate_measurement(payload)
    return HeartRateSeen(received, value.bpm, value.contact, value.rr_ticks)


def _read_battery(received: ReceivedAt, payload: bytes) -> StrapEvent:
    return BatterySeen(received, decode_battery_level(payload))


def _read_link(received: ReceivedAt, payload: bytes) -> StrapEvent:
    event = decode_link_event(payload)
    in_conflict = (event.detail or "").startswith(CONFLICT)
    return LinkSeen(received, event.phase, event.rssi_dbm, in_conflict)


_DECODERS: dict[str, Callable[[ReceivedAt, bytes], StrapEvent]] = {
    uuids.HEART_RATE_MEASUREMENT: _read_heart_rate,
    uuids.BATTERY_LEVEL: _read_battery,
    READ_PREFIX + uuids.BATTERY_LEVEL: _read_battery,
    LINK_CHARACTERISTIC: _read_link,
}
