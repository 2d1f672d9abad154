"""What an earlier evening prescribed to a woman, as the place where she stands."""

from collections.abc import Sequence
from typing import Any

from server.sessions.domain.fold import State


def find_prescribed(
    state: State, participant: str, family: Sequence[str]
) -> tuple[str, int, str | None] | None:
    """Exercise, amount and band of one evening; of several of a family, the hardest."""
    person = state["people"].get(participant)
    told = [] if person is None else _list_told(person)
    own = [one for one in told if one["exercise"] in family and one["amount"] is not None]
    if not own:
        return None
    hardest = max(own, key=lambda one: (family.index(one["exercise"]), one["amount"]))
    return hardest["exercise"], hardest["amount"], hardest["band"]


def _list_told(person: dict[str, Any]) -> list[dict[str, Any]]:
    """What was prescribed to her and, on an evening with a no to jumps, what stood in for them."""
    prescription, signoff = person["prescription"], person["plyometric_signoff"]
    told = [] if prescription is None else list(prescription["exercises"].values())
    if not (signoff and signoff["locked_from"]):
        return told
    return told + [one["while_locked"] for one in told if one.get("while_locked")]
