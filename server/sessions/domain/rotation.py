"""Who is at which station in which work segment, and which set of hers that is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from protocol.ledger.instants import parse_utc_ms
from server.sessions.domain.holding import Holdings
from server.sessions.domain.running import ClockRun, RunSegment


@dataclass(frozen=True, slots=True)
class SetSlot:
    """One set that the circuit has for a participant: `exercise/number` is its name."""

    segment: RunSegment
    station: int
    exercise: str
    number: int

    @property
    def name(self) -> str:
        return f"{self.exercise}/{self.number}"


@dataclass(frozen=True, slots=True)
class StationChoice:
    """From `active_ms` of running time on she rotates from this station."""

    active_ms: int
    start_station: int


def find_station(start: dict[str, Any], start_station: int, slot: int) -> int:
    """Index of the station in a slot (from 1), from the value of clock_started."""
    return int((start_station + start["direction"] * (slot - 1)) % len(start["stations"]))


def list_choices(holdings: Holdings, run: ClockRun, participant: str) -> list[StationChoice]:
    """The stations she was sent to begin at, in order; the last one that applies counts."""
    made = [
        (parse_utc_ms(held.value["at"]), held.place, held.value["start_station"])
        for held in holdings.of("station_assigned", participant)
    ]
    choices = [StationChoice(run.active_ms(at_ms), station) for at_ms, _, station in sorted(made)]
    first = run.start["start_station"].get(participant)
    return choices if first is None else [StationChoice(0, first), *choices]


def list_set_slots(run: ClockRun, choices: Sequence[StationChoice]) -> list[SetSlot]:
    """Her sets in the order of the circuit; none before she has a station."""
    slots: list[SetSlot] = []
    n_before: dict[str, int] = {}
    for segment in run.segments:
        start_station = _choose(choices, segment)
        if segment.kind != "work" or start_station is None:
            continue
        station = find_station(run.start, start_station, segment.slot)
        exercise = run.start["stations"][station]
        n_before[exercise] = n_before.get(exercise, 0) + 1
        slots.append(SetSlot(segment, station, exercise, n_before[exercise]))
    return slots


def _choose(choices: Sequence[StationChoice], segment: RunSegment) -> int | None:
    """The last choice made before the segment ended; for one that was cut, the last of all."""
    made = [one for one in choices if segment.is_cut or one.active_ms < segment.end_ms]
    return made[-1].start_station if made else None
