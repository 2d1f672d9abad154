"""The circuit clock: where it stands at any time, from what people did to it (never from ticks).

Running time ("active") is what has passed since the start without the holds.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from protocol.ledger.instants import parse_utc_ms
from server.sessions.domain.holding import Holding, Holdings

_MS_PER_S: Final = 1000


@dataclass(frozen=True, slots=True)
class RunSegment:
    """A stretch of the circuit; `begin_ms` and `end_ms` in running time, equal when cut."""

    index: int
    kind: str
    round: int
    slot: int
    seconds: int
    begin_ms: int = 0
    end_ms: int = 0
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class Hold:
    """Stopped from then on; until None: still."""

    from_ms: int
    until_ms: int | None = None


@dataclass(frozen=True, slots=True)
class ClockRun:
    """One run of the clock, as known at an instant. Times in ms since 1970."""

    start: dict[str, Any]  # value of clock_started
    event_id: str
    started_ms: int
    now_ms: int
    segments: tuple[RunSegment, ...]
    holds: tuple[Hold, ...]
    other_starts: tuple[str, ...]

    @property
    def total_ms(self) -> int:
        return max(segment.end_ms for segment in self.segments)

    @property
    def current(self) -> RunSegment | None:
        """The segment that runs now; None before the start's first and after the last."""
        active_ms = self.active_ms(self.now_ms)
        running = (s for s in self.segments if s.begin_ms <= active_ms < s.end_ms)
        return next(running, None)

    @property
    def held_since_ms(self) -> int | None:
        held = self.holds and self.holds[-1].until_ms is None
        return self.holds[-1].from_ms if held else None

    def active_ms(self, at_ms: int) -> int:
        """Running time at an instant; 0 before the start."""
        return measure_active_ms(self.started_ms, self.holds, at_ms)

    def has_ended(self, segment: RunSegment) -> bool:
        return not segment.is_cut and segment.end_ms <= self.active_ms(self.now_ms)


def measure_active_ms(started_ms: int, holds: Sequence[Hold], at_ms: int) -> int:
    """Time from the start to an instant, without what was held of it."""
    at_ms = max(at_ms, started_ms)
    held_ms = 0
    for hold in holds:
        begin_ms = max(hold.from_ms, started_ms)
        end_ms = at_ms if hold.until_ms is None else min(hold.until_ms, at_ms)
        held_ms += max(0, end_ms - begin_ms)
    return at_ms - started_ms - held_ms


def run_clock(holdings: Holdings, now_ms: int) -> ClockRun | None:
    """The clock as it stands now; None when nobody has started it.

    The first start counts: two trainers who both press start don't restart each other.
    """
    starts = holdings.of_kind("clock_started")
    if not starts:
        return None
    start = starts[0].value
    run = ClockRun(
        start=start,
        event_id=starts[0].event.id,
        started_ms=parse_utc_ms(start["at"]),
        now_ms=now_ms,
        segments=_lay_out(_extend(start["segments"], holdings)),
        holds=(),
        other_starts=tuple(held.event.id for held in starts[1:]),
    )
    for at_ms, act in _list_acts(holdings):
        if at_ms <= now_ms:
            run = _apply(run, at_ms, act)
    return run


def _list_acts(holdings: Holdings) -> list[tuple[int, Holding]]:
    """Holds, resumptions and cuts in the order of the times they name."""
    kinds = ("clock_held", "clock_resumed", "clock_cut")
    acts = [
        (parse_utc_ms(act.value["at"]), act) for kind in kinds for act in holdings.of_kind(kind)
    ]
    return sorted(acts, key=lambda one: (one[0], one[1].place))


def _apply(run: ClockRun, at_ms: int, act: Holding) -> ClockRun:
    is_held = run.held_since_ms is not None
    if act.kind == "clock_held" and not is_held:
        return replace(run, holds=(*run.holds, Hold(at_ms)))
    if act.kind == "clock_resumed" and is_held:
        return replace(run, holds=(*run.holds[:-1], Hold(run.holds[-1].from_ms, at_ms)))
    if act.kind == "clock_cut":
        return replace(run, segments=_cut(run, at_ms, act.value["rounds"]))
    return run


def _cut(run: ClockRun, at_ms: int, rounds: int) -> tuple[RunSegment, ...]:
    """Take away what has not begun of the rounds after the last one that is left."""
    active_ms = run.active_ms(at_ms)
    left = [
        replace(s, is_cut=s.is_cut or (s.round > rounds and s.begin_ms > active_ms))
        for s in run.segments
    ]
    return _lay_out(left)


def _extend(segments: Sequence[dict[str, Any]], holdings: Holdings) -> list[RunSegment]:
    """Segments with the seconds that were added to each, whenever they were."""
    added = [0] * len(segments)
    for act in holdings.of_kind("clock_extended"):
        if act.value["segment"] < len(segments):
            added[act.value["segment"]] += act.value["seconds"]
    return [
        RunSegment(index, s["kind"], s["round"], s["slot"], s["seconds"] + added[index])
        for index, s in enumerate(segments)
    ]


def _lay_out(segments: Sequence[RunSegment]) -> tuple[RunSegment, ...]:
    laid: list[RunSegment] = []
    at_ms = 0
    for segment in segments:
        end_ms = at_ms + (0 if segment.is_cut else segment.seconds * _MS_PER_S)
        laid.append(replace(segment, begin_ms=at_ms, end_ms=end_ms))
        at_ms = end_ms
    return tuple(laid)


def place_on_wall(run: ClockRun, active_ms: int) -> int | None:
    """UTC of a moment of running time; None while a hold keeps it from coming."""
    at_ms = run.started_ms + active_ms
    for hold in run.holds:
        begin_ms = max(hold.from_ms, run.started_ms)
        if begin_ms >= at_ms:
            break
        if hold.until_ms is None:
            return None
        at_ms += max(0, hold.until_ms - begin_ms)
    return at_ms
