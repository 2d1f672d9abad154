"""Heart-rate values with the only time they have: when the gateway heard them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from protocol.ble import uuids
from protocol.ble.heart_rate import HeartRateMeasurement, decode_heart_rate_measurement
from protocol.errors import ProtocolError
from protocol.identifiers import BootId
from protocol.messages.uplink import NotificationRecord
from server.decoding.clocks.gateway_clock import GatewayClock

# Heart Rate Service 1.0 has no time stamp and a cadence of about a second: a value, and the beats
# in it, belong somewhere into the second before it was heard.
HEART_RATE_UNCERTAINTY_MS = 1000


@dataclass(frozen=True, slots=True)
class TimedHeartRate:
    """One value, heard at `utc_ns`; it belongs there to within `uncertainty_ms` either way."""

    utc_ns: int
    measurement: HeartRateMeasurement
    uncertainty_ms: int = HEART_RATE_UNCERTAINTY_MS


def time_heart_rates(
    records: Iterable[NotificationRecord], clocks: Mapping[BootId, GatewayClock]
) -> tuple[tuple[TimedHeartRate, ...], int]:
    """A strap's heart-rate values in the order of their records, and how many were unreadable.

    Records of other characteristics are passed over. Raises KeyError for a boot without a clock.
    """
    timed: list[TimedHeartRate] = []
    n_refused = 0
    for record in records:
        if record.characteristic != uuids.HEART_RATE_MEASUREMENT:
            continue
        try:
            measurement = decode_heart_rate_measurement(record.payload)
        except ProtocolError:
            n_refused += 1
            continue
        clock = clocks[BootId(record.boot_id)]
        timed.append(TimedHeartRate(clock.place(record.monotonic_ns), measurement))
    return tuple(timed), n_refused
