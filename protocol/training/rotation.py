"""Who stands where in each turn: everybody does every station once a round."""

from collections.abc import Iterator

from msgspec import Struct

from protocol.training.expand import PlannedSession
from protocol.training.vocabulary import RestScope, RotationRule


class Turn(Struct, frozen=True):
    """One interval of work. `station_of[i]` is participant i's station, counted from 1."""

    turn: int
    round: int  # which of her sets it is: 1 to the number of rounds
    station_of: tuple[int, ...]


class Rotation(Struct, frozen=True):
    """The turns of a session for a number of participants, in an order chosen on the floor.

    With more participants than stations, i and i + the number of stations stand together; with
    fewer, stations stay free.
    """

    participants: int
    stations: int
    rounds: int
    most_at_a_station: int
    starts: tuple[int, ...]
    turns: tuple[Turn, ...]


def rotate(session: PlannedSession, n_participants: int) -> Rotation:
    """The rotation for a session. Raises ValueError for no participants or no stations."""
    n_stations = len(session.stations)
    if n_participants < 1 or n_stations < 1:
        raise ValueError(f"{n_participants} people can't go round {n_stations} stations")
    direction = -1 if session.rotation is RotationRule.BACKWARD else 1
    turns = []
    for number, (round_number, moves) in enumerate(_steps(session, n_stations), 1):
        at = ((i + direction * moves) % n_stations + 1 for i in range(n_participants))
        turns.append(Turn(number, round_number, tuple(at)))
    return Rotation(
        participants=n_participants,
        stations=n_stations,
        rounds=session.rounds,
        most_at_a_station=-(-n_participants // n_stations),
        starts=tuple(i % n_stations + 1 for i in range(n_participants)),
        turns=tuple(turns),
    )


def _steps(session: PlannedSession, n_stations: int) -> Iterator[tuple[int, int]]:
    """(round, how many stations on from the start) of each turn."""
    if session.rest_scope is RestScope.BETWEEN_SETS:  # all her sets at a station, then the next
        for moves in range(n_stations):
            yield from ((number, moves) for number in range(1, session.rounds + 1))
    else:
        for number in range(1, session.rounds + 1):
            yield from ((number, moves) for moves in range(n_stations))
