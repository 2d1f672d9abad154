"""What stands beside a person's numbers of one session: how she came, and what happened to her."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

LIGHTER = "lighter"


@dataclass(frozen=True, slots=True)
class Marks:
    """`attendance` is the ledger's word, None where nobody said; `n_events`: adverse events."""

    attendance: str | None = None
    lighter: bool = False
    n_events: int = 0


def read_marks(person: Mapping[str, Any] | None) -> Marks:
    """From her part of the folded session; None: nothing speaks of her."""
    if person is None:
        return Marks()
    decision = person["decision"]
    return Marks(
        attendance=person["attendance"],
        lighter=decision is not None and decision["decision"] == LIGHTER,
        n_events=len(person["events"]),
    )
