"""Which stations a session has: the list of the plan, or a week dealt to its sessions.

The rule `cover_week` (decision 0015): every exercise of the week comes up once before any comes
twice; a category with few exercises comes in every session if there is room; no exercise twice in
a session; sessions are as alike in categories as the numbers allow; neighbours differ.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

from protocol.training.exercises import Exercise
from protocol.training.plan import TrainingPlan
from protocol.training.prescribing import exercises_in_week


def select_stations(plan: TrainingPlan, session: int) -> tuple[Exercise, ...]:
    """Stations of a session, in the order of the floor. Raises ValueError outside the plan."""
    week = plan.week_of(session)
    listed = {one.session: one.stations for one in plan.selection.listed}
    if session in listed:
        return tuple(plan.exercise(name) for name in listed[session])
    dealt = _deal_week(plan, week)
    return dealt[(session - 1) % plan.course.sessions_per_week]


def _deal_week(plan: TrainingPlan, week: int) -> list[tuple[Exercise, ...]]:
    exercises = exercises_in_week(plan, week)
    n_sessions = plan.course.sessions_per_week
    n_stations = min(plan.selection.stations, len(exercises))
    turns = _count_turns(exercises, n_sessions, n_stations, week)
    sessions = _deal(exercises, turns, n_sessions, week)
    return [_interleave(chosen) for chosen in sessions]


def _count_turns(
    exercises: Sequence[Exercise], n_sessions: int, n_stations: int, week: int
) -> dict[str, int]:
    """In how many of the week's sessions each exercise comes up."""
    n_turns = n_sessions * n_stations
    if len(exercises) >= n_turns:  # too many for one week: go on dealing where last week stopped
        order = _interleave(exercises)
        first = (week - 1) * n_turns
        return {order[(first + n) % len(order)].id: 1 for n in range(n_turns)}
    turns = {exercise.id: 1 for exercise in exercises}
    for _ in range(n_turns - len(exercises)):
        turns[_most_due(exercises, turns, n_sessions, week)] += 1
    return turns


def _most_due(
    exercises: Sequence[Exercise], turns: Mapping[str, int], n_sessions: int, week: int
) -> str:
    """Who comes up once more: first of a category that misses a session, then of the rarest."""
    places = {exercise.id: place for place, exercise in enumerate(exercises)}
    sizes = Counter(exercise.category for exercise in exercises)
    by_category = Counter[str]()
    for exercise in exercises:
        by_category[exercise.category] += turns[exercise.id]

    def due(exercise: Exercise) -> tuple[int, int, float, int]:
        of_category = by_category[exercise.category]
        in_every_session = min(of_category, n_sessions)
        share = of_category / sizes[exercise.category]
        turn_of_week = (places[exercise.id] - week) % len(places)
        return in_every_session, turns[exercise.id], share, turn_of_week

    return min((e for e in exercises if turns[e.id] < n_sessions), key=due).id


def _deal(
    exercises: Sequence[Exercise], turns: Mapping[str, int], n_sessions: int, week: int
) -> list[list[Exercise]]:
    """One card after the other to the sessions in turn.

    The cards of one exercise, and of one category, lie together: so they go to different sessions,
    and no session gets more than one of a category more than another.
    """
    sessions: list[list[Exercise]] = [[] for _ in range(n_sessions)]
    cards = [one for one in exercises for _ in range(turns.get(one.id, 0))]
    for place, card in enumerate(cards):
        sessions[(place + week) % n_sessions].append(card)
    return sessions


def _interleave(exercises: Sequence[Exercise]) -> tuple[Exercise, ...]:
    """Spread each category evenly, so that neighbours load different things."""
    sizes = Counter(exercise.category for exercise in exercises)
    seen = Counter[str]()
    keyed = []
    for place, exercise in enumerate(exercises):
        share = (seen[exercise.category] + 0.5) / sizes[exercise.category]
        seen[exercise.category] += 1
        keyed.append((share, place, exercise))
    return tuple(exercise for _, _, exercise in sorted(keyed, key=lambda one: one[:2]))
