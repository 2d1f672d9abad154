"""Who begins where, which way all go round, and after which slot of a round effort is asked.

Everybody does every station once a round. A rating belongs to the station that she has just been
at, so what is rotated is when a round's effort is asked, and where each woman begins (decision
0022).
"""

import math
from collections.abc import Mapping, Sequence

from msgspec import Struct

from protocol.training.expand import PlannedSession
from protocol.training.vocabulary import RestScope, RotationRule

Wishes = Mapping[str, Sequence[float]]


class Rotation(Struct, frozen=True):
    """One evening's. In slot s (from 1) she is at station `(start + direction * (s - 1)) mod n`.

    Stations count from 0. `asked_after` has the slot of each round in whose rest all are asked.
    """

    direction: int  # 1 or -1
    start_station: dict[str, int]
    asked_after: tuple[int, ...]


def plan_rotation(session: PlannedSession, wishes: Wishes) -> Rotation:
    """The rotation for those whom `wishes` names, in floor order.

    A wish is how much is gained by asking her at each of the session's stations. Each start has as
    many women as any other, or one more. Raises ValueError for a session without stations.
    """
    n_stations = len(session.stations)
    if n_stations < 1:
        raise ValueError("a session without stations has no rotation")
    direction = -1 if session.rotation is RotationRule.BACKWARD else 1
    asked_after = list_asked_slots(session)
    gains = {
        code: [
            sum(wish[find_station(start, direction, slot, n_stations)] for slot in asked_after)
            for start in range(n_stations)
        ]
        for code, wish in wishes.items()
    }
    return Rotation(direction, _choose_starts(gains, n_stations, session.session), asked_after)


def find_station(start: int, direction: int, slot: int, n_stations: int) -> int:
    """Her station, from 0, in a slot, from 1."""
    return (start + direction * (slot - 1)) % n_stations


def list_asked_slots(session: PlannedSession) -> tuple[int, ...]:
    """After which slot of each round effort is asked: a different one each time, all in a week.

    Where the only rests are those between rounds it is the last slot of each.
    """
    n_slots, rounds = len(session.stations), session.rounds
    if session.rest_scope is RestScope.BETWEEN_ROUNDS:
        return (n_slots,) * rounds
    step = math.ceil(
        n_slots / rounds
    )  # so a session's rounds are asked at its beginning, middle, end
    while math.gcd(step, n_slots) != 1:
        step += 1
    first = (session.session_in_week - 1) * rounds
    return tuple((first + number) * step % n_slots + 1 for number in range(rounds))


def _choose_starts(
    gains: Mapping[str, Sequence[float]], n_stations: int, session: int
) -> dict[str, int]:
    """The best pair of woman and free start, again and again; all starts are taken once before any
    is taken twice. Equals go by floor order, one station on with each session.
    """
    places = {code: place for place, code in enumerate(gains)}

    def rank(code: str, start: int) -> tuple[float, int, int]:
        usual = (places[code] + session - 1) % n_stations
        return -gains[code][start], (start - usual) % n_stations, places[code]

    chosen: dict[str, int] = {}
    free: set[int] = set()
    while len(chosen) < len(gains):
        free = free or set(range(n_stations))
        pairs = [(code, start) for code in gains if code not in chosen for start in free]
        code, start = min(pairs, key=lambda pair: rank(*pair))
        chosen[code] = start
        free = free - {start}
    return {code: chosen[code] for code in gains}
