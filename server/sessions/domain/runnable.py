"""What of a plan the circuit can't run: told before its sessions are planned, not on the floor."""

import re
from collections.abc import Iterator
from typing import Final

from protocol.ledger.clock_values import MAX_SEGMENTS
from protocol.ledger.words import EXERCISE_FORM, MAX_ROUND, MAX_STATIONS
from protocol.training.expand import PlannedSession, expand_session
from protocol.training.plan import TrainingPlan
from protocol.training.vocabulary import RestScope

BANDS: Final = ("red", "green", "blue", "black")  # those that the tablet has keys for
LONGEST_S: Final = 3600  # of a segment
MOST: Final = 999  # of repetitions, seconds, metres or laps in the ledger


def list_obstacles(plan: TrainingPlan) -> list[str]:
    """One sentence each, with the field's place; none for a plan that can be run."""
    obstacles = [*_find_in_shape(plan), *_find_in_words(plan)]
    for number in range(1, plan.n_sessions + 1):
        obstacles += _find_in_session(expand_session(plan, number))
    return list(dict.fromkeys(obstacles))


def _find_in_shape(plan: TrainingPlan) -> Iterator[str]:
    shape = plan.session
    if shape.rest_scope is RestScope.BETWEEN_SETS:
        yield (
            "session.rest_scope: in the circuit everybody moves on after each set, so between_sets"
            " can't be run; write between_stations or between_rounds"
        )
    if shape.rest_s == 0:
        yield "session.rest_s: effort is asked in the rests, so there must be some"
    if shape.rounds > MAX_ROUND:
        yield f"session.rounds: the circuit has {MAX_ROUND} at most"


def _find_in_words(plan: TrainingPlan) -> Iterator[str]:
    strange = [one for one in (plan.bands.order if plan.bands else ()) if one not in BANDS]
    if strange:
        known = ", ".join(BANDS)
        yield f"bands.order: the tablet has no key for {strange[0]!r}; it has {known}"
    for exercise in plan.exercises:
        if not re.fullmatch(EXERCISE_FORM, exercise.id):
            yield f"exercises.{exercise.id}: an id begins with a letter"
        for row in plan.rows_of(exercise):
            if row.amount[1] > MOST:
                yield f"exercises.{exercise.id}: an amount is {MOST} at most"


def _find_in_session(session: PlannedSession) -> Iterator[str]:
    n_stations = len(session.stations)
    if n_stations > MAX_STATIONS:
        yield f"selection.stations: the circuit has {MAX_STATIONS} at most"
    n_segments = 2 * n_stations * session.rounds
    if n_segments > MAX_SEGMENTS:
        yield (
            f"session.rounds: {session.rounds} rounds of {n_stations} stations are {n_segments}"
            f" times of work and rest; the clock has {MAX_SEGMENTS} at most"
        )
    work_s = session.minutes.turn_work_s
    if not 1 <= round(work_s) <= LONGEST_S:
        yield f"session {session.session}: a turn of {work_s:g} s; it lasts 1 to {LONGEST_S} s"
