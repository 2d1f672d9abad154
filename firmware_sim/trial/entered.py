"""What a trainer entered of an evening, as far as bodies and straps follow it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from protocol.ledger.instants import parse_utc_ms
from protocol.ledger.words import UNIT_OF_PLAN

Events = Iterable[Mapping[str, Any]]
Exercise = tuple[str, str]  # code, exercise of the station
Set = tuple[str, str, int]  # code, exercise of the station, round

REPETITIONS: Final = UNIT_OF_PLAN.get("reps", "reps")


@dataclass(frozen=True, slots=True)
class Worn:
    """A strap on a woman, UTC ms. `id` and `about` are those of the entry that says so."""

    participant: str
    strap: str
    from_ms: int
    until_ms: int | None
    id: str
    about: str


@dataclass(frozen=True, slots=True)
class Clock:
    """The circuit as it ran, from `start_ms` (UTC): nobody held it."""

    start_ms: int
    segments: tuple[Mapping[str, Any], ...]
    stations: tuple[str, ...]
    start_station: Mapping[str, int]
    direction: int

    @property
    def end_ms(self) -> int:
        """When the last work was over."""
        seconds: int = sum(segment["seconds"] for segment in self.segments)
        return self.start_ms + 1000 * seconds

    def find_station(self, code: str, slot: int) -> int:
        """Her place in `stations` in a slot, which counts from 1."""
        return (self.start_station[code] + self.direction * (slot - 1)) % len(self.stations)


@dataclass(frozen=True, slots=True)
class Entered:
    """`arrivals_ms` has whoever came; `does` what each does at a station, where anybody said.

    `stops_ms` are stretches in which an event kept her from training, by code; `counted` are
    repetitions that a trainer saw; `ratings` are on Borg 6-20, by code and round.
    """

    clock: Clock
    arrivals_ms: Mapping[str, int]
    absent: frozenset[str]
    late: frozenset[str]
    worn: tuple[Worn, ...]
    does: Mapping[Exercise, str]
    stops_ms: Mapping[str, Sequence[tuple[int, int]]]
    counted: Mapping[Set, int]
    ratings: Mapping[tuple[str, int], int]


def read_entered(events: Events) -> Entered:
    """From all events of one session, in order; what was superseded doesn't count."""
    events = [*events]
    superseded = {event["supersedes"] for event in events}
    valid = [event for event in events if event["id"] not in superseded]

    def of(kind: str) -> list[Mapping[str, Any]]:
        return [event for event in valid if event["kind"] == kind]

    came = {event["about"]: event for event in of("attendance")}
    absent = {code for code, event in came.items() if event["value"]["status"] == "absent"}
    return Entered(
        clock=_read_clock(of("clock_started")[-1]["value"]),
        arrivals_ms={
            code: parse_utc_ms(event["occurred_at"])
            for code, event in came.items()
            if code not in absent
        },
        absent=frozenset(absent),
        late=frozenset(c for c, event in came.items() if event["value"]["status"] == "late"),
        worn=tuple(_read_worn(event) for event in of("wearing")),
        does=_read_exercises(of("prescription"), of("substitution")),
        stops_ms=_read_stops(of("adverse_event"), of("person_resumed")),
        counted=dict(pair for event in of("set") for pair in _read_count(event)),
        ratings=dict(pair for event in of("rpe") for pair in _read_rating(event)),
    )


def _read_clock(value: Mapping[str, Any]) -> Clock:
    return Clock(
        parse_utc_ms(value["at"]),
        tuple(value["segments"]),
        tuple(value["stations"]),
        value["start_station"],
        value["direction"],
    )


def _read_worn(event: Mapping[str, Any]) -> Worn:
    value = event["value"]
    until_ms = None if value["until"] is None else parse_utc_ms(value["until"])
    return Worn(
        value["participant"],
        value["strap"],
        parse_utc_ms(value["from"]),
        until_ms,
        event["id"],
        event["about"],
    )


def _read_exercises(
    prescribed: list[Mapping[str, Any]], substituted: list[Mapping[str, Any]]
) -> dict[Exercise, str]:
    does = {
        (event["about"], station): told["exercise"]
        for event in prescribed
        for station, told in event["value"]["exercises"].items()
    }
    for event in substituted:
        code, _, station = event["about"].partition("/")
        does[code, station] = event["value"]["instead"]["exercise"]
    return does


def _read_stops(
    begun: list[Mapping[str, Any]], resumed: list[Mapping[str, Any]]
) -> dict[str, Sequence[tuple[int, int]]]:
    """In a simulated evening each one ends, and nobody is stopped twice."""
    until_ms = {event["about"]: parse_utc_ms(event["occurred_at"]) for event in resumed}
    return {
        code: [(parse_utc_ms(event["occurred_at"]), until_ms[code])]
        for event in begun
        if (code := event["value"]["participant"]) in until_ms
    }


def _read_count(event: Mapping[str, Any]) -> list[tuple[Set, int]]:
    code, station, number = event["about"].split("/")
    performed = event["value"]["performed"]
    if performed["unit"] != REPETITIONS:
        return []
    return [((code, station, int(number)), performed["amount"])]


def _read_rating(event: Mapping[str, Any]) -> list[tuple[tuple[str, int], int]]:
    code, _, number = event["about"].partition("/")
    rating = event["value"]["rating"]
    return [] if rating is None else [((code, int(number)), rating)]
