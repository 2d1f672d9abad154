"""Less was heard of her main phase than the study asks for, and why."""

from collections.abc import Iterator
from math import floor
from typing import Final

from server.dose.heart.coverage import MIN_COVERAGE
from server.dose.quantity import Missing
from server.projection.quality.finding import Hit
from server.projection.quality.seen import MOVEMENT, SessionSeen, StreamCoverage

# She came and should have been heard; absent is no fault of quality.
_WITHOUT_SHARE: Final = frozenset({Missing.NO_DATA, Missing.NO_STRAP})
_SAME: Final = 1e-9  # as the coverage's own comparison


def judge(seen: SessionSeen) -> Iterator[Hit]:
    """One hit for each woman and stream; movement only where anybody's was heard that evening."""
    has_movement = any(
        MOVEMENT in one.streams and one.streams[MOVEMENT].coverage for one in seen.people
    )
    for person in seen.people:
        for name, stream in person.streams.items():
            if (name != MOVEMENT or has_movement) and _is_low(stream):
                yield Hit((person.code,), name, _tell(stream))


def _is_low(stream: StreamCoverage) -> bool:
    if stream.coverage is None:
        return stream.missing in _WITHOUT_SHARE
    return stream.coverage < MIN_COVERAGE - _SAME


def _tell(stream: StreamCoverage) -> dict[str, object]:
    share = stream.coverage
    return {
        "coverage_pct": None if share is None else floor(1000 * share + _SAME) / 10,
        "missing": None if stream.missing is None else stream.missing.value,
        "lost_s": [[loss.value, round(seconds)] for loss, seconds in stream.lost.lost_s.items()],
    }
