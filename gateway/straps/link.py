"""The life of one strap's link: events in, next state and actions out. Pure.

No clock, radio or chance in here: `now_ns` and `jitter` are arguments. Every phase but CLOSED has
a deadline, so the machine never waits for ever; a late or repeated event changes nothing.
"""

from dataclasses import replace

from gateway.clock import NS_PER_S
from gateway.straps import leftover
from gateway.straps import movement as acceleration
from gateway.straps import pulse as heart
from gateway.straps.identity import DOUBLED_NS, find_conflict, note_double
from gateway.straps.leaving import Step, leave, proceed_leaving
from gateway.straps.movement import Stage
from gateway.straps.phases import UP, Link, Phase
from gateway.straps.pulse import Verdict
from gateway.straps.reaching import REFUSED_NS, failed, overdue, refuse, retry, seen
from gateway.straps.signals import (
    Action,
    Connected,
    Disconnect,
    Doubled,
    Dropped,
    Event,
    Failed,
    Heard,
    Identified,
    ReadAbout,
    ReadSerial,
    Seen,
    Stop,
    Subscribe,
    Subscribed,
    Sync,
    Tick,
    Unsubscribe,
)
from gateway.straps.whereabouts import FirstUse
from protocol.ble import uuids

IDENTIFY_NS = 20 * NS_PER_S
SUBSCRIBE_NS = 60 * NS_PER_S  # five requests of up to 10 s each
MOST_BROKEN = 2  # links given up for acceleration's sake; heart rate isn't interrupted for more

_STAGE_PHASE = {
    Stage.FEATURES: Phase.FEATURES,
    Stage.SETTINGS: Phase.SETTINGS,
    Stage.STARTING: Phase.STARTING,
    Stage.STOPPING: Phase.STARTING,
}


def step(link: Link, event: Event, now_ns: int, jitter: float) -> Step:
    """Next state and what the shell must do; `jitter` is drawn from [0, 1)."""
    if link.phase is Phase.CLOSED:
        return link, [Disconnect()] if isinstance(event, Connected) else []
    if isinstance(event, Stop):
        return leave(link, now_ns)
    if link.phase is Phase.DRAINING:
        return proceed_leaving(link, event, now_ns)
    match event:
        case Seen():
            return seen(link, event, now_ns)
        case Doubled():
            return note_double(link, event, now_ns), []
        case Connected():
            return _connected(link, event, now_ns)
        case Failed() if link.phase in UP or link.phase is Phase.CONNECTING:
            return failed(link, event, now_ns, jitter)
        case Dropped() if link.phase in UP:
            return retry(link, "the link was lost", now_ns, jitter)
        case Tick():
            return _tick(link, now_ns, jitter)
    return _proceed(link, event, now_ns, jitter) if link.phase in UP else (link, [])


def _proceed(link: Link, event: Event, now_ns: int, jitter: float) -> Step:
    """Something happened on a link that is up."""
    match event:
        case Identified() if link.phase is Phase.IDENTIFYING:
            return _identified(link, event, now_ns)
        case Subscribed() if link.phase is Phase.SUBSCRIBING:
            return _subscribed(link, event, now_ns)
        case Heard():
            pulse = link.pulse
            if event.characteristic == uuids.HEART_RATE_MEASUREMENT:
                pulse = heart.heard(now_ns)
            n_broken = 0 if event.characteristic == uuids.PMD_DATA else link.n_broken
            link = replace(link, failures=0, paired=False, pulse=pulse, n_broken=n_broken)
    return _stream(link, event, now_ns, jitter)


def _connected(link: Link, event: Connected, now_ns: int) -> Step:
    if link.phase in UP:
        return link, []
    if link.phase is not Phase.CONNECTING:  # too late: somebody gave up on it
        return link, [Disconnect()]
    identifying = replace(
        link,
        phase=Phase.IDENTIFYING,
        due_ns=now_ns + IDENTIFY_NS,
        present=event.characteristics,
        services=event.services,
    )
    return identifying, [ReadSerial()]


def _identified(link: Link, event: Identified, now_ns: int) -> Step:
    impostor = find_conflict(link, event.serial, now_ns)
    if impostor is not None:
        wait_ns = DOUBLED_NS if link.is_doubled(now_ns) else REFUSED_NS
        return refuse(replace(link, refused_address=link.address), impostor, now_ns, wait_ns)
    if link.held is None and link.address is not None:
        link = replace(link, held=FirstUse(link.address, event.serial is not None))
    wanted = [uuids.HEART_RATE_MEASUREMENT] if link.plan.heart_rate else []
    if link.plan.movement:
        wanted += [uuids.PMD_CONTROL_POINT, uuids.PMD_DATA]
    wanted = [name for name in wanted if name in link.present]
    if uuids.PMD_DATA not in wanted and uuids.HEART_RATE_MEASUREMENT not in wanted:
        return refuse(link, "it sends nothing of what its wearer agreed to", now_ns)
    arm: list[Action] = [Sync(), *(Subscribe(name) for name in wanted)]
    if uuids.BATTERY_LEVEL in link.present:
        arm.append(Subscribe(uuids.BATTERY_LEVEL, optional=True))
        wanted.append(uuids.BATTERY_LEVEL)
    subscribing = replace(
        link, phase=Phase.SUBSCRIBING, due_ns=now_ns + SUBSCRIBE_NS, unarmed=frozenset(wanted)
    )
    return subscribing, [*arm, ReadAbout()]


def _subscribed(link: Link, event: Subscribed, now_ns: int) -> Step:
    name = event.characteristic
    link = replace(link, unarmed=link.unarmed - {name}, armed=link.armed | {name})
    if name == uuids.HEART_RATE_MEASUREMENT:
        link = replace(link, pulse=heart.armed(link.pulse, now_ns))
    if link.unarmed:
        return link, []
    link = replace(link, phase=Phase.STREAMING, due_ns=None)
    if uuids.PMD_DATA in link.armed:
        started, actions = acceleration.begin(link.movement, now_ns)
        return replace(link, movement=started, phase=Phase.FEATURES), actions
    if link.plan.movement or uuids.PMD_CONTROL_POINT not in link.present:
        return link, []
    searched, actions = leftover.begin(link.leftover, now_ns)
    armed = link.armed | {uuids.PMD_CONTROL_POINT} if actions else link.armed
    return replace(link, leftover=searched, armed=armed), actions


def _stream(link: Link, event: Event, now_ns: int, jitter: float) -> Step:
    """What an event means for what the strap measures besides heart rate."""
    link, actions = _move(link, event, now_ns, jitter)
    if link.phase not in UP:
        return link, actions
    searched, more = leftover.step(link.leftover, event, now_ns)
    return replace(link, leftover=searched), [*actions, *more]


def _move(link: Link, event: Event, now_ns: int, jitter: float) -> Step:
    """Let the acceleration stream take its share of an event."""
    moved, actions = acceleration.step(link.movement, event, now_ns)
    if moved.stage is Stage.BROKEN:
        why = moved.detail or "acceleration broke off"
        if link.n_broken < MOST_BROKEN or not link.plan.heart_rate:
            return retry(replace(link, n_broken=link.n_broken + 1), why, now_ns, jitter)
        moved, actions = acceleration.rest(moved, now_ns, why)
    link = replace(link, movement=moved)
    if link.phase not in {Phase.IDENTIFYING, Phase.SUBSCRIBING}:
        link = replace(link, phase=_STAGE_PHASE.get(moved.stage, Phase.STREAMING))
        if moved.stage is Stage.OFF and not link.plan.heart_rate:
            return refuse(link, moved.detail or "it sends nothing that is wanted", now_ns)
    return link, actions


def _tick(link: Link, now_ns: int, jitter: float) -> Step:
    if link.due_ns is not None and now_ns >= link.due_ns:
        return overdue(link, now_ns, jitter)
    if link.phase not in UP:
        return link, []
    pulse, verdict = heart.check(link.pulse, now_ns)
    link = replace(link, pulse=pulse)
    if verdict is Verdict.RECONNECT:
        return retry(link, "no heart rate although connected", now_ns, jitter)
    link, actions = _stream(link, Tick(), now_ns, jitter)
    if verdict is Verdict.REARM and link.phase in UP:
        name = uuids.HEART_RATE_MEASUREMENT
        actions = [Unsubscribe(name), Subscribe(name), *actions]
    return link, actions
