"""Two ratings of hers in one evening are so far apart that one may be a slip of the hand.

Each sweep asks about the station that she has just been at, another one in each round: ratings of
two exercises differ because the exercises do, so only ratings of one are compared by how far apart
they are.
"""

from collections.abc import Iterator
from itertools import combinations
from typing import Final

from server.projection.quality.finding import Hit
from server.projection.quality.seen import RoundRating, SessionSeen

# Of one exercise: twice how far two ratings of the same work lie apart in 95 of 100 (2.94 at most,
# Lamb 1999, Br J Sports Med 33:336), for a round's fatigue is real. Twice is inferred.
FAR_SAME: Final = 6
# Of two exercises, or where nobody said of which: from one end of the scale to the other, from
# Borg's anchor "extremely light" or below to "extremely hard" or above (Borg 1998). Inferred.
LEAST_HARD: Final = 7
HARDEST: Final = 19


def judge(seen: SessionSeen) -> Iterator[Hit]:
    """One hit for each woman, with all such pairs: round, rating, exercise, and the same again."""
    for person in seen.people:
        rounds = sorted(person.round_ratings.items())
        pairs = [
            [first, a.rating, a.exercise, second, b.rating, b.exercise]
            for (first, a), (second, b) in combinations(rounds, 2)
            if _is_far(a, b, in_a_row=second == first + 1)
        ]
        if pairs:
            yield Hit((person.code,), "", {"pairs": pairs})


def _is_far(a: RoundRating, b: RoundRating, *, in_a_row: bool) -> bool:
    """Ratings of two exercises are compared in rounds that follow each other only."""
    least, most = sorted((a.rating, b.rating))
    if a.exercise is not None and a.exercise == b.exercise:
        return most - least >= FAR_SAME
    return in_a_row and least <= LEAST_HARD and most >= HARDEST
