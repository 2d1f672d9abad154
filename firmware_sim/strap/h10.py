"""Polar H10: heart rate, and acceleration and ECG through Polar Measurement Data."""

import random
from collections.abc import Mapping

from firmware_sim.strap.battery import Battery
from firmware_sim.strap.device_information import h10_information
from firmware_sim.strap.identity import Identity
from firmware_sim.strap.pmd_bytes import (
    ACC_SAMPLE_BYTES,
    ECG_SAMPLE_BYTES,
    Measurement,
    Setting,
    encode_acc_frame,
    encode_ecg_frame,
)
from firmware_sim.strap.pmd_offers import H10_PMD
from firmware_sim.strap.polar_strap import MG_PER_G, PolarStrap
from firmware_sim.strap.raw_stream import RawFraming, RawStream
from firmware_sim.strap.wearer import Wearer

ECG_FULL_SCALE_UV = 20_000  # our choice: beyond any heart, within 24 bit


class H10(PolarStrap):
    """A Strap as an H10 with software 3.x behaves."""

    def __init__(
        self, serial: str, wearer: Wearer, battery: Battery, start_ns: int, rng: random.Random
    ) -> None:
        identity = Identity(serial, "h10", f"Polar H10 {serial}")
        information = h10_information(serial)
        super().__init__(identity, information, H10_PMD, wearer, battery, start_ns, rng)

    def _open_stream(
        self, kind: Measurement, chosen: Mapping[Setting, int], now_ns: int
    ) -> RawStream:
        rate_hz = chosen[Setting.SAMPLE_RATE]
        wander = self._new_wander(kind)
        if kind is Measurement.ECG:
            ecg = RawFraming(rate_hz, ECG_SAMPLE_BYTES, ECG_FULL_SCALE_UV, encode_ecg_frame)
            return RawStream(ecg, self._wearer.ecg_uv, wander, now_ns)
        full_scale_mg = chosen[Setting.RANGE] * MG_PER_G
        acc = RawFraming(rate_hz, ACC_SAMPLE_BYTES, full_scale_mg, encode_acc_frame)
        return RawStream(acc, self._chest_mg, wander, now_ns)
