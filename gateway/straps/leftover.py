"""What runs on a strap although its wearer agrees to heart rate alone is stopped. Pure.

A measurement belongs to the strap and outlives every link, so one that a killed gateway had begun
runs on (ble-wire 8.8), and who wears the strap now may never have agreed to it.
"""

from dataclasses import dataclass, replace

from gateway.straps.movement import ANSWER_NS
from gateway.straps.signals import Action, Answered, Command, Event, Subscribe, Tick
from protocol.ble import uuids
from protocol.ble.pmd import (
    ControlAnswer,
    Measurement,
    MeasurementState,
    Operation,
    Status,
    decode_measurement_states,
    encode_get_measurement_status,
    encode_stop,
)

# Stopped unasked on a strap that can't tell what runs: all that an H10 measures (ble-wire 3.2).
LIKELY = (Measurement.ACCELERATION, Measurement.ECG)
MOST_LINKS = 2  # should its control point cost the link, heart rate isn't interrupted for more

_RUNNING = {MeasurementState.ONLINE, MeasurementState.BOTH}  # an offline recording is its owner's
_STOPPED = {Status.SUCCESS, Status.ALREADY_IN_STATE}


Doubts = tuple[tuple[int, str], ...]  # (measurement that may run, why)


@dataclass(frozen=True, slots=True)
class Leftover:
    """The search for what was left running; `asked` None: no request of ours is in flight."""

    asked: Operation | None = None
    due_ns: int | None = None
    to_stop: tuple[int, ...] = ()  # the first of them is being stopped
    surely_runs: bool = False  # the strap itself says so
    n_links: int = 0
    settled: bool = False  # nothing runs; only somebody else could change that
    doubts: Doubts = ()  # over all links, until it is known to be stopped

    @property
    def detail(self) -> str | None:
        """One sentence on the newest doubt."""
        if not self.doubts:
            return None
        number, why = self.doubts[-1]
        return f"measurement {number} may run although nobody agreed to it: {why}"


Step = tuple[Leftover, list[Action]]


def begin(leftover: Leftover, now_ns: int) -> Step:
    """Heart rate is armed: ask what runs, unless that is known or was asked often enough."""
    if leftover.settled or leftover.n_links >= MOST_LINKS:
        return leftover, []
    asked = replace(
        leftover,
        asked=Operation.MEASUREMENT_STATUS,
        due_ns=now_ns + ANSWER_NS,
        n_links=leftover.n_links + 1,
    )
    question = Command(encode_get_measurement_status(), optional=True)
    return asked, [Subscribe(uuids.PMD_CONTROL_POINT, optional=True), question]


def void(leftover: Leftover) -> Leftover:
    """The link is gone; what was found out stays, a measurement that may run above all."""
    doubts = leftover.doubts
    if leftover.surely_runs:
        for number in leftover.to_stop:
            doubts = _doubt(doubts, number, "the link was lost before it stopped")
    return Leftover(n_links=leftover.n_links, settled=leftover.settled, doubts=doubts)


def step(leftover: Leftover, event: Event, now_ns: int) -> Step:
    """Next state and what to do; a late or repeated event changes nothing."""
    match event:
        case Answered() if _is_awaited(leftover, event.answer):
            return _answered(leftover, event.answer, now_ns)
        case Tick() if leftover.due_ns is not None and now_ns >= leftover.due_ns:
            return _answered(leftover, None, now_ns)
    return leftover, []


def _is_awaited(leftover: Leftover, answer: ControlAnswer) -> bool:
    """What a refusal echoes isn't reliable, and neither is a stop's type (ble-wire 3.1, 3.5)."""
    return leftover.asked is not None and (
        answer.operation == leftover.asked or not answer.succeeded
    )


def _answered(leftover: Leftover, answer: ControlAnswer | None, now_ns: int) -> Step:
    """None: there was no answer in time."""
    if leftover.asked == Operation.STOP:
        return _stopped(leftover, answer, now_ns)
    if answer is None or not answer.succeeded:
        return _stop_next(replace(leftover, to_stop=LIKELY), now_ns)
    states = decode_measurement_states(answer.params)
    running = tuple(number for number, state in states if state in _RUNNING)
    return _stop_next(replace(leftover, to_stop=running, surely_runs=True, doubts=()), now_ns)


def _stopped(leftover: Leftover, answer: ControlAnswer | None, now_ns: int) -> Step:
    """One stop is through; a strap that only may have run it can refuse with any status."""
    number, *others = leftover.to_stop
    doubts = leftover.doubts
    if answer is None:
        doubts = _doubt(doubts, number, "it doesn't answer")
    elif answer.status in _STOPPED:
        doubts = tuple(doubt for doubt in doubts if doubt[0] != number)
    elif leftover.surely_runs:
        doubts = _doubt(doubts, number, answer.status_name)
    return _stop_next(replace(leftover, to_stop=tuple(others), doubts=doubts), now_ns)


def _doubt(doubts: Doubts, number: int, why: str) -> Doubts:
    return (*(doubt for doubt in doubts if doubt[0] != number), (number, why))


def _stop_next(leftover: Leftover, now_ns: int) -> Step:
    """One request at a time; after the last one it is settled if each has worked."""
    if not leftover.to_stop:
        return replace(leftover, asked=None, due_ns=None, settled=not leftover.doubts), []
    asked = replace(leftover, asked=Operation.STOP, due_ns=now_ns + ANSWER_NS)
    return asked, [Command(encode_stop(leftover.to_stop[0]), optional=True)]
