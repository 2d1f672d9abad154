"""When the parts of an evening were, in UTC: the circuit, each woman's part of it, her sets."""

from dataclasses import dataclass

from protocol.ledger.instants import parse_utc_ms
from server.dose.written.evening import Coming, WrittenEvening
from server.dose.written.presence import stays
from server.sessions.domain.rotation import SetSlot
from server.sessions.domain.running import ClockRun, RunSegment, place_on_wall


@dataclass(frozen=True, slots=True)
class Interval:
    """UTC ms: `from_ms` is in it, `until_ms` isn't."""

    from_ms: int
    until_ms: int

    @property
    def seconds(self) -> float:
        """How long it is."""
        return (self.until_ms - self.from_ms) / 1000


@dataclass(frozen=True, slots=True)
class SetTime:
    """One set of hers as the circuit had it; a hold of the clock is part of the set it fell in."""

    name: str
    exercise: str
    work: Interval


def find_main_phase(evening: WrittenEvening) -> Interval | None:
    """From the clock's start to its end, holds included; shorter where it was closed before.

    None where the clock never ran.
    """
    run = evening.run
    if run is None:
        return None
    end_ms = place_on_wall(run, run.total_ms)
    until_ms = run.now_ms if end_ms is None else min(end_ms, run.now_ms)
    return Interval(run.started_ms, until_ms) if until_ms > run.started_ms else None


def find_rest(evening: WrittenEvening, participant: str) -> Interval | None:
    """The minutes that her seated heart rate was taken of; None where none was taken."""
    person = evening.person(participant)
    told = None if person is None else person["resting_hr"]
    if told is None or told["from"] is None or told["to"] is None:
        return None
    interval = Interval(parse_utc_ms(told["from"]), parse_utc_ms(told["to"]))
    return interval if interval.until_ms > interval.from_ms else None


def list_her_parts(evening: WrittenEvening, participant: str, phase: Interval) -> list[Interval]:
    """The stretches of a phase in which she was there. Whoever is held is: a rest is part of it."""
    comings = evening.comings.get(participant, ())
    is_here = evening.first_status.get(participant) == "present"
    parts: list[Interval] = []
    since_ms = phase.from_ms
    for one in (*comings, Coming(phase.until_ms, "left")):
        at_ms = min(max(one.at_ms, phase.from_ms), phase.until_ms)
        if is_here and at_ms > since_ms:
            parts.append(Interval(since_ms, at_ms))
        is_here, since_ms = stays(one.word, was_here=is_here), at_ms
    return parts


def list_set_times(evening: WrittenEvening, participant: str) -> list[SetTime]:
    """Her sets that the clock has begun, in the order of the circuit."""
    run = evening.run
    if run is None:
        return []
    slots = [one for one in evening.slots.get(participant, ()) if not one.segment.is_cut]
    return [made for slot in slots if (made := _time_set(run, slot)) is not None]


def list_segment_times(evening: WrittenEvening) -> list[tuple[RunSegment, Interval]]:
    """Work, rest and changes that the clock has begun, each with when it was."""
    run = evening.run
    segments = [] if run is None else [one for one in run.segments if not one.is_cut]
    placed = [(one, _time_segment(run, one)) for one in segments if run is not None]
    return [(one, interval) for one, interval in placed if interval is not None]


def _time_set(run: ClockRun, slot: SetSlot) -> SetTime | None:
    interval = _time_segment(run, slot.segment)
    return None if interval is None else SetTime(slot.name, slot.exercise, interval)


def _time_segment(run: ClockRun, segment: RunSegment) -> Interval | None:
    from_ms, end_ms = place_on_wall(run, segment.begin_ms), place_on_wall(run, segment.end_ms)
    if from_ms is None or from_ms >= run.now_ms:
        return None
    until_ms = run.now_ms if end_ms is None else min(end_ms, run.now_ms)
    return Interval(from_ms, until_ms)
