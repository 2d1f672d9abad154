"""Starting and keeping one acceleration stream over a PMD control point. Pure (ble-wire rules).

One request is in flight at a time; every stage but OFF has a deadline.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from gateway.clock import NS_PER_S
from gateway.straps.models.polar import choose_settings
from gateway.straps.signals import (
    Action,
    Answered,
    Command,
    Event,
    FeaturesRead,
    Heard,
    ReadFeatures,
    StoppedByStrap,
    Subscribe,
    Tick,
    Uninvited,
    Unsubscribe,
)
from protocol.ble import uuids
from protocol.ble.pmd import (
    ControlAnswer,
    Measurement,
    Operation,
    Setting,
    Status,
    encode_get_settings,
    encode_start,
    encode_stop,
)

ANSWER_NS = 30 * NS_PER_S  # the maker's library waits as long (polar-ble-sdk issues 414, 424)
FIRST_FRAME_NS = 30 * NS_PER_S  # the first start after a connection can really take that long
SHORTEST_SILENCE_NS = 3 * NS_PER_S  # below it, a burst of interference looks like a stop
SILENT_FRAMES = 4
REST_NS = 60 * NS_PER_S  # after a refusal: heart rate goes on meanwhile
MOST_STARTS = 4  # without a single frame between them, then rest

ACC = Measurement.ACCELERATION
_OTHER_SETTINGS = {
    Status.INVALID_PARAMETER,
    Status.INVALID_RESOLUTION,
    Status.INVALID_SAMPLE_RATE,
    Status.INVALID_RANGE,
    Status.INVALID_CHANNELS,
}


class Stage(StrEnum):
    """Where the stream is."""

    OFF = "off"  # not wanted, not there, or the link isn't that far
    FEATURES = "features"
    SETTINGS = "settings"
    STARTING = "starting"
    FLOWING = "flowing"  # started; frames may still be to come
    STOPPING = "stopping"  # to be started again once the strap has answered
    RESTING = "resting"
    BROKEN = "broken"  # only a new link can help


_IDLE = {Stage.OFF, Stage.FLOWING, Stage.RESTING}  # no request of ours waits for its answer


@dataclass(frozen=True, slots=True)
class Movement:
    """The stream's state. `may_run`: the strap may be streaming, so stop it before leaving."""

    rate_hz: int = 200
    spacing_ns: int = 180_000_000
    stage: Stage = Stage.OFF
    due_ns: int | None = None
    offered: Mapping[Setting, tuple[int, ...]] = field(default_factory=dict)
    n_starts: int = 0  # since the last frame
    rearmed: bool = False  # since the last frame
    may_run: bool = False
    to_stop: tuple[Measurement, ...] = ()  # still to be asked for, one after the other
    turned_away_ns: Mapping[int, int] = field(default_factory=dict)  # when a stop was asked for
    detail: str | None = None

    @property
    def silence_ns(self) -> int:
        """How long a flowing stream may be silent."""
        return max(SHORTEST_SILENCE_NS, SILENT_FRAMES * self.spacing_ns)


Step = tuple[Movement, list[Action]]


def begin(movement: Movement, now_ns: int) -> Step:
    """Both CCCDs are armed: ask what the strap can do."""
    return _enter(movement, Stage.FEATURES, now_ns + ANSWER_NS), [ReadFeatures()]


def void(movement: Movement) -> Movement:
    """The link is gone; the plan stays."""
    return Movement(movement.rate_hz, movement.spacing_ns)


def step(movement: Movement, event: Event, now_ns: int) -> Step:
    """Next state and what to do; a late or repeated event changes nothing."""
    match event:
        case FeaturesRead() if movement.stage is Stage.FEATURES:
            return _choose(movement, event, now_ns)
        case Answered():
            return _answered(movement, event, now_ns)
        case StoppedByStrap() if movement.may_run and (
            not event.measurements or ACC in event.measurements
        ):
            return _ask_settings(replace(movement, may_run=False), now_ns)
        case Heard(uuids.PMD_DATA) if movement.stage is Stage.FLOWING:
            due_ns = now_ns + movement.silence_ns
            flowing = replace(movement, due_ns=due_ns, n_starts=0, rearmed=False, detail=None)
            return flowing, []
        case Uninvited() if movement.stage in _IDLE:
            return _turn_away(movement, event.measurement, now_ns)
        case Tick() if movement.due_ns is not None and now_ns >= movement.due_ns:
            return _overdue(movement, now_ns)
    return movement, []


def _enter(movement: Movement, stage: Stage, due_ns: int | None) -> Movement:
    return replace(movement, stage=stage, due_ns=due_ns)


def _choose(movement: Movement, event: FeaturesRead, now_ns: int) -> Step:
    if ACC not in event.measurements:
        off = _enter(movement, Stage.OFF, None)
        return replace(off, detail="this strap measures no acceleration"), []
    return _ask_settings(movement, now_ns)


def _ask_settings(movement: Movement, now_ns: int) -> Step:
    if movement.n_starts >= MOST_STARTS:
        return rest(movement, now_ns, f"no acceleration after {MOST_STARTS} starts")
    asked = _enter(movement, Stage.SETTINGS, now_ns + ANSWER_NS)
    return asked, [Command(encode_get_settings(ACC))]


def _start(movement: Movement, now_ns: int) -> Step:
    if movement.n_starts >= MOST_STARTS:
        return rest(movement, now_ns, f"no acceleration after {MOST_STARTS} starts")
    chosen = choose_settings(movement.offered, movement.rate_hz)
    started = replace(movement, n_starts=movement.n_starts + 1, may_run=True)
    starting = _enter(started, Stage.STARTING, now_ns + ANSWER_NS)
    return starting, [Command(encode_start(ACC, chosen))]


def rest(movement: Movement, now_ns: int, detail: str) -> Step:
    """Leave acceleration alone for a minute; `detail` says why."""
    resting = _enter(movement, Stage.RESTING, now_ns + REST_NS)
    return replace(resting, detail=detail), []


def _broken(movement: Movement, detail: str) -> Step:
    return replace(_enter(movement, Stage.BROKEN, None), detail=detail), []


def _answered(movement: Movement, event: Answered, now_ns: int) -> Step:
    answer = event.answer
    waiting = movement.stage in {Stage.SETTINGS, Stage.STARTING}
    if waiting and answer.status == Status.INVALID_MTU:  # its echo isn't reliable, so not looked at
        return _broken(movement, "the link's ATT_MTU is too small for this stream")
    match movement.stage, answer.operation:
        case Stage.SETTINGS, Operation.GET_SETTINGS if answer.measurement == ACC:
            if not answer.succeeded:
                return rest(movement, now_ns, f"no settings: {answer.status_name}")
            return _start(replace(movement, offered=event.offered), now_ns)
        case Stage.STARTING, Operation.START if answer.measurement == ACC:
            if not answer.succeeded:
                return _refused(movement, answer, now_ns)
            return _enter(movement, Stage.FLOWING, now_ns + FIRST_FRAME_NS), []
        case Stage.STOPPING, Operation.STOP:  # the type it echoes is not always ours
            return _stop_next(movement, now_ns)
    return movement, []


def _refused(movement: Movement, answer: ControlAnswer, now_ns: int) -> Step:
    """A start that didn't work: mend what the status says, or rest."""
    match answer.status:
        case Status.ALREADY_IN_STATE:  # it runs, but with settings that aren't ours
            return _stop_next(replace(movement, to_stop=(ACC,), may_run=True), now_ns)
        case Status.INVALID_STATE:
            return _stop_next(replace(movement, to_stop=(ACC, Measurement.SDK_MODE)), now_ns)
        case status if status in _OTHER_SETTINGS:
            return _ask_settings(movement, now_ns)
    return rest(movement, now_ns, f"acceleration refused: {answer.status_name}")


def _stop_next(movement: Movement, now_ns: int) -> Step:
    """Stop what is left to stop, one request at a time; then start."""
    if not movement.to_stop:
        return _start(movement, now_ns)
    first, *rest = movement.to_stop
    stopping = _enter(movement, Stage.STOPPING, now_ns + ANSWER_NS)
    return replace(stopping, to_stop=tuple(rest)), [Command(encode_stop(first))]


def _turn_away(movement: Movement, measurement: int, now_ns: int) -> Step:
    """Stop a stream that somebody else started; asked again if it goes on regardless."""
    asked_ns = movement.turned_away_ns.get(measurement)
    if asked_ns is not None and now_ns < asked_ns + ANSWER_NS:
        return movement, []
    turned_away_ns = {**movement.turned_away_ns, measurement: now_ns}
    stop = Command(encode_stop(measurement))
    return replace(movement, turned_away_ns=turned_away_ns), [stop]


def _overdue(movement: Movement, now_ns: int) -> Step:
    if movement.stage is Stage.RESTING:
        return _ask_settings(replace(movement, n_starts=0, detail=None), now_ns)
    if movement.rearmed or movement.stage is Stage.FEATURES:
        return _broken(movement, "no acceleration although its stream was started again")
    stopping, commands = _stop_next(replace(movement, to_stop=(ACC,)), now_ns)
    rearm: list[Action] = [
        Unsubscribe(uuids.PMD_DATA),
        Unsubscribe(uuids.PMD_CONTROL_POINT),
        Subscribe(uuids.PMD_CONTROL_POINT),
        Subscribe(uuids.PMD_DATA),
    ]
    return replace(stopping, rearmed=True, detail="acceleration is silent"), rearm + commands
