"""Packets of a Movesense: even, complete, in order."""

import random
import struct

from firmware_sim.strap.gsp_subscription import Subscription
from firmware_sim.strap.sample_rate import RateWander
from tests.unit.firmware_sim.strap.fakes import CountingSignal

SECOND_NS = 10**9


def test_thirteen_packets_a_second_and_no_sample_lost() -> None:
    wander = RateWander(0.0, random.Random(1))
    subscription = Subscription(7, 52, CountingSignal(3), wander, 0)
    packets = list(subscription.take_packets(10 * SECOND_NS, -60 * SECOND_NS))
    assert 129 <= len(packets) <= 131
    xs = [x for _, value in packets for x, _, _ in struct.iter_unpack("<3f", value[6:])]
    assert [round(x / 9.80665e-3) for x in xs] == list(range(4 * len(packets)))
    stamps_ms = [int.from_bytes(value[2:6], "little") for _, value in packets]
    assert stamps_ms[0] == 60_000 + 19
    assert {b - a for a, b in zip(stamps_ms, stamps_ms[1:], strict=False)} <= {76, 77}
    assert list(subscription.take_packets(10 * SECOND_NS, 0)) == []
