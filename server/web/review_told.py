"""What is known of a session, from which lanes are drawn. Only data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from server.dose.written.evening import WrittenEvening
from server.sessions.domain.holding import Holdings
from server.web.review_context import Gap


@dataclass(frozen=True, slots=True)
class Told:
    """What was written down of a session. `signs` by code, `labels` of straps by serial.

    `gaps`, `traces` and `sensed` (by set, as JSON) are by code, of what was worked out; `ends_ms`
    is where the axis ends.
    """

    evening: WrittenEvening
    holdings: Holdings
    signs: Mapping[str, str]
    labels: Mapping[str, str]
    gaps: Mapping[str, list[Gap]]
    traces: Mapping[str, list[str]]
    ends_ms: int
    sensed: Mapping[str, Mapping[str, Mapping[str, Any]]] = field(default_factory=dict)


def sort_codes(codes: Sequence[str]) -> list[str]:
    """Each once, P02 before P10 before P100."""
    return sorted(set(codes), key=lambda code: (len(code), code))
