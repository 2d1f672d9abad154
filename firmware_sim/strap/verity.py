"""Polar Verity Sense: an arm band with compressed acceleration at 52 Hz.

Simulated are heart rate without RR and the accelerometer. Its optical, gyroscope and magnetometer
streams and SDK mode aren't, and its features don't claim them.
"""

import random
from collections.abc import Callable, Mapping, Sequence

from firmware_sim.strap.battery import Battery
from firmware_sim.strap.delta_stream import DeltaFraming, DeltaStream
from firmware_sim.strap.device_information import verity_information
from firmware_sim.strap.hr_bytes import encode_heart_rate
from firmware_sim.strap.identity import Identity
from firmware_sim.strap.pmd_bytes import Measurement, Setting, encode_frame_header
from firmware_sim.strap.pmd_offers import VERITY_PMD, VERITY_PMD_WITH_FACTOR
from firmware_sim.strap.polar_strap import MG_PER_G, PolarStrap
from firmware_sim.strap.wearer import HeartReport, Wearer

FACTOR_G = 0.000244  # first firmware: raw counts, with this factor in the start's answer
_MAX_COUNT = 0x7FFF
_RAW_COUNTS, _MILLI_G = 0x80, 0x81  # frame types


class Verity(PolarStrap):
    """A Strap as a Verity Sense; `has_factor` as its first firmware, else as later ones."""

    def __init__(
        self,
        serial: str,
        wearer: Wearer,
        battery: Battery,
        start_ns: int,
        rng: random.Random,
        *,
        has_factor: bool,
    ) -> None:
        identity = Identity(serial, "verity", f"Polar Sense {serial}")
        information = verity_information(serial, "1.1.5" if has_factor else "2.2.6")
        pmd_model = VERITY_PMD_WITH_FACTOR if has_factor else VERITY_PMD
        super().__init__(identity, information, pmd_model, wearer, battery, start_ns, rng)
        self._has_factor = has_factor

    def _encode_heart(self, report: HeartReport, rr_ticks: Sequence[int]) -> bytes:
        del rr_ticks  # an optical sensor gives no RR in this characteristic
        return encode_heart_rate(report.bpm)

    def _open_stream(
        self, kind: Measurement, chosen: Mapping[Setting, int], now_ns: int
    ) -> DeltaStream:
        rate_hz, full_scale_mg = chosen[Setting.SAMPLE_RATE], chosen[Setting.RANGE] * MG_PER_G
        milli_g = DeltaFraming(rate_hz, full_scale_mg, _head(kind, _MILLI_G), 1.0)
        counts_per_mg = 1.0 / (FACTOR_G * MG_PER_G)
        raw = DeltaFraming(rate_hz, _MAX_COUNT, _head(kind, _RAW_COUNTS), counts_per_mg)
        framing = raw if self._has_factor else milli_g
        return DeltaStream(framing, self._chest_mg, self._new_wander(kind), now_ns)


def _head(kind: Measurement, frame_type: int) -> Callable[[int], bytes]:
    return lambda stamp_ns: encode_frame_header(kind, stamp_ns, frame_type)
