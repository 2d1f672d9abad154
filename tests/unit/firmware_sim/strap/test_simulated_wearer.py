"""Bodies made from a seed, and their signals in blocks."""

import random

import numpy as np

from firmware_sim.physiology.artefacts import ArtefactRates
from firmware_sim.physiology.templates import FloatArray
from firmware_sim.strap.simulated_wearer import BlockSignal, Session, draw_body, simulated_wearer

SECOND_NS = 10**9


def _echo(elapsed_s: FloatArray) -> FloatArray:
    """Milliseconds since the start, in one channel."""
    return np.asarray(elapsed_s * 1000.0).reshape(-1, 1)


def test_blocks_join_without_a_seam() -> None:
    signal = BlockSignal(_echo, 0)
    signal.start(200, 0)
    taken = []
    for frame in range(40):
        first_ns = frame * 36 * 5_000_000
        taken += signal.take(36, first_ns, first_ns + 35 * 5_000_000)[:, 0].tolist()
    assert taken == [5 * k for k in range(40 * 36)]


def test_each_block_is_anchored_at_true_time() -> None:
    """A sensor 1 % fast: after an hour its samples still show what happens now."""
    signal = BlockSignal(_echo, 0)
    signal.start(200, 0)
    signal.take(36, 0, 35 * 5_000_000)
    signal.skip(100_000)
    assert signal.take(36, 3600 * SECOND_NS, 3601 * SECOND_NS)[0, 0] == 3_600_000


def test_the_same_seed_makes_the_same_body() -> None:
    one, other = (draw_body(3, 5, 0, Session()) for _ in range(2))
    assert one.timetable.segments == other.timetable.segments
    assert one.repetitions.starts_s == other.repetitions.starts_s
    assert one.heart.beats_until(60 * SECOND_NS) == other.heart.beats_until(60 * SECOND_NS)
    assert draw_body(4, 5, 0, Session()).repetitions.starts_s != one.repetitions.starts_s


def test_a_minute_shows_many_stations_working_and_resting() -> None:
    bodies = [draw_body(1, index, 0, Session()) for index in range(15)]
    doing = {body.timetable.at(20.0).activity for body in bodies}
    working = [body.timetable.at(20.0).station is not None for body in bodies]
    assert len(doing) >= 5
    assert any(working)
    assert not all(working)


def test_contact_losses_reach_the_strap() -> None:
    session = Session(artefacts=ArtefactRates(contact_losses_per_hour=60.0))
    wearer = simulated_wearer(draw_body(1, 0, 0, session), 0, random.Random(1))
    reports = wearer.heart.take_until(600 * SECOND_NS)
    assert 10 < sum(not each.contact for each in reports) < 300
