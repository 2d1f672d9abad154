"""Two entries say different things of one fact, and nobody has decided which one holds."""

from collections.abc import Iterator

from server.projection.quality.finding import Hit
from server.projection.quality.seen import SessionSeen


def judge(seen: SessionSeen) -> Iterator[Hit]:
    """One hit for each fact."""
    for one in seen.disputes:
        thing = f"{one.kind} {one.about}"
        facts = {"kind": one.kind, "about": one.about, "values": list(one.values)}
        yield Hit((), thing, facts)
