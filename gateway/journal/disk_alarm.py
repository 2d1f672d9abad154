"""When the journal's disk is too full: two alarms, each told once a crossing (A6). Pure."""

from enum import IntEnum

AMBER_FRACTION = 0.80  # of the disk in use: tell
RED_FRACTION = 0.90
SETTLE_FRACTION = 0.01  # below a limit before its alarm ends: a disk at the limit rings once


class DiskAlarm(IntEnum):
    """How urgent it is; the numbers are those of the metric."""

    NONE = 0
    AMBER = 1
    RED = 2


def judge_disk(used_fraction: float, before: DiskAlarm) -> DiskAlarm:
    """The alarm at this moment, given the one before."""
    reached = _alarm_at(used_fraction)
    return max(reached, min(before, _alarm_at(used_fraction + SETTLE_FRACTION)))


def describe_disk(alarm: DiskAlarm, used_fraction: float) -> str:
    """One sentence for log and banner."""
    used = f"The journal's disk is {used_fraction * 100:.0f} % full"
    match alarm:
        case DiskAlarm.RED:
            return f"{used}. Free some space now."
        case DiskAlarm.AMBER:
            return f"{used}. Free some space soon."
    return f"{used}, which is enough room again."


def _alarm_at(used_fraction: float) -> DiskAlarm:
    if used_fraction >= RED_FRACTION:
        return DiskAlarm.RED
    return DiskAlarm.AMBER if used_fraction >= AMBER_FRACTION else DiskAlarm.NONE
