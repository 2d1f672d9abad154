"""What each Polar model measures, and how it says so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from firmware_sim.strap.pmd_bytes import H10_FEATURES, VERITY_FEATURES, Measurement, Setting

Offer = Mapping[Setting, Sequence[int]]


@dataclass(frozen=True, slots=True)
class PmdModel:
    """Features as read, settings as asked, and what follows a successful start."""

    features: bytes
    offers: Mapping[Measurement, Offer]
    start_extra: Mapping[Measurement, bytes] = field(default_factory=dict)


H10_OFFERS: Mapping[Measurement, Offer] = {
    Measurement.ECG: {Setting.SAMPLE_RATE: (130,), Setting.RESOLUTION: (14,)},
    Measurement.ACC: {
        Setting.SAMPLE_RATE: (25, 50, 100, 200),  # Hz
        Setting.RESOLUTION: (16,),  # bit
        Setting.RANGE: (2, 4, 8),  # g
    },
}
# One reserved byte follows a successful start (2019 edition of the specification).
H10_PMD = PmdModel(H10_FEATURES, H10_OFFERS, {Measurement.ACC: b"\x01", Measurement.ECG: b"\x00"})

VERITY_OFFERS: Mapping[Measurement, Offer] = {
    Measurement.ACC: {
        Setting.SAMPLE_RATE: (52,),
        Setting.RESOLUTION: (16,),
        Setting.RANGE: (8,),
        Setting.CHANNELS: (3,),
    },
}
VERITY_PMD = PmdModel(VERITY_FEATURES, VERITY_OFFERS)
# Firmware 1.x: a FACTOR setting, binary32 of 0.000244 g a count (8 g / 2^15).
VERITY_PMD_WITH_FACTOR = PmdModel(
    VERITY_FEATURES, VERITY_OFFERS, {Measurement.ACC: bytes.fromhex("050140da7f39")}
)
