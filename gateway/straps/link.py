"""The life of one strap's link: events in, next state and actions out. Pure.

No clock, radio or chance in here: `now_ns` and `jitter` are arguments. Every phase but CLOSED has
a deadline, so the machine never waits for ever; a late or repeated event changes nothing.
"""

from dataclasses import replace

from gateway.clock import NS_PER_S
from gateway.straps import movement as acceleration
from gateway.straps import pulse as heart
from gateway.straps.backoff import backoff_s
from gateway.straps.identity import DOUBLED_NS, find_conflict, note_double
from gateway.straps.leaving import Step, leave, proceed_leaving
from gateway.straps.movement import Stage
from gateway.straps.phases import UP, Link, Phase
from gateway.straps.pulse import Pulse, Verdict
from gateway.straps.signals import (
    Action,
    Connect,
    Connected,
    Disconnect,
    Doubled,
    Dropped,
    Event,
    Failed,
    Fault,
    Forget,
    Heard,
    Identified,
    Pair,
    ReadAbout,
    ReadSerial,
    Release,
    Seen,
    Stop,
    Subscribe,
    Subscribed,
    Tick,
    Unsubscribe,
)
from gateway.straps.whereabouts import FirstUse, is_barred
from protocol.ble import uuids

CONNECT_NS = 120 * NS_PER_S  # the connection's own deadline is 20 s; the rest is its turn's queue
IDENTIFY_NS = 20 * NS_PER_S
SUBSCRIBE_NS = 60 * NS_PER_S  # five requests of up to 10 s each
REFUSED_NS = 300 * NS_PER_S  # somebody may have mended it
UNSEEN_NS = 300 * NS_PER_S  # a try without an advertisement, in case the scanner is deaf
FRESH_NS = 30 * NS_PER_S  # an advertisement this young says that the strap is in reach
HASTE_NS = 5 * NS_PER_S  # most that an advertisement has to wait after a failure
MOST_BROKEN = 2  # links given up for acceleration's sake; heart rate isn't interrupted for more
FORGET_AFTER = 2  # failures of the BUSY kind; forgetting also drops a bond, so not at once

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
            return _seen(link, event, now_ns)
        case Doubled():
            return note_double(link, event, now_ns), []
        case Connected():
            return _connected(link, event, now_ns)
        case Failed() if link.phase in UP or link.phase is Phase.CONNECTING:
            return _failed(link, event, now_ns, jitter)
        case Dropped() if link.phase in UP:
            return _retry(link, "the link was lost", now_ns, jitter)
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
    return _move(link, event, now_ns, jitter)


def _seen(link: Link, event: Seen, now_ns: int) -> Step:
    waits = link.phase is Phase.WAITING or (
        link.phase is Phase.REFUSED and link.refused_address is not None
    )
    barred = is_barred(link.held, event.address) or event.address == link.refused_address
    if not waits or barred:
        return link, []
    if event.address != link.address:
        link = replace(link, address=event.address, doubled_ns=None)
    link = replace(link, seen_ns=now_ns)
    if link.phase is Phase.WAITING and now_ns < link.not_before_ns:
        return link, []
    return _connect(link, now_ns)


def _connect(link: Link, now_ns: int) -> Step:
    """Start afresh: a disconnect voids every subscription and the stream's state."""
    fresh = replace(
        link, phase=Phase.CONNECTING, due_ns=now_ns + CONNECT_NS, present=frozenset(),
        unarmed=frozenset(), armed=frozenset(), pulse=Pulse(),
        movement=acceleration.void(link.movement),
    )  # fmt: skip
    return fresh, [Connect()]


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
        return _refuse(replace(link, refused_address=link.address), impostor, now_ns, wait_ns)
    if link.held is None and link.address is not None:
        link = replace(link, held=FirstUse(link.address, event.serial is not None))
    wanted = [uuids.HEART_RATE_MEASUREMENT] if link.plan.heart_rate else []
    if link.plan.movement:
        wanted += [uuids.PMD_CONTROL_POINT, uuids.PMD_DATA]
    wanted = [name for name in wanted if name in link.present]
    if uuids.PMD_DATA not in wanted and uuids.HEART_RATE_MEASUREMENT not in wanted:
        return _refuse(link, "it sends nothing of what its wearer agreed to", now_ns)
    arm: list[Action] = [Subscribe(name) for name in wanted]
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
        link = replace(link, pulse=heart.armed(now_ns))
    if link.unarmed:
        return link, []
    link = replace(link, phase=Phase.STREAMING, due_ns=None)
    if uuids.PMD_DATA not in link.armed:
        return link, []
    started, actions = acceleration.begin(link.movement, now_ns)
    return replace(link, movement=started, phase=Phase.FEATURES), actions


def _move(link: Link, event: Event, now_ns: int, jitter: float) -> Step:
    """Let the acceleration stream take its share of an event."""
    moved, actions = acceleration.step(link.movement, event, now_ns)
    if moved.stage is Stage.BROKEN:
        why = moved.detail or "acceleration broke off"
        if link.n_broken < MOST_BROKEN or not link.plan.heart_rate:
            return _retry(replace(link, n_broken=link.n_broken + 1), why, now_ns, jitter)
        moved, actions = acceleration.rest(moved, now_ns, why)
    link = replace(link, movement=moved)
    if link.phase not in {Phase.IDENTIFYING, Phase.SUBSCRIBING}:
        link = replace(link, phase=_STAGE_PHASE.get(moved.stage, Phase.STREAMING))
        if moved.stage is Stage.OFF and not link.plan.heart_rate:
            return _refuse(link, moved.detail or "it sends nothing that is wanted", now_ns)
    return link, actions


def _tick(link: Link, now_ns: int, jitter: float) -> Step:
    if link.due_ns is not None and now_ns >= link.due_ns:
        return _overdue(link, now_ns, jitter)
    if link.phase not in UP:
        return link, []
    pulse, verdict = heart.check(link.pulse, now_ns)
    link = replace(link, pulse=pulse)
    if verdict is Verdict.RECONNECT:
        return _retry(link, "no heart rate although connected", now_ns, jitter)
    link, actions = _move(link, Tick(), now_ns, jitter)
    if verdict is Verdict.REARM and link.phase in UP:
        name = uuids.HEART_RATE_MEASUREMENT
        actions = [Unsubscribe(name), Subscribe(name), *actions]
    return link, actions


def _overdue(link: Link, now_ns: int, jitter: float) -> Step:
    match link.phase:
        case Phase.WAITING:
            fresh = link.seen_ns is not None and now_ns - link.seen_ns < FRESH_NS
            insured = link.address is not None and now_ns >= link.not_before_ns + UNSEEN_NS
            if fresh or insured:
                return _connect(link, now_ns)
            return replace(link, due_ns=now_ns + UNSEEN_NS), []
        case Phase.REFUSED:
            return _connect(replace(link, refused_address=None), now_ns)
    return _retry(link, f"no answer in time while {link.phase}", now_ns, jitter)


def _failed(link: Link, event: Failed, now_ns: int, jitter: float) -> Step:
    if event.fault is Fault.REFUSED:
        return _refuse(link, event.sentence, now_ns)
    if event.fault is Fault.UNPAIRED and link.phase in UP:
        if link.paired:
            return _refuse(link, "it asks for pairing and pairing didn't work", now_ns)
        paired, actions = _connect(replace(link, paired=True), now_ns)
        return paired, [Pair(), Release(), *actions]
    link, actions = _retry(link, event.sentence, now_ns, jitter)
    if event.fault is Fault.BUSY and link.failures >= FORGET_AFTER:
        actions.insert(1, Forget())
    return link, actions


def _retry(link: Link, why: str, now_ns: int, jitter: float) -> Step:
    """At once if data came since the last failure and the link was up, else after a backoff."""
    was_up = link.phase in UP
    link = replace(link, failures=link.failures + 1, why=why)
    if was_up and link.failures == 1:
        link, actions = _connect(link, now_ns)
        return link, [Disconnect(), *actions]
    wait_ns = round(backoff_s(link.failures, jitter) * NS_PER_S)
    waiting = replace(
        link,
        phase=Phase.WAITING,
        due_ns=now_ns + wait_ns,
        not_before_ns=now_ns + min(wait_ns, HASTE_NS),
    )
    return waiting, [Disconnect()]


def _refuse(link: Link, why: str, now_ns: int, wait_ns: int = REFUSED_NS) -> Step:
    refused = replace(link, phase=Phase.REFUSED, due_ns=now_ns + wait_ns, why=why)
    return refused, [Disconnect()]
