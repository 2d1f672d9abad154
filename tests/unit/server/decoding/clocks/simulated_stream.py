"""Simulated H10s heard through a simulated link, with the true moment of every sample.

Every sample carries its own number, so that a sample is found in whatever became of it.
"""

import random
import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from firmware_sim.scenario.faults import FaultKind
from firmware_sim.strap.battery import Battery
from firmware_sim.strap.device_clock import DeviceClock
from firmware_sim.strap.h10 import H10
from firmware_sim.strap.pmd_bytes import Measurement
from firmware_sim.strap.wearer import IntArray, Wearer
from protocol.ble import uuids
from protocol.identifiers import BootId
from protocol.messages.codec import encode_link_event
from protocol.messages.uplink import LINK_CHARACTERISTIC, LinkEvent, NotificationRecord
from protocol.moments import ReceivedAt
from server.decoding.clocks.acceleration_times import time_acceleration
from server.decoding.clocks.frames import Ints
from server.decoding.clocks.gateway_clock import fit_gateway_clocks
from server.decoding.clocks.timed import TimedAcceleration
from tests.unit.firmware_sim.strap.fakes import (
    SECOND_NS,
    START_NS,
    CountingSignal,
    SteadyHeart,
    connect,
)

MS_NS = 1_000_000
BOOT = BootId("0d5f3c1e-1111-4222-8333-444455556666")
WALL_OFFSET_NS = 1_763_800_000_000_000_000
_PER_ROW = 4096


Values = Callable[[Ints, Ints], IntArray]  # sample numbers (n,) and true moments -> (n, 3) mg


def number_in_mg(numbers: Ints, at_ns: Ints) -> IntArray:
    """Sample k holds k, so that it is found in whatever became of it."""
    del at_ns
    return np.stack([numbers % _PER_ROW, numbers // _PER_ROW, 0 * numbers], axis=1)


def read_numbers(samples_mg: NDArray[np.float32]) -> Ints:
    whole = samples_mg.astype(np.int64)
    return whole[:, 1] * _PER_ROW + whole[:, 0]


class TruthfulSignal:
    """Remembers when each of its samples was taken."""

    def __init__(self, values: Values) -> None:
        self._values = values
        self._next = 0
        self._taken_ns: list[Ints] = []

    def start(self, rate_hz: int, now_ns: int) -> None:
        del rate_hz, now_ns

    def take(self, count: int, first_ns: int, last_ns: int) -> IntArray:
        places = np.arange(count)
        at_ns = first_ns + (last_ns - first_ns) * places // max(1, count - 1)
        self._taken_ns.append(at_ns)
        self._next += count
        return self._values(self._next - count + places, at_ns)

    def skip(self, count: int) -> None:
        self._taken_ns.append(np.zeros(count, dtype=np.int64))
        self._next += count

    @property
    def taken_ns(self) -> Ints:
        """The true moments of all samples, by number."""
        return np.concatenate(self._taken_ns)


@dataclass(slots=True)
class Air:
    """A link that is late and, where it is told to, loses values. In order, as LE is."""

    rng: random.Random
    least_ms: float = 6.0
    interval_ms: float = 45.0  # the connection interval: a value waits for the next event
    stalls_s: Sequence[tuple[float, float]] = ()  # nothing passes; then all at once
    loss: float = 0.0
    holes_s: Sequence[tuple[float, float]] = ()  # everything in them is lost
    _last_ns: int = 0

    def arrive_ns(self, sent_ns: int) -> int | None:
        elapsed_s = (sent_ns - START_NS) / SECOND_NS
        in_hole = any(begins <= elapsed_s < ends for begins, ends in self.holes_s)
        if self.rng.random() < self.loss or in_hole:
            return None
        due_ns = sent_ns + round((self.least_ms + self.rng.uniform(0, self.interval_ms)) * MS_NS)
        for begins, ends in self.stalls_s:
            if begins <= (due_ns - START_NS) / SECOND_NS < ends:
                due_ns = START_NS + round(ends * SECOND_NS)
        self._last_ns = max(due_ns, self._last_ns)
        return self._last_ns


def draw_stalls(rng: random.Random, seconds: float, per_minute: float) -> list[tuple[float, float]]:
    """Bursts of 0.1 to 1 s, as an H10's link has them now and then."""
    n = round(seconds / 60 * per_minute)
    begins = sorted(rng.uniform(0, seconds) for _ in range(n))
    return [(one, one + rng.uniform(0.1, 1.0)) for one in begins]


Happening = tuple[float, Callable[["Simulated", int], None]]


@dataclass(slots=True)
class Simulated:
    """One strap, what was heard of it, and the truth."""

    strap: H10
    signal: TruthfulSignal
    air: Air
    rate_hz: int = 200
    records: list[NotificationRecord] = field(default_factory=list)

    @property
    def n_heard(self) -> int:
        """Acceleration frames that arrived."""
        return sum(one.characteristic == uuids.PMD_DATA for one in self.records)

    def open_link(self, now_ns: int) -> None:
        self.records = [one for one in self.records if one.monotonic_ns <= now_ns]  # in flight
        self.hear(LINK_CHARACTERISTIC, encode_link_event(LinkEvent("connecting")), now_ns)
        connect(self.strap, now_ns)
        request = b"\x02\x02\x00\x01%b\x01\x01\x10\x00\x02\x01\x08\x00" % struct.pack(
            "<H", self.rate_hz
        )
        for answer in self.strap.write(uuids.PMD_CONTROL_POINT, request, now_ns):
            self.hear(answer.characteristic, answer.payload, now_ns)

    def hear(self, characteristic: str, payload: bytes, at_ns: int) -> None:
        seq, strap = len(self.records) + 1, self.strap.serial
        wall_ns = at_ns + WALL_OFFSET_NS
        record = NotificationRecord(seq, strap, characteristic, BOOT, at_ns, wall_ns, payload)
        self.records.append(record)

    def run(self, seconds: float, happenings: Sequence[Happening] = ()) -> None:
        now_ns, end_ns = START_NS, START_NS + round(seconds * SECOND_NS)
        due = [(START_NS + round(at_s * SECOND_NS), do) for at_s, do in happenings]
        while now_ns < end_ns:
            now_ns = self.strap.next_tick_ns(now_ns)
            while due and due[0][0] <= now_ns:
                now_ns, do = due.pop(0)
                do(self, now_ns)
            for outgoing in self.strap.tick(now_ns):
                arrived_ns = self.air.arrive_ns(now_ns)
                if arrived_ns is not None:
                    self.hear(outgoing.characteristic, outgoing.payload, arrived_ns)

    def time(self, **options: int) -> TimedAcceleration:
        moments = [ReceivedAt(BOOT, one.monotonic_ns, one.wall_ns) for one in self.records]
        return time_acceleration(self.records, fit_gateway_clocks(moments), **options)

    def find_errors_ms(self, timed: TimedAcceleration) -> NDArray[np.float64]:
        """How much too late each sample was placed, by its number."""
        taken_ns = self.signal.taken_ns[read_numbers(timed.samples_mg)]
        return (timed.utc_ns - taken_ns - WALL_OFFSET_NS) / MS_NS


def simulate(
    seed: int,
    *,
    clock_ppm: float,
    rate_error: float,
    air: Air | None = None,
    rate_hz: int = 200,
    values: Values = number_in_mg,
) -> Simulated:
    """An H10 that was put on some minutes before, with a clock and a rate that are wrong so."""
    rng, signal = random.Random(seed), TruthfulSignal(values)
    wearer = Wearer(SteadyHeart(), signal, CountingSignal(1))
    strap = H10(f"51ADA{seed:03d}", wearer, Battery(80.0, START_NS), START_NS, rng)
    powered_on_ns = START_NS - rng.randint(60, 900) * SECOND_NS
    strap._clock = DeviceClock(powered_on_ns, round(clock_ppm * 1000))
    strap._rate_errors[Measurement.ACC] = rate_error
    simulated = Simulated(strap, signal, air or Air(random.Random(f"{seed}/air")), rate_hz)
    simulated.open_link(START_NS)
    return simulated


def set_clock(step_s: float) -> Callable[[Simulated, int], None]:
    def do(simulated: Simulated, now_ns: int) -> None:
        simulated.strap.inject(FaultKind.CLOCK_STEP, now_ns, 0, {"step_s": step_s})

    return do


def reconnect(simulated: Simulated, now_ns: int) -> None:
    simulated.strap.disconnect(now_ns)
    simulated.open_link(now_ns)


def reboot(simulated: Simulated, now_ns: int) -> None:
    simulated.strap.inject(FaultKind.REBOOT, now_ns, 0, {})
    simulated.open_link(now_ns)
