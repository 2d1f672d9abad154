"""The disk's alarm (promise A6): from 80 % and 90 % on, and no ringing at the limit."""

import pytest

from gateway.journal.disk_alarm import DiskAlarm, describe_disk, judge_disk

NONE, AMBER, RED = DiskAlarm.NONE, DiskAlarm.AMBER, DiskAlarm.RED


@pytest.mark.parametrize(
    ("used_fraction", "alarm"),
    [(0.0, NONE), (0.799, NONE), (0.80, AMBER), (0.899, AMBER), (0.90, RED), (1.0, RED)],
)
def test_a6_the_limits_are_80_and_90_per_cent(used_fraction: float, alarm: DiskAlarm) -> None:
    assert judge_disk(used_fraction, NONE) is alarm


@pytest.mark.parametrize(
    ("used_fraction", "before", "alarm"),
    [
        (0.795, AMBER, AMBER),
        (0.785, AMBER, NONE),
        (0.895, RED, RED),
        (0.885, RED, AMBER),
        (0.10, RED, NONE),
        (0.795, RED, AMBER),
        (0.795, NONE, NONE),
    ],
)
def test_an_alarm_ends_a_little_below_its_limit(
    used_fraction: float, before: DiskAlarm, alarm: DiskAlarm
) -> None:
    """Goes red if a disk that hovers at the limit rings at every look."""
    assert judge_disk(used_fraction, before) is alarm


def test_each_alarm_says_how_soon() -> None:
    assert describe_disk(AMBER, 0.834) == "The journal's disk is 83 % full. Free some space soon."
    assert describe_disk(RED, 0.95) == "The journal's disk is 95 % full. Free some space now."
    assert "enough room again" in describe_disk(NONE, 0.5)
