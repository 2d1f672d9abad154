"""A session that began long ago and that nobody closed: its numbers stay preliminary."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from protocol.ledger.instants import parse_utc_ms
from server.projection.quality.finding import Hit

AFTER_H: Final = 6  # an evening, its ratings and its clearing up are over. Inferred
_MS_PER_H: Final = 3_600_000


def judge(lines: Sequence[Mapping[str, Any]], now_ms: int) -> Iterator[tuple[str, Hit]]:
    """(session, hit), by the session's planned start; one that nobody planned has none."""
    for line in lines:
        start = line["planned_start"]
        if line["state"] != "running" or start is None:
            continue
        if now_ms - parse_utc_ms(start) > AFTER_H * _MS_PER_H:
            yield line["id"], Hit((), "", {"planned_start": start})
