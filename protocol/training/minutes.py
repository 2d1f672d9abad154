"""How long the main part takes: work, rests, changes of station."""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from protocol.training.exercises import Exercise
from protocol.training.frame import SessionShape, UnitTimes
from protocol.training.vocabulary import RestScope, Sides

S_PER_MIN: Final = 60


class SessionMinutes(Struct, frozen=True):
    """Minutes of one session. Everybody moves together, so a turn lasts as its longest station."""

    warmup: int
    late_warmup: int  # of whoever comes after the start; 0: none
    main: int  # what the plan has for it
    cooldown: int
    n_turns: int
    n_rests: int
    turn_work_s: float  # at the plan's step
    expected_main: float  # minutes, by `formula`
    longest_main: float  # minutes, with every station at the top of its range
    fits: bool
    formula: str


def compute_work_s(exercise: Exercise, amount: int, unit_s: UnitTimes) -> float:
    """Seconds that one set takes, both sides where each side does the amount."""
    n_sides = 2 if exercise.sides is Sides.EACH_SIDE else 1
    return amount * unit_s.of(exercise.unit) * n_sides


def compute_main_s(turns_s: Sequence[float], shape: SessionShape) -> float:
    """Seconds for turns of `turns_s` seconds, one after the other, with the plan's rests.

    Rests stand between, so the last turn has none. Where they come between rounds only, each
    turn has a change of station instead.
    """
    rests_s = _count_rests(len(turns_s), shape) * shape.rest_s
    if shape.rest_scope is RestScope.BETWEEN_ROUNDS:
        return sum(turns_s) + len(turns_s) * shape.changeover_s + rests_s
    return sum(turns_s) + rests_s


def _count_rests(n_turns: int, shape: SessionShape) -> int:
    n_parts = shape.rounds if shape.rest_scope is RestScope.BETWEEN_ROUNDS else n_turns
    return max(n_parts - 1, 0) if n_turns else 0


def compute_minutes(
    steps_s: Sequence[float], tops_s: Sequence[float], shape: SessionShape
) -> SessionMinutes:
    """Minutes of a session whose stations take `steps_s`, and `tops_s` at most."""
    turn_s, top_s = max(steps_s, default=0.0), max(tops_s, default=0.0)
    n_turns = len(steps_s) * shape.rounds
    expected_s = compute_main_s([turn_s] * n_turns, shape)
    longest_s = compute_main_s([top_s] * n_turns, shape)
    return SessionMinutes(
        warmup=shape.warmup_min,
        late_warmup=shape.late_warmup_min,
        main=shape.main_min,
        cooldown=shape.cooldown_min,
        n_turns=n_turns,
        n_rests=_count_rests(n_turns, shape),
        turn_work_s=turn_s,
        expected_main=round(expected_s / S_PER_MIN, 1),
        longest_main=round(longest_s / S_PER_MIN, 1),
        fits=expected_s <= shape.main_min * S_PER_MIN,
        formula=_write_formula(n_turns, turn_s, expected_s, shape),
    )


def _write_formula(n_turns: int, turn_s: float, expected_s: float, shape: SessionShape) -> str:
    sum_of = f"{n_turns} turns × {turn_s:g} s"
    if shape.rest_scope is RestScope.BETWEEN_ROUNDS:
        sum_of += f" + {n_turns} changes × {shape.changeover_s} s"
    n_rests = _count_rests(n_turns, shape)
    return f"{sum_of} + {n_rests} rests × {shape.rest_s} s = {expected_s / S_PER_MIN:.1f} min"
