"""The values that one strap sends on one evening, byte by byte as an H10 writes them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

from firmware_sim.physiology.movement import Movement
from firmware_sim.strap.beat_reporter import REPORT_EVERY_NS, BeatReporter, BeatSource
from firmware_sim.strap.device_clock import DeviceClock
from firmware_sim.strap.hr_bytes import encode_heart_rate
from firmware_sim.strap.pmd_bytes import ACC_SAMPLE_BYTES, encode_acc_frame
from firmware_sim.strap.pmd_stream import PREFERRED_ATT_MTU
from firmware_sim.strap.polar_strap import CLOCK_LIMIT_PPB, CLOCK_SD_PPB
from firmware_sim.strap.raw_stream import RawFraming, RawStream
from firmware_sim.strap.sample_rate import RateWander, draw_rate_error
from firmware_sim.strap.shown_heart import ShownHeart
from firmware_sim.strap.simulated_wearer import BlockSignal
from protocol.ble import uuids

ACC_RATE_HZ: Final = 25  # the lowest of the ladder: a whole trial stays small
ACC_FULL_SCALE_MG: Final = 8000

Stretch = tuple[int, int]  # from, until, in ns since her arrival


@dataclass(frozen=True, slots=True)
class Value:
    """Sent at `at_ns`, since her arrival."""

    at_ns: int
    characteristic: str
    payload: bytes


def send_heart(
    beats: BeatSource, worn_ns: Stretch, losses_ns: Sequence[Stretch], chance: Random
) -> Iterator[Value]:
    """About one value a second while it is worn; none of its beats where contact is lost."""

    def has_contact(at_ns: int) -> bool:
        return not any(begins <= at_ns < ends for begins, ends in losses_ns)

    first_ns = worn_ns[0] + chance.randrange(REPORT_EVERY_NS)
    beats.beats_until(worn_ns[0])  # nobody felt those
    reporter, shown = BeatReporter(beats, first_ns, has_contact), ShownHeart(chance)
    while reporter.next_ns() < worn_ns[1]:
        for report in reporter.take_until(reporter.next_ns()):
            told = shown.show(report, feels_skin=report.contact, pod_is_off=False)
            payload = encode_heart_rate(told.bpm, told.rr_ticks)
            yield Value(report.at_ns, uuids.HEART_RATE_MEASUREMENT, payload)


def send_movement(movement: Movement, worn_ns: Stretch, chance: Random) -> Iterator[Value]:
    """Frames of acceleration while it is worn, at `ACC_RATE_HZ` as far as its crystal goes."""
    framing = RawFraming(ACC_RATE_HZ, ACC_SAMPLE_BYTES, ACC_FULL_SCALE_MG, encode_acc_frame)
    signal = BlockSignal(movement.acceleration_mg, 0)
    wander = RateWander(draw_rate_error(chance), chance)
    error_ppb = round(max(-CLOCK_LIMIT_PPB, min(CLOCK_LIMIT_PPB, chance.gauss(0, CLOCK_SD_PPB))))
    clock = DeviceClock(worn_ns[0], error_ppb)
    stream = RawStream(framing, signal, wander, worn_ns[0])
    frames = stream.take_frames(worn_ns[1], att_mtu=PREFERRED_ATT_MTU, clock=clock, heard=True)
    return (Value(frame.at_ns, uuids.PMD_DATA, frame.payload) for frame in frames)
