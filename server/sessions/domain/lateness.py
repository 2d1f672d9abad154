"""Entries that came in after a session was closed: kept as all others, and marked.

A tablet that was offline sends what was done before the end after it; nobody can tell that from an
edit by its times alone, so what counts here is the ledger's own order.
"""

from collections.abc import Iterable
from dataclasses import dataclass

CLOSED = "session_closed"
REOPENED = "session_reopened"


@dataclass(frozen=True, slots=True)
class Turn:
    """A closing or a reopening at a place in the ledger; a voided closing was none."""

    n: int
    closes: bool


@dataclass(frozen=True, slots=True)
class ClosedStretch:
    """Places in the ledger between a closing and what opened the session again (None: nothing)."""

    after_n: int
    before_n: int | None


def list_closed_stretches(turns: Iterable[Turn]) -> list[ClosedStretch]:
    """`turns` come in the ledger's order; closing what is closed changes nothing."""
    stretches: list[ClosedStretch] = []
    closed_n: int | None = None
    for turn in turns:
        if turn.closes and closed_n is None:
            closed_n = turn.n
        elif not turn.closes and closed_n is not None:
            stretches.append(ClosedStretch(closed_n, turn.n))
            closed_n = None
    if closed_n is not None:
        stretches.append(ClosedStretch(closed_n, None))
    return stretches


def is_late(stretches: Iterable[ClosedStretch], n: int) -> bool:
    """Whether the entry at a place came while its session was closed."""
    return any(one.after_n < n and (one.before_n is None or n < one.before_n) for one in stretches)
