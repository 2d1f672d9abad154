"""How much is gained by asking a woman for her effort at each of tonight's stations."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from protocol.training.expand import PlannedSession
from server.sessions.domain.prescribing import PastSession
from server.sessions.domain.records import name_rated

# Rules that a rating at that exercise would answer (protocol.training.progression_rules): before
# everything else, since a course has fewer sessions than a person has women and exercises to ask.
_ANSWERED: Final = frozenset({"once_more", "effort_not_given"})
_FIRST: Final = 1000.0


def list_wishes(
    planned: PlannedSession,
    past: Sequence[PastSession],
    participant: str,
    prescribed: Mapping[str, Mapping[str, Any]],
) -> list[float]:
    """One number a station: how many sessions it is since she was rated there, and more where
    one rating would let her move on."""
    last_rated = _find_last_rated(past, participant)
    wishes = []
    for station in planned.stations:
        told = prescribed[station.exercise]
        last = max(last_rated.get(name, 0) for name in (station.exercise, told["exercise"]))
        wishes.append(planned.session - last + _FIRST * (told["rule"] in _ANSWERED))
    return wishes


def _find_last_rated(past: Sequence[PastSession], participant: str) -> dict[str, int]:
    """By exercise the last session in which she gave a rating of it, or at its station."""
    last: dict[str, int] = {}
    for one in past:
        person = one.state["people"].get(participant) or {"rpe": {}}
        for round_, given in person["rpe"].items():
            if given["rating"] is not None and given["exercise"] is not None:
                rated = name_rated(person, int(round_), given["exercise"])
                last.update(dict.fromkeys(rated, one.session))
    return last
