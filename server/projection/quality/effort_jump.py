"""Her rating of one round is far from that of the next: one may be a slip of the hand."""

from collections.abc import Iterator
from typing import Final

from server.projection.quality.finding import Hit
from server.projection.quality.seen import SessionSeen

FAR: Final = 8  # of the 14 steps between 6 and 20: from "light" past "very hard". Inferred


def judge(seen: SessionSeen) -> Iterator[Hit]:
    """One hit for each woman, with all such pairs of rounds."""
    for person in seen.people:
        ratings = person.round_ratings
        pairs = [
            [number, ratings[number], number + 1, ratings[number + 1]]
            for number in sorted(ratings)
            if number + 1 in ratings and abs(ratings[number + 1] - ratings[number]) >= FAR
        ]
        if pairs:
            yield Hit((person.code,), "", {"pairs": pairs})
