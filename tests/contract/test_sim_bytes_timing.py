"""Stamps of many simulated straps against what was measured on real ones (wire reference, 4)."""

import statistics

import pytest

from firmware_sim.strap.device_clock import POWER_ON_STAMP_NS, STAMP_TICK_NS
from firmware_sim.strap.fleet import build_straps
from firmware_sim.strap.strap import Strap
from protocol.ble import pmd, uuids
from protocol.ble.pmd import Measurement, Setting

START_NS = 10**12
SECOND_NS = 10**9
ACC_200 = {Setting.SAMPLE_RATE: 200, Setting.RESOLUTION: 16, Setting.RANGE: 8}
ECG = {Setting.SAMPLE_RATE: 130, Setting.RESOLUTION: 14}


def _stamps_ns(
    strap: Strap, measurement: Measurement, chosen: dict[Setting, int], seconds: int
) -> list[int]:
    strap.connect(START_NS)
    strap.exchange_mtu(232)
    strap.subscribe(uuids.PMD_DATA, notify=True, indicate=False)
    strap.write(uuids.PMD_CONTROL_POINT, pmd.encode_start(measurement, chosen), START_NS)
    values = strap.tick(START_NS + seconds * SECOND_NS)
    return [pmd.decode_frame(each.payload).header.timestamp_ns for each in values]


def test_b4_a_real_ecgs_spacing_is_among_the_simulated_ones() -> None:
    """12 355 captured frames: mean 561.3433 ms, s.d. 0.078 ms, range 0.43 ms, on a 30 518 ns grid.

    Simulated for ten minutes on eight straps.
    """
    means_ms, spreads_ms = [], []
    for strap in build_straps(8, seed=5, start_ns=START_NS):
        stamps_ns = _stamps_ns(strap, Measurement.ECG, ECG, 600)
        assert all((stamp - POWER_ON_STAMP_NS) % STAMP_TICK_NS == 0 for stamp in stamps_ns)
        spacings_ms = [(b - a) / 1e6 for a, b in zip(stamps_ns, stamps_ns[1:], strict=False)]
        means_ms.append(statistics.mean(spacings_ms))
        spreads_ms.append(statistics.stdev(spacings_ms))
        assert max(spacings_ms) - min(spacings_ms) < 1.0
    assert min(means_ms) < 561.3433 < max(means_ms)
    assert min(spreads_ms) < 0.078 < max(spreads_ms)


def test_b4_acc_rates_differ_by_500_ppm_and_never_by_one_per_cent() -> None:
    errors = []
    for strap in build_straps(64, seed=2, start_ns=START_NS):
        stamps_ns = _stamps_ns(strap, Measurement.ACCELERATION, ACC_200, 60)
        seconds = (stamps_ns[-1] - stamps_ns[0]) / 1e9
        errors.append((len(stamps_ns) - 1) * 36 / seconds / 200 - 1)
    assert statistics.stdev(errors) == pytest.approx(500e-6, rel=0.3)
    assert abs(statistics.mean(errors)) < 200e-6
    assert max(abs(error) for error in errors) < 0.01


def test_b4_every_strap_woke_in_2019_some_minutes_ago() -> None:
    for strap in build_straps(8, start_ns=START_NS):
        (first, *_) = _stamps_ns(strap, Measurement.ACCELERATION, ACC_200, 2)
        assert 60 * SECOND_NS < first - POWER_ON_STAMP_NS < 902 * SECOND_NS
