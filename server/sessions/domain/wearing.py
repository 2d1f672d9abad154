"""Which strap was on whom, from when to when: what joins raw bytes to people, late (D3)."""

from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Any

from server.sessions.domain.chains import Thing, select_shown
from server.sessions.domain.views import view_fact


def list_wearing(things: Sequence[Thing], participant: str) -> list[dict[str, Any]]:
    """Her straps: `strap`, `from`, `until`, `event`, `conflict`; by time."""
    own = [
        view_fact(thing)
        for thing in select_shown(things, "wearing")
        if thing.shown and thing.shown.value and thing.shown.value["participant"] == participant
    ]
    for one in own:
        del one["participant"]
    return sorted(own, key=lambda one: (one["from"], one["event"]))


def list_overlaps(things: Sequence[Thing]) -> list[dict[str, Any]]:
    """Straps that two people are said to have worn at once: one of the two is a mistake."""
    worn = [(t.about, t.shown.value) for t in select_shown(things, "wearing") if t.shown]
    overlaps = [
        {"strap": one["strap"], "events": sorted((one_id, other_id))}
        for (one_id, one), (other_id, other) in combinations(worn, 2)
        if one is not None and other is not None and _overlap(one, other)
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
