"""The circuit as the clock runs it: its segments, and who is at which station when."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from firmware_sim.evening.attendance import Comer
from firmware_sim.evening.notebook import Value

Planned = dict[str, Any]  # the bundle's `planned`


@dataclass(frozen=True, slots=True)
class Turn:
    """One woman's set: minutes from the circuit's start to the end of its work."""

    comer: Comer
    station: int
    round: int
    slot: int
    ends_min: float


def build_segments(planned: Planned) -> list[Value]:
    """As the tablet builds them from the same plan."""
    n_slots = len(planned["stations"])
    work_s = math.floor(planned["minutes"]["turn_work_s"] + 0.5)
    segments: list[Value] = []
    for number in range(1, planned["rounds"] + 1):
        for slot in range(1, n_slots + 1):
            place = {"round": number, "slot": slot}
            segments.append({"kind": "work", **place, "seconds": work_s})
            rests = planned["rest_scope"] != "between_rounds" or slot == n_slots
            pause = ("rest", "rest_s") if rests else ("change", "changeover_s")
            segments.append({"kind": pause[0], **place, "seconds": planned[pause[1]]})
    del segments[-1]  # nothing comes after the last work
    return [one for one in segments if one["seconds"] > 0]


def compute_minutes(segments: Sequence[Value]) -> float:
    """How long the circuit takes."""
    seconds: int = sum(segment["seconds"] for segment in segments)
    return seconds / 60


def list_turns(
    segments: Sequence[Value], comers: Sequence[Comer], rotation: Value, n_stations: int
) -> Iterator[Turn]:
    """Every set of everybody who comes, in the order of the clock."""
    starts, direction = rotation["start_station"], rotation["direction"]
    ends_s = 0
    for segment in segments:
        ends_s += segment["seconds"]
        if segment["kind"] != "work":
            continue
        for comer in comers:
            if comer.arrives_min is not None:
                start = starts[comer.woman.code]
                station = (start + direction * (segment["slot"] - 1)) % n_stations
                yield Turn(comer, station, segment["round"], segment["slot"], ends_s / 60)
