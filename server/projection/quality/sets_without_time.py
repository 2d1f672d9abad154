"""Sets were logged that are on no clock: their heart rate and movement can't be told."""

from collections.abc import Iterator

from server.projection.quality.finding import Hit
from server.projection.quality.seen import SessionSeen


def judge(seen: SessionSeen) -> Iterator[Hit]:
    """One hit for each woman."""
    for person in seen.people:
        if person.untimed_sets:
            yield Hit((person.code,), "", {"sets": sorted(person.untimed_sets)})
