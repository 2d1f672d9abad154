"""Whether a woman may be given what is locked until somebody has signed that she is ready."""

from collections.abc import Sequence

from server.sessions.domain.fold import State


def is_signed_off(states: Sequence[State], participant: str) -> bool:
    """Whether the last word on her readiness for plyometrics was yes, of everybody who said one.

    Where a yes and a no stand side by side and nobody has decided, it was no (decision 0024).
    """
    for state in reversed(states):
        if words := _list_signoffs(state, participant):
            return all(words)
    return False


def _list_signoffs(state: State, participant: str) -> list[bool]:
    """What is shown, and every version that a person has yet to choose from; a void is no yes."""
    person = state["people"].get(participant)
    shown = person and person["plyometric_signoff"]
    disputed = [
        value
        for conflict in state["conflicts"]
        if (conflict["kind"], conflict["about"]) == ("plyometric_signoff", participant)
        for value in conflict["values"]
    ]
    return [bool(one and one["ready"]) for one in ([shown] if shown else []) + disputed]
