"""A request to give more away, as the page of exports shows it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RequestRow:
    """`became`: what was decided. `decide_path`: where whoever looks may decide; else empty."""

    number: int
    asked: str
    words: str
    reason: str
    alike: str
    by: str
    became: str
    decide_path: str
