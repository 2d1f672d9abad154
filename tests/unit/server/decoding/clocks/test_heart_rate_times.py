"""Heart-rate values have no time of their own: arrival, give or take a second."""

import pytest

from protocol.identifiers import BootId
from protocol.messages.uplink import NotificationRecord
from server.decoding.clocks.gateway_clock import GatewayClock
from server.decoding.clocks.heart_rate_times import time_heart_rates

BOOT = BootId("boot-1")
CLOCKS = {BOOT: GatewayClock(BOOT, 1_763_800_000_000_000_001, ())}


def record(payload_hex: str, monotonic_ns: int, characteristic: str = "2a37") -> NotificationRecord:
    payload = bytes.fromhex(payload_hex)
    return NotificationRecord(1, "51ADA001", characteristic, BOOT, monotonic_ns, 0, payload)


def test_values_are_stamped_with_their_arrival_and_marked() -> None:
    records = [record("104a4103", 5), record("02", 6, "2a19"), record("0600", 7)]
    timed, n_refused = time_heart_rates(records, CLOCKS)
    assert n_refused == 0
    assert [one.utc_ns for one in timed] == [1_763_800_000_000_000_006, 1_763_800_000_000_000_008]
    assert [one.uncertainty_ms for one in timed] == [1000, 1000]
    assert [one.measurement.bpm for one in timed] == [74, 0]  # 0: no value, kept as it came
    assert timed[0].measurement.rr_ticks == (833,)


def test_an_unreadable_value_is_counted() -> None:
    timed, n_refused = time_heart_rates([record("10", 5)], CLOCKS)
    assert (timed, n_refused) == ((), 1)


def test_a_boot_without_a_clock_is_the_callers_mistake() -> None:
    with pytest.raises(KeyError):
        time_heart_rates([record("104a4103", 5)], {})
