"""The truth that repetition counters are judged by."""

import random

from firmware_sim.physiology.activities import EFFORTS, Activity
from firmware_sim.physiology.circuit import Segment, Timetable, build_timetable
from firmware_sim.physiology.repetitions import Repetitions

TIMETABLE = build_timetable(0, 0.0, 1.0)


def test_repetitions_follow_each_other_inside_their_segment() -> None:
    repetitions = Repetitions(TIMETABLE, random.Random(1))
    pairs = list(zip(repetitions.starts_s, repetitions.ends_s, strict=True))
    assert all(start < end for start, end in pairs)
    assert all(end <= after for (_, end), (after, _) in zip(pairs, pairs[1:], strict=False))
    for start, end in pairs:
        segment = TIMETABLE.at(start)
        assert end <= segment.ends_s
        assert EFFORTS[segment.activity].repetition_s is not None


def test_a_set_has_as_many_as_the_plan_can_hold() -> None:
    """3 to 15 repetitions a set for everything that is counted, except strides."""
    for seed in range(20):
        repetitions = Repetitions(TIMETABLE, random.Random(seed))
        for segment in TIMETABLE.segments:
            if segment.station is None or EFFORTS[segment.activity].repetition_s is None:
                continue
            if segment.activity is not Activity.WALK:
                assert 6 <= len(repetitions.in_segment(segment)) <= 25


def test_a_set_that_was_counted_has_no_more() -> None:
    lunges = [Segment(60.0 * n, 60.0 * n + 50.0, Activity.LUNGE, repetitions=n) for n in (0, 1, 5)]
    repetitions = Repetitions(Timetable(lunges), random.Random(1))
    assert [len(repetitions.in_segment(each)) for each in lunges] == [0, 1, 5]


def test_still_work_has_none() -> None:
    repetitions = Repetitions(TIMETABLE, random.Random(1))
    still = [each for each in TIMETABLE.segments if each.activity is Activity.TANDEM_STANCE]
    assert [repetitions.in_segment(each) for each in still] == [[], [], []]
