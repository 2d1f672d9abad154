"""Tonight's printed sheet: who does what in which turn, as prescribed to her. Pure."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from protocol.ledger.canonical import encode_canonical
from protocol.training.rotation import find_station
from server.sessions.domain.fold import State
from server.sessions.domain.levels import lower_to

CODE_DIGITS: Final = 12  # of the sheet's hash; told apart from every other print of a course
SESSION_PAGE: Final = 1
PAGES_EACH: Final = 2  # of a woman: front and back of one leaf
_KEPT: Final = ("amount", "unit", "band", "sides")

Line = Mapping[str, Any]  # as server.sessions.domain.listing tells it


@dataclass(frozen=True, slots=True)
class SheetStation:
    """One turn of hers. `station` counts from 0, `turn` from 1; `prescribed` as in the ledger."""

    turn: int
    station: int
    station_exercise: str
    exercise: str
    name: str
    support: str
    prescribed: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SheetPerson:
    """One woman's leaf: its first page, and her stations in the order of her rotation."""

    code: str
    page: int
    stations: tuple[SheetStation, ...]

    @property
    def back(self) -> int:
        """The page on the back of her leaf."""
        return self.page + 1

    def find_turn(self, turn: int) -> SheetStation | None:
        """Where she is in a turn."""
        return next((one for one in self.stations if one.turn == turn), None)


@dataclass(frozen=True, slots=True)
class Sheet:
    """`asked_after` has the turn of each round after which effort is asked; `code` names a print.

    The same contents have the same code, whenever they are printed.
    """

    session: str
    plan_sha256: str
    rounds: int
    asked_after: tuple[int, ...]
    people: tuple[SheetPerson, ...]
    code: str

    @property
    def n_pages(self) -> int:
        return SESSION_PAGE + PAGES_EACH * len(self.people)

    def find(self, code: str) -> SheetPerson | None:
        """A woman's leaf."""
        return next((one for one in self.people if one.code == code), None)


def make_sheet(line: Line, content: Mapping[str, Any], state: State) -> Sheet:
    """From an evening's content (server.sessions.evening) and what its ledger holds already.

    What a trainer decided tonight goes before the rules: another level, another exercise, another
    place to begin.
    """
    planned, rotation = content["planned"], content["rotation"]
    codes = list(line["participants"])
    starts = {**rotation["start_station"], **_read_starts(state)}
    people = tuple(
        SheetPerson(code, SESSION_PAGE + 1 + PAGES_EACH * place, _list_stations(
            content, state, code, starts.get(code, place % len(planned["stations"]))))
        for place, code in enumerate(codes)
    )  # fmt: skip
    asked = tuple(rotation["asked_after"])
    session, digest = str(line["id"]), str(line["plan_sha256"])
    code = compute_code(session, digest, people, asked)
    return Sheet(session, digest, int(planned["rounds"]), asked, people, code)


def compute_code(
    session: str, plan_sha256: str, people: Sequence[SheetPerson], asked: Sequence[int]
) -> str:
    """Twelve hexadecimal digits of the SHA-256 of all that is printed for anybody."""
    content = encode_canonical(list_content(session, plan_sha256, people, asked))
    return hashlib.sha256(content).hexdigest()[:CODE_DIGITS]


def list_content(
    session: str, plan_sha256: str, people: Sequence[SheetPerson], asked: Sequence[int]
) -> list[Any]:
    """What a sheet prescribes to whom, as plain values: `rebuild_sheet` makes it a sheet again."""
    rows = [
        [one.code, [[s.station, s.exercise, dict(s.prescribed)] for s in one.stations]]
        for one in people
    ]
    return [session, plan_sha256, rows, list(asked)]


def _read_starts(state: State) -> dict[str, int]:
    people = state["people"].items()
    return {code: one["start_station"] for code, one in people if one["start_station"] is not None}


def _list_stations(
    content: Mapping[str, Any], state: State, code: str, start: int
) -> tuple[SheetStation, ...]:
    stations = content["planned"]["stations"]
    direction = content["rotation"]["direction"]
    person = state["people"].get(code)
    made = []
    for turn in range(1, len(stations) + 1):
        place = find_station(start, direction, turn, len(stations))
        told = _find_target(content["prescriptions"][code], person, stations[place]["exercise"])
        made.append(_make_station(turn, place, stations[place], told))
    return tuple(made)


def _find_target(
    prescribed: Mapping[str, Any], person: Mapping[str, Any] | None, station: str
) -> dict[str, Any]:
    """What she is to do there: as the ledger has it for tonight, else by the plan's rules."""
    told = dict(prescribed[station])
    if person is None:
        return told
    entered = (person["prescription"] or {"exercises": {}})["exercises"].get(station)
    instead = person["substitutions"].get(station, {}).get("instead")
    target = dict(instead or entered or told)
    return lower_to(person["level"], target) or target


def _make_station(
    turn: int, place: int, station: Mapping[str, Any], told: Mapping[str, Any]
) -> SheetStation:
    exercise = str(told["exercise"])
    name, support = find_words(exercise, (told, station, *station["alternatives"]))
    return SheetStation(
        turn=turn,
        station=place,
        station_exercise=str(station["exercise"]),
        exercise=exercise,
        name=name,
        support=support,
        prescribed={key: told[key] for key in _KEPT},
    )


def find_words(exercise: str, known: Sequence[Mapping[str, Any]]) -> tuple[str, str]:
    """Name and support of an exercise, by the first that has its name."""
    same = (one for one in known if one["exercise"] == exercise and "name" in one)
    shown: Mapping[str, Any] = next(same, {})
    return str(shown.get("name") or exercise.replace("-", " ")), str(shown.get("support", ""))
