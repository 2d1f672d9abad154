"""Less was heard of her main phase than the study asks for, and why."""

from collections.abc import Iterator
from math import floor
from typing import Final

from server.dose.heart.coverage import MIN_COVERAGE
from server.dose.quantity import Missing
from server.projection.quality.finding import Hit
from server.projection.quality.seen import HEART, MOVEMENT, SessionSeen, StreamCoverage

# She came and should have been heard; absent is no fault of quality.
_WITHOUT_SHARE: Final = frozenset({Missing.NO_DATA, Missing.NO_STRAP})
ALL_FROM: Final = 2  # straps of which nothing came: an upload that is missing, and no strap's fault
_SAME: Final = 1e-9  # as the coverage's own comparison


def judge(seen: SessionSeen) -> Iterator[Hit]:
    """One hit for each woman and stream; movement only where anybody's was heard that evening.

    Where straps were worn and nothing of any came in, it is one hit for the whole evening.
    """
    silent = _list_silent(seen, HEART)
    if len(silent) >= ALL_FROM and not _list_heard(seen, HEART):
        yield Hit((), HEART, {"n_silent": len(silent)})
    else:
        yield from _judge_stream(seen, HEART)
    if _list_heard(seen, MOVEMENT):
        yield from _judge_stream(seen, MOVEMENT)


def _judge_stream(seen: SessionSeen, name: str) -> Iterator[Hit]:
    for person in seen.people:
        stream = person.streams.get(name)
        if stream is not None and _is_low(stream):
            yield Hit((person.code,), name, _tell(stream))


def _list_silent(seen: SessionSeen, name: str) -> list[str]:
    streams = [(one.code, one.streams.get(name)) for one in seen.people]
    return [code for code, one in streams if one is not None and one.missing is Missing.NO_DATA]


def _list_heard(seen: SessionSeen, name: str) -> list[str]:
    streams = [(one.code, one.streams.get(name)) for one in seen.people]
    return [code for code, one in streams if one is not None and one.coverage]


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
