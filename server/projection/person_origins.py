"""Which strap each stretch of her evening comes from, stream by stream. Pure."""

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

import numpy as np

from server.decoding.clocks.frames import NS_PER_MS, NS_PER_S
from server.projection.person_dose import Trace
from server.projection.person_gaps import HEART, MOVEMENT
from server.projection.person_streams import PersonStreams

ORIGINS_VERSION: Final = 1


class OriginRow(NamedTuple):
    """From the first value of a strap to the last before another one's; gaps inside are gaps."""

    stream: str
    from_ns: int
    until_ns: int
    strap: str


def trace_origins(streams: PersonStreams, origin_ns: int) -> Trace:
    """Columns `stream`, `from_s`, `until_s`, `strap` (n,), by stream and beginning.

    Seconds count from `origin_ns` (UTC).
    """
    rows = [
        *_join(HEART, _cut(streams, HEART)),
        *_join(MOVEMENT, _cut(streams, MOVEMENT)),
    ]
    columns: dict[str, Any] = {
        "stream": np.array([row.stream for row in rows], dtype=np.str_),
        "from_s": np.array([(row.from_ns - origin_ns) / NS_PER_S for row in rows]),
        "until_s": np.array([(row.until_ns - origin_ns) / NS_PER_S for row in rows]),
        "strap": np.array([row.strap for row in rows], dtype=np.str_),
    }
    return Trace("origins", ORIGINS_VERSION, columns)


def _cut(streams: PersonStreams, stream: str) -> Iterator[tuple[int, int, str]]:
    """First and last moment of each piece in each interval in which she wore its strap."""
    pieces = streams.hearts if stream == HEART else streams.movement
    for piece in pieces:
        for worn in streams.worn:
            if worn.strap != piece.strap:
                continue
            ends_ns = (worn.from_ms * NS_PER_MS, worn.until_ms * NS_PER_MS)
            first, end = np.searchsorted(piece.utc_ns, ends_ns).tolist()
            if first < end:
                yield int(piece.utc_ns[first]), int(piece.utc_ns[end - 1]), worn.strap


def _join(stream: str, found: Iterator[tuple[int, int, str]]) -> list[OriginRow]:
    """Neighbours of one strap are one stretch."""
    rows: list[OriginRow] = []
    for from_ns, until_ns, strap in sorted(found):
        if rows and rows[-1].strap == strap:
            last = rows[-1]
            rows[-1] = last._replace(until_ns=max(last.until_ns, until_ns))
        else:
            rows.append(OriginRow(stream, from_ns, until_ns, strap))
    return rows
