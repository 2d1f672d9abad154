"""What a woman does from her arrival to the end of the cool-down, as her evening was entered."""

from collections.abc import Iterator, Sequence
from typing import Final

from firmware_sim.physiology.activities import EFFORTS, Activity
from firmware_sim.physiology.circuit import Segment, Timetable
from firmware_sim.trial.chest_movements import find_activity, find_rest
from firmware_sim.trial.entered import Entered

WARM_UP_S: Final = 600.0  # 10 + main part + 5 minutes: the study's protocol
COOL_DOWN_S: Final = 300.0
JOINS_AFTER_S: Final = 120.0  # who comes late warms up for so long first, by herself
_WARM_UP: Final = (
    (Activity.STAND, 60.0),
    (Activity.WALK, 240.0),
    (Activity.BAND, 120.0),
    (Activity.WALK, 180.0),
)
_COOL_DOWN: Final = ((Activity.WALK, 120.0), (Activity.SUPINE_CORE, 90.0), (Activity.SIT, 90.0))
# How much harder a round is for her heart that she rates a step higher on Borg 6-20. Our choice:
# 9 to 15 make 0.8 to 1.4 times the usual share of her heart-rate reserve.
_PER_STEP: Final = 0.1
_USUAL_RATING: Final = 11
_LOADS: Final = (0.7, 1.5)
# A rest of a minute goes with getting up and over to the next station, out of breath. Our choice.
_REST_LOAD: Final = 3.0


def build_hour(entered: Entered, code: str) -> Timetable:
    """Her timetable; its seconds count from her arrival."""
    arrival_ms = entered.arrivals_ms[code]
    begins_s = (entered.clock.start_ms - arrival_ms) / 1000
    joins_s = JOINS_AFTER_S if code in entered.late else begins_s
    ends_s = (entered.clock.end_ms - arrival_ms) / 1000
    warm_up = [Segment(0.0, joins_s, Activity.WALK)]
    if code not in entered.late:
        warm_up = [*_follow(_WARM_UP, begins_s - WARM_UP_S)]
    stops_s = _list_stops_s(entered, code)
    circuit = [
        _stop(one, stops_s)
        for one in _list_circuit(entered, code, begins_s)
        if one.starts_s >= joins_s
    ]
    if circuit and code in entered.late:  # she waits for the next change
        warm_up.append(Segment(joins_s, circuit[0].starts_s, Activity.STAND))
    return Timetable([*warm_up, *circuit, *_follow(_COOL_DOWN, ends_s)])


def _list_stops_s(entered: Entered, code: str) -> list[tuple[float, float]]:
    arrival_ms, stops_ms = entered.arrivals_ms[code], entered.stops_ms.get(code, ())
    return [((a - arrival_ms) / 1000, (b - arrival_ms) / 1000) for a, b in stops_ms]


def _stop(segment: Segment, stops_s: Sequence[tuple[float, float]]) -> Segment:
    """She sits instead; a set of which she misses a part isn't done at all."""
    if any(a < segment.ends_s and b > segment.starts_s for a, b in stops_s):
        return Segment(segment.starts_s, segment.ends_s, Activity.SIT)
    return segment


def _list_circuit(entered: Entered, code: str, begins_s: float) -> Iterator[Segment]:
    clock, at_s, rests = entered.clock, begins_s, Activity.STAND
    for told in clock.segments:
        ends_s = at_s + told["seconds"]
        if told["kind"] == "work":
            yield (work := _make_set(entered, code, told["round"], told["slot"], (at_s, ends_s)))
            rests = find_rest(work.activity)
        else:
            load = _REST_LOAD * _find_load(entered, code, told["round"])
            yield Segment(at_s, ends_s, rests, load=load)
        at_s = ends_s


def _make_set(
    entered: Entered, code: str, round_: int, slot: int, times_s: tuple[float, float]
) -> Segment:
    station = entered.clock.find_station(code, slot)
    activity = find_activity(name_exercise(entered, code, station))
    counted = entered.counted.get((code, entered.clock.stations[station], round_))
    return Segment(
        *times_s,
        activity,
        station,
        round_ - 1,
        _find_load(entered, code, round_),
        counted if EFFORTS[activity].repetition_s else None,
    )


def name_exercise(entered: Entered, code: str, station: int) -> str:
    """What she does at a station tonight."""
    planned = entered.clock.stations[station]
    return entered.does.get((code, planned), planned)


def _find_load(entered: Entered, code: str, round_: int) -> float:
    """From the effort she gave for that round; the usual where she gave none."""
    rating = entered.ratings.get((code, round_), _USUAL_RATING)
    low, high = _LOADS
    return min(high, max(low, 1.0 + _PER_STEP * (rating - _USUAL_RATING)))


def _follow(parts: tuple[tuple[Activity, float], ...], from_s: float) -> Iterator[Segment]:
    for activity, lasts_s in parts:
        yield Segment(from_s, from_s + lasts_s, activity)
        from_s += lasts_s


def list_main_s(entered: Entered, code: str) -> list[tuple[float, float]]:
    """From when to when she is there in the circuit, in seconds from her arrival.

    Not where an event has stopped her: that is no training.
    """
    clock, arrival_ms = entered.clock, entered.arrivals_ms[code]
    from_ms, parts_ms = max(clock.start_ms, arrival_ms), []
    for stopped_ms, resumed_ms in entered.stops_ms.get(code, ()):
        parts_ms.append((from_ms, stopped_ms))
        from_ms = resumed_ms
    parts_ms.append((from_ms, clock.end_ms))
    return [((a - arrival_ms) / 1000, (b - arrival_ms) / 1000) for a, b in parts_ms if a < b]
