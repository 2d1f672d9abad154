"""On which stations' cards the trainer taps in every slot of an evening."""

from collections.abc import Mapping
from typing import Any

from firmware_sim.evening.floor import Planned

# Of eight, as in the scripted evening through the real screens (server/web/tablet/README.md), which
# leaves her time for exceptions: one tap of 2.65 s a card.
WALKED = 5
ONCE_MORE = frozenset({"once_more", "effort_not_given"})  # as a card marks them with ◎


def choose_walked(
    planned: Planned, prescriptions: Mapping[str, Mapping[str, Mapping[str, Any]]]
) -> set[int]:
    """First those with the highest number on their card; equals by turns, session by session."""
    stations = [station["exercise"] for station in planned["stations"]]
    first = planned["session"] * WALKED

    def rank(place: int) -> tuple[int, int]:
        told = [own[stations[place]] for own in prescriptions.values() if stations[place] in own]
        n_worth = sum(one["rule"] in ONCE_MORE for one in told)
        return -n_worth, (place - first) % len(stations)

    return set(sorted(range(len(stations)), key=rank)[:WALKED])
