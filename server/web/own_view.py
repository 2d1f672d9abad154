"""What a participant's own screens show, as JSON about her alone. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any, Final

from protocol.ledger.instants import parse_utc_ms
from server.sessions.domain.fold import State
from server.sessions.domain.own_path import count_own_sets, has_come
from server.sessions.domain.own_steps import OwnCircuit
from server.web.plan_words import say_id

_LINE_KEYS: Final = ("id", "ordinal", "week", "state")
_TARGET_KEYS: Final = ("exercise", "name", "amount", "unit", "band", "sides", "support")
_UNITS: Final = {"reps": "repetitions"}


def view_line(line: Mapping[str, Any]) -> dict[str, Any]:
    """A session without the codes of those who come."""
    return {**{key: line[key] for key in _LINE_KEYS}, "start": line["planned_start"]}


def view_tonight(
    planned: Mapping[str, Any] | None, prescribed: Mapping[str, Mapping[str, Any]]
) -> dict[str, Any] | None:
    """Her stations in the order of the floor; None where nobody planned any."""
    if planned is None:
        return None
    stations = [
        {
            "station": station["exercise"],
            **_view_target({**station, **prescribed.get(station["exercise"], {})}),
            "change": _find_change(prescribed.get(station["exercise"])),
        }
        for station in planned["stations"]
    ]
    kept = ("rounds", "rest_s", "language")
    return {**{key: planned[key] for key in kept}, "stations": stations}


def view_now(
    circuit: OwnCircuit | None, state: State, code: str, words: Mapping[str, Mapping[str, Any]]
) -> dict[str, Any] | None:
    """Her clock and what she does in each of its segments; None while no clock runs.

    Args:
        words: by exercise its name and support
    """
    clock, person = state["clock"], state["people"].get(code)
    if circuit is None or person is None or clock["state"] not in ("running", "held"):
        return None
    return {
        "held": clock["state"] == "held",
        "active_ms": clock["active_ms"],
        "standing": person["standing"],
        "steps": [_view_step(step, words) for step in circuit.steps],
    }


def view_answers(state: State, code: str, circuit: OwnCircuit | None, now: str) -> dict[str, Any]:
    """What of a session she was asked: readiness, effort, how she feels, and her sets.

    `ended_at` is null while it isn't over, and where she wasn't there.
    """
    person = state["people"].get(code)
    ended_at = _find_end(state, circuit, now) if has_come(person) else None
    told = {} if person is None else person
    effort = told.get("session_rpe")
    counted = None if person is None or ended_at is None else asdict(count_own_sets(person))
    return {
        "standing": told.get("standing"),
        "readiness": _view_given(told.get("readiness")),
        "ended_at": ended_at,
        "effort": effort and {
            **{key: effort[key] for key in ("event", "rating", "missing_reason")},
            "is_own": effort["source"] == "self_report" or effort["rating"] is None,
        },
        "feeling": _view_given(told.get("feeling")),
        "sets": counted,
    }  # fmt: skip


def find_words(
    planned: Mapping[str, Any] | None, prescribed: Mapping[str, Mapping[str, Any]]
) -> dict[str, dict[str, Any]]:
    """By exercise its name and support, of all that the plan and her prescription name."""
    stations: Sequence[Mapping[str, Any]] = () if planned is None else planned["stations"]
    others = [one for station in stations for one in station["alternatives"]]
    told = [one for one in prescribed.values() if "name" in one]
    locked = [one["while_locked"] for one in told if one.get("while_locked")]
    return {
        one["exercise"]: {"name": one["name"], "support": one["support"]}
        for one in (*others, *stations, *locked, *told)
    }


def _view_step(step: Mapping[str, Any], words: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    target = step["target"] or (step["station"] and {"exercise": step["station"]})
    if not target:
        return {**step, "target": None}
    named = words.get(target["exercise"], {"name": say_id(target["exercise"])})
    return {**step, "target": _view_target({**named, **target})}


def _view_target(told: Mapping[str, Any]) -> dict[str, Any]:
    target = {key: told.get(key) for key in _TARGET_KEYS}
    return {**target, "unit": _UNITS.get(str(target["unit"]), target["unit"])}


def _find_change(told: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """What is another step than last time."""
    if told is None or told.get("axis") is None or told["decision"] == "hold":
        return None
    return {key: told[key] for key in ("axis", "from", "to")}


def _find_end(state: State, circuit: OwnCircuit | None, now: str) -> str | None:
    """When the circuit was over, as the tablet counts it; else when the session was closed."""
    ends_at = None if circuit is None else circuit.ends_at
    closed_at: str | None = state["closed_at"]
    if ends_at is not None and parse_utc_ms(ends_at) <= parse_utc_ms(now):
        return ends_at if closed_at is None else min(ends_at, closed_at)
    return closed_at


def _view_given(fact: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return None if fact is None else {k: v for k, v in fact.items() if k != "conflict"}
