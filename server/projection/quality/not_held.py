"""A session that was planned, whose day is over, and that nobody began or moved."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from protocol.ledger.instants import parse_utc_ms
from server.projection.quality.finding import Hit

AFTER_H: Final = 24  # a tablet without a network may still hold its entries. Inferred
_MS_PER_H: Final = 3_600_000


def judge(lines: Sequence[Mapping[str, Any]], now_ms: int) -> Iterator[tuple[str, Hit]]:
    """(session, hit) for each."""
    for line in lines:
        start = line["planned_start"]
        if line["state"] != "planned" or start is None:
            continue
        if now_ms - parse_utc_ms(start) > AFTER_H * _MS_PER_H:
            yield line["id"], Hit((), "", {"planned_start": start})
