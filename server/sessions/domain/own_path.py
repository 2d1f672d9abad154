"""A participant's own way through the course: a dot a session, her sets of one, her steps. Pure.

Nothing here compares her with anybody. A session that she didn't come to is rest.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from server.sessions.domain.fold import State

FILLED: Final = "filled"  # she came, and did most of it
HALF: Final = "half"  # she came, and did a part
REST: Final = "rest"
TO_COME: Final = "to_come"
MOST_OF_IT: Final = 0.75  # of her sets; inferred: no source says when a session counts as whole

_CAME: Final = frozenset({"present", "late", "back", "away", "left"})


@dataclass(frozen=True, slots=True)
class SetCount:
    """Of one evening. `why` is the reason that was given most often for doing less."""

    done: int
    planned: int
    lighter: int
    why: str | None
    is_lighter_day: bool


def count_own_sets(person: Mapping[str, Any]) -> SetCount:
    """From her part of a folded session whose circuit is over."""
    sets = list(person["sets"].values())
    done = [one for one in sets if one["evidence"] is not None and "skipped" not in one["chips"]]
    lighter = [one for one in done if _is_lighter(one)]
    reasons = Counter(one["shortfall_reason"] for one in lighter if one["shortfall_reason"])
    return SetCount(
        done=len(done),
        planned=len(sets),
        lighter=len(lighter),
        why=reasons.most_common(1)[0][0] if reasons else None,
        is_lighter_day=person["level"] == "lighter",
    )


def has_come(person: Mapping[str, Any] | None) -> bool:
    """Whether she was at a session, however much she did; None: nothing was written down of her."""
    if person is None or person["standing"] == "not_today":
        return False
    return person["attendance"] in _CAME


def place_dot(person: Mapping[str, Any] | None) -> str:
    """The dot of a session that was held."""
    if person is None or not has_come(person):
        return REST
    counted = count_own_sets(person)
    return FILLED if counted.done >= MOST_OF_IT * counted.planned else HALF


def list_dots(
    n_sessions: int,
    a_week: int,
    lines: Sequence[Mapping[str, Any]],
    people: Mapping[str, Mapping[str, Any] | None],
) -> list[dict[str, Any]]:
    """A dot a session of the plan, with its week.

    Args:
        lines: sessions as domain.listing tells them
        people: by a held session's id her part of its fold, None where it has none
    """
    dots = [
        {"session": number, "week": (number - 1) // a_week + 1, "state": TO_COME}
        for number in range(1, n_sessions + 1)
    ]
    made_up = []
    for line in lines:
        if line["id"] not in people:
            continue
        state = place_dot(people[line["id"]])
        if line["ordinal"] is None:
            made_up.append((line["week"], state))
        elif line["ordinal"] <= n_sessions:
            dots[line["ordinal"] - 1]["state"] = state
    for week, state in made_up:
        _make_up(dots, week, state)
    return dots


def list_stairs(past: Sequence[tuple[int, State]], code: str) -> list[dict[str, Any]]:
    """By exercise what was prescribed to her, each time that it changed, in order.

    `past` are (number in the plan, fold) of sessions that she came to, in order.
    """
    stairs: dict[str, list[dict[str, Any]]] = {}
    for number, state in past:
        person = state["people"].get(code)
        written = None if person is None else person["prescription"]
        for told in ({} if written is None else written["exercises"]).values():
            steps = stairs.setdefault(told["exercise"], [])
            step = {key: told[key] for key in ("amount", "unit", "band")}
            if not steps or {key: steps[-1][key] for key in step} != step:
                steps.append({"session": number, **step})
    return [{"exercise": exercise, "steps": steps} for exercise, steps in stairs.items()]


def _make_up(dots: Sequence[dict[str, Any]], week: int | None, state: str) -> None:
    """A make-up session stands where one of its week was rested."""
    rested = [one for one in dots if one["week"] == week and one["state"] == REST]
    if rested and state != REST:
        rested[0]["state"] = state


def _is_lighter(one: Mapping[str, Any]) -> bool:
    done, asked = one["performed"], one["prescribed"]
    if one["shortfall_reason"] is not None:
        return True
    if done is None or asked is None or None in (done["amount"], asked["amount"]):
        return False
    return bool(done["unit"] == asked["unit"] and done["amount"] < asked["amount"])
