"""Which strap was on whom, from when to when: what joins raw bytes to people, late (D3)."""

from collections.abc import Iterable
from itertools import combinations
from typing import Any

from server.sessions.domain.holding import Holdings
from server.sessions.domain.views import view_fact


def list_wearing(holdings: Holdings, participant: str) -> list[dict[str, Any]]:
    """Her straps: `strap`, `from`, `until`, `event`, `conflict`; by time."""
    own = [view_fact(held) for held in holdings.of_kind("wearing")]
    own = [one for one in own if one.pop("participant") == participant]
    return sorted(own, key=lambda one: (one["from"], one["event"]))


def list_overlaps(holdings: Holdings) -> list[dict[str, Any]]:
    """Straps that two people are said to have worn at once: one of the two is a mistake."""
    overlaps = [
        {"strap": one.value["strap"], "events": sorted((one.about, other.about))}
        for one, other in combinations(holdings.of_kind("wearing"), 2)
        if _overlap(one.value, other.value)
    ]
    return sorted(overlaps, key=lambda overlap: (overlap["strap"], overlap["events"]))


def find_wearers(intervals: Iterable[dict[str, Any]], strap: str, at: str) -> list[str]:
    """Participants who wore a strap at a UTC text; one when all is well, none when nobody did.

    `intervals` are values of wearing events; `from` is in the interval, `until` isn't.
    """
    return [
        one["participant"]
        for one in intervals
        if one["strap"] == strap
        and one["from"] <= at
        and (one["until"] is None or at < one["until"])
    ]


def _overlap(one: dict[str, Any], other: dict[str, Any]) -> bool:
    if one["strap"] != other["strap"] or one["participant"] == other["participant"]:
        return False
    for first, second in ((one, other), (other, one)):
        if first["until"] is not None and first["until"] <= second["from"]:
            return False
    return True
