"""The gateway's two stamps on each value: one machine, so one boot and one offset between them."""

from collections.abc import Sequence
from statistics import median_low

from firmware_sim.rehearsal.verdict.evidence import ArchivedValue, SentValue

# A wall clock is steered by some milliseconds an hour; a stamp of another clock is further off.
OFFSET_LIMIT_NS = 10**9


def find_misstamped(
    sent: Sequence[SentValue], archived: Sequence[ArchivedValue]
) -> list[ArchivedValue]:
    """Values whose wall stamp does not fit their monotonic stamp, by the straps' own two clocks."""
    if not sent:
        return []
    offset_ns = median_low(value.wall_ns - value.monotonic_ns for value in sent)
    return [
        value
        for value in archived
        if abs(value.wall_ns - value.monotonic_ns - offset_ns) >= OFFSET_LIMIT_NS
    ]


def list_boots(archived: Sequence[ArchivedValue]) -> list[str]:
    """The boots that stamps claim to be of; one in an honest rehearsal."""
    return sorted({value.boot_id for value in archived})
