"""How warm the room was when people were last in it. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from protocol.ledger.event import LedgerEvent
from server.sessions.domain.holding import hold_events
from server.sessions.domain.views import view_facts

CLIMATE: Final = "room_climate"
_LATEST_FIRST: Final = ("end", "middle", "start")


def find_last_room(
    lines: Sequence[Mapping[str, Any]], climate: Mapping[str, Sequence[LedgerEvent]], before: str
) -> dict[str, Any] | None:
    """The last temperature of the newest session held before a planned start (UTC text).

    `climate` are the events of kind `room_climate` by session. None where nothing is known.
    """
    held = [
        one
        for one in lines
        if one["planned_start"] is not None
        and one["planned_start"] < before
        and one["state"] != "planned"
    ]
    for line in sorted(held, key=lambda one: (one["planned_start"], one["id"]), reverse=True):
        told = view_facts(hold_events(climate.get(line["id"], ())), CLIMATE)
        when = next((one for one in _LATEST_FIRST if one in told), None)
        if when is not None:
            return {
                "session": line["id"],
                "planned_start": line["planned_start"],
                "when": when,
                "temperature_c": told[when]["temperature_c"],
            }
    return None
