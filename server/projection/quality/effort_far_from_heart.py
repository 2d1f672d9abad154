"""Her rating of the session and her heart rate tell two stories. Advisory: the rating leads."""

from collections.abc import Iterator
from typing import Final

from server.projection.quality.finding import Hit
from server.projection.quality.seen import SessionSeen

# Classes of intensity by effort on 6 to 20 and by share of the reserve (Garber 2011, Table 5: very
# light, light, moderate, vigorous, near-maximal). A mean over work and rest lies below its work, so
# two classes between them are the least that says anything.
RATING_FROM: Final = (9, 12, 14, 18)
RESERVE_FROM: Final = (0.30, 0.40, 0.60, 0.90)
CLASSES_APART: Final = 2


def judge(seen: SessionSeen) -> Iterator[Hit]:
    """One hit for each woman; none whose heart rate is marked as saying little."""
    for person in seen.people:
        rating, reserve = person.session_rating, person.mean_hrr
        if rating is None or reserve is None or person.hr_unreliable:
            continue
        by_rating = sum(rating >= one for one in RATING_FROM)
        by_heart = sum(reserve >= one for one in RESERVE_FROM)
        if abs(by_rating - by_heart) >= CLASSES_APART:
            facts = {"rating": rating, "reserve_pct": round(100 * reserve)}
            yield Hit((person.code,), "", facts)
