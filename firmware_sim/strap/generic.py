"""A heart-rate strap by nobody in particular: Heart Rate Service and battery, no acceleration."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from firmware_sim.strap.battery import Battery
from firmware_sim.strap.device_information import generic_information
from firmware_sim.strap.heart_rate_strap import HeartRateStrap
from firmware_sim.strap.hr_bytes import encode_heart_rate
from firmware_sim.strap.identity import Identity
from firmware_sim.strap.wearer import HeartReport, Wearer

ENERGY_EVERY_REPORTS = 10  # energy is normally sent only now and then
MAX_ENERGY_KJ = 0xFFFF  # it sticks there (Heart Rate Service 1.0)
# A straight line, good enough for a field nobody should use: nothing at 60 bpm, 20 kJ/min at 120.
_RESTING_BPM = 60
_KJ_PER_BEAT_ABOVE = 20 / 60 / 60  # for each bpm above rest, each second


@dataclass(frozen=True, slots=True)
class Traits:
    """How this maker fills in the flags."""

    contact_bits: bool = True
    energy: bool = False
    wide: bool = False  # always two bytes of heart rate, as some straps do


class Generic(HeartRateStrap):
    """A Strap with heart rate only, flags as its traits say."""

    def __init__(
        self,
        serial: str,
        wearer: Wearer,
        battery: Battery,
        start_ns: int,
        rng: random.Random,
        traits: Traits = Traits(),  # noqa: B008 - frozen, so sharing it is harmless
    ) -> None:
        identity = Identity(serial, "generic", f"Heart Rate {serial}")
        super().__init__(identity, generic_information(serial), wearer, battery, start_ns, rng)
        self._traits = traits
        self._energy_kj = 0.0
        self._n_reports = 0

    def _encode_heart(self, report: HeartReport, rr_ticks: Sequence[int]) -> bytes:
        self._energy_kj += max(0, report.bpm - _RESTING_BPM) * _KJ_PER_BEAT_ABOVE
        self._n_reports += 1
        sends_energy = self._traits.energy and self._n_reports % ENERGY_EVERY_REPORTS == 0
        return encode_heart_rate(
            report.bpm,
            rr_ticks,
            contact=report.contact if self._traits.contact_bits else None,
            energy_kj=min(MAX_ENERGY_KJ, int(self._energy_kj)) if sends_energy else None,
            wide=self._traits.wide,
        )
