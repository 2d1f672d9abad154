"""Values of the session's straps can't be read, or no longer match their hash in the archive."""

from collections.abc import Iterator

from server.projection.quality.finding import Hit
from server.projection.quality.seen import SessionSeen


def judge(seen: SessionSeen) -> Iterator[Hit]:
    """One hit for the session."""
    if seen.n_undecodable or seen.n_damaged:
        yield Hit((), "", {"n_undecodable": seen.n_undecodable, "n_damaged": seen.n_damaged})
