"""She wore a strap or did sets, and nobody wrote that she came: none of her doses is known."""

from collections.abc import Iterator

from server.projection.quality.finding import Hit
from server.projection.quality.seen import SessionSeen


def judge(seen: SessionSeen) -> Iterator[Hit]:
    """One hit for each woman."""
    for person in seen.people:
        if not person.has_attendance and (person.straps or person.n_sets):
            facts = {"straps": list(person.straps), "n_sets": person.n_sets}
            yield Hit((person.code,), "", facts)
