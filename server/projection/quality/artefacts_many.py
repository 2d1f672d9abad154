"""Many of her beat intervals are no heart's: variability and mean stand on few beats."""

from collections.abc import Iterator

from server.dose.heart.nn_cleaning import FLAGGED_ABOVE, UNUSABLE_ABOVE
from server.projection.quality.finding import Hit
from server.projection.quality.seen import SessionSeen


def judge(seen: SessionSeen) -> Iterator[Hit]:
    """One hit for each woman; `is_unusable` above the share from which nothing is told."""
    for person in seen.people:
        share = person.artefact_share
        if share is not None and share > FLAGGED_ABOVE:
            facts = {"share_pct": round(100 * share, 1), "is_unusable": share > UNUSABLE_ABOVE}
            yield Hit((person.code,), "", facts)
