"""A strap's acceleration frames out of its archive records, connection by connection."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from protocol.ble import uuids
from protocol.ble.pmd import (
    ControlAnswer,
    Measurement,
    Operation,
    decode_answer_settings,
    decode_control_point,
)
from protocol.errors import ProtocolError
from protocol.identifiers import BootId
from protocol.messages.codec import decode_link_event
from protocol.messages.uplink import LINK_CHARACTERISTIC, NotificationRecord
from server.decoding.batch import ACCELERATION, MEASUREMENT_MASK

# Phases of a link (gateway.straps.phases) that come before any value of a new connection.
_OPENING = frozenset({"connecting", "identifying", "subscribing"})


@dataclass(slots=True)
class Connection:
    """What came between two starts, in the order of arrival.

    `factor`: what the strap said its compressed counts are multiplied with, if it did.
    """

    boot_id: BootId
    factor: float | None = None
    arrivals_ns: list[int] = field(default_factory=list)
    payloads: list[bytes] = field(default_factory=list)


def read_connections(records: Iterable[NotificationRecord]) -> Iterator[Connection]:
    """Those that hold acceleration frames, boot after boot in the order of the records.

    `records`: all of one strap and gateway. A link that opens, a stream that starts and another
    boot each begin a new one: nothing of the clock before is taken for granted.
    """
    by_boot: dict[str, list[NotificationRecord]] = {}
    for record in records:
        by_boot.setdefault(record.boot_id, []).append(record)
    for boot_id, of_boot in by_boot.items():
        of_boot.sort(key=lambda record: (record.monotonic_ns, record.seq))
        yield from _read_boot(BootId(boot_id), of_boot)


def _read_boot(boot_id: BootId, records: Sequence[NotificationRecord]) -> Iterator[Connection]:
    connection = Connection(boot_id)
    for record in records:
        if record.characteristic == uuids.PMD_DATA:
            if _is_acceleration(record.payload):
                connection.arrivals_ns.append(record.monotonic_ns)
                connection.payloads.append(record.payload)
            continue
        factor = connection.factor
        if record.characteristic == uuids.PMD_CONTROL_POINT:
            started = _read_start(record.payload)
            if started is None:
                continue
            factor = started.factor or factor
        elif not _opens_link(record):
            continue
        if connection.payloads:
            yield connection
        connection = Connection(boot_id, factor)
    if connection.payloads:
        yield connection


@dataclass(frozen=True, slots=True)
class _Started:
    factor: float | None


def _is_acceleration(payload: bytes) -> bool:
    return payload[:1] != b"" and payload[0] & MEASUREMENT_MASK == ACCELERATION


def _read_start(payload: bytes) -> _Started | None:
    """What a strap's answer to the start of its acceleration says; None for anything else."""
    try:
        answer = decode_control_point(payload)
        if (
            not isinstance(answer, ControlAnswer)
            or answer.operation != Operation.START
            or answer.measurement != Measurement.ACCELERATION
            or not answer.succeeded
        ):
            return None
        return _Started(decode_answer_settings(answer).factor)
    except ProtocolError:
        return None


def _opens_link(record: NotificationRecord) -> bool:
    if record.characteristic != LINK_CHARACTERISTIC:
        return False
    try:
        return decode_link_event(record.payload).phase in _OPENING
    except ProtocolError:
        return False
