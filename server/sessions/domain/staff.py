"""Who of the staff was there, and who has left before the end. Pure."""

from typing import Any

from protocol.ledger.instants import format_utc_ms
from server.sessions.domain.holding import Holding, Holdings
from server.sessions.domain.views import view_facts


def view_staff(holdings: Holdings) -> dict[str, dict[str, Any]]:
    """By user name: duty, qualification and `left_at`, a UTC text, None while she is there.

    Whoever goes, and wasn't there as far as is known, is in nobody's duty and isn't listed.
    """
    moved = {held.about: _tell_left(held) for held in holdings.of_kind("staff_attendance")}
    present = view_facts(holdings, "staff_present")
    return {name: {**fact, "left_at": moved.get(name)} for name, fact in present.items()}


def _tell_left(held: Holding) -> str | None:
    return format_utc_ms(held.root.time_ms) if held.value["status"] == "left" else None
