"""Wearers whose every value a test knows beforehand."""

import random
from collections.abc import Sequence

import numpy as np

from firmware_sim.strap.battery import Battery
from firmware_sim.strap.generic import Generic, Traits
from firmware_sim.strap.h10 import H10
from firmware_sim.strap.heart_rate_strap import HeartRateStrap
from firmware_sim.strap.strap import Outgoing
from firmware_sim.strap.wearer import HeartReport, IntArray, Wearer
from protocol.ble import uuids

START_NS = 5_000_000_000_000
SECOND_NS = 1_000_000_000
START_ACC_200 = bytes.fromhex("02020001c8000101100002010800")
START_ECG = bytes.fromhex("02000001820001010e00")


class SteadyHeart:
    """Says 74 bpm with one RR of 833 ticks (0x0341) once a second, first after one second."""

    def __init__(self, start_ns: int = START_NS) -> None:
        self._next_ns = start_ns + SECOND_NS

    def next_ns(self) -> int:
        return self._next_ns

    def take_until(self, now_ns: int) -> list[HeartReport]:
        reports = []
        while self._next_ns <= now_ns:
            reports.append(HeartReport(self._next_ns, 74, (833,)))
            self._next_ns += SECOND_NS
        return reports


class CountingSignal:
    """Sample k holds k, k + 1, … in its channels, so that a lost one shows."""

    def __init__(self, channels: int) -> None:
        self._channels = channels
        self.next = 0
        self.starts: list[int] = []

    def start(self, rate_hz: int, now_ns: int) -> None:
        del now_ns
        self.starts.append(rate_hz)
        self.next = 0

    def take(self, count: int, first_ns: int, last_ns: int) -> IntArray:
        del first_ns, last_ns
        rows = np.arange(self.next, self.next + count, dtype=np.int64)
        self.next += count
        return rows[:, None] + np.arange(self._channels, dtype=np.int64)

    def skip(self, count: int) -> None:
        self.next += count


def known_wearer() -> Wearer:
    return Wearer(SteadyHeart(), CountingSignal(3), CountingSignal(1))


def new_h10(percent: float = 80.9) -> H10:
    battery = Battery(percent, START_NS)
    return H10("51ADA001", known_wearer(), battery, START_NS, random.Random(4))


def new_generic(traits: Traits) -> Generic:
    battery = Battery(80.9, START_NS)
    return Generic("51ADA002", known_wearer(), battery, START_NS, random.Random(4), traits)


def connect(strap: HeartRateStrap, now_ns: int = START_NS, att_mtu: int = 232) -> None:
    """Connect, exchange the MTU and arm everything, as a gateway does."""
    strap.connect(now_ns)
    strap.exchange_mtu(att_mtu)
    strap.subscribe(uuids.HEART_RATE_MEASUREMENT, notify=True, indicate=False)
    strap.subscribe(uuids.BATTERY_LEVEL, notify=True, indicate=False)
    strap.subscribe(uuids.PMD_CONTROL_POINT, notify=False, indicate=True)
    strap.subscribe(uuids.PMD_DATA, notify=True, indicate=False)


def ask(strap: HeartRateStrap, request_hex: str, now_ns: int = START_NS) -> str:
    """The control point's answer to one request, as hex."""
    answers = strap.write(uuids.PMD_CONTROL_POINT, bytes.fromhex(request_hex), now_ns)
    assert [each.characteristic for each in answers] == [uuids.PMD_CONTROL_POINT]
    assert answers[0].indication
    return answers[0].payload.hex()


def payloads(values: Sequence[Outgoing], characteristic: str) -> list[bytes]:
    return [each.payload for each in values if each.characteristic == characteristic]
