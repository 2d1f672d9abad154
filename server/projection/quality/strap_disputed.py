"""Two women are said to have worn one strap at once: its values are nobody's until one decides."""

from collections.abc import Iterator

from server.projection.quality.finding import Hit
from server.projection.quality.seen import SessionSeen


def judge(seen: SessionSeen) -> Iterator[Hit]:
    """One hit for each strap and pair."""
    pairs = sorted({(one.strap, one.participants) for one in seen.claims})
    for strap, participants in pairs:
        yield Hit(participants, strap, {"strap": strap})
