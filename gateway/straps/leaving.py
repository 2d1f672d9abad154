"""Leaving a strap tidily: stop its stream, disarm its CCCDs, disconnect; within seconds. Pure."""

from dataclasses import replace

from gateway.clock import NS_PER_S
from gateway.straps.phases import UP, Link, Phase
from gateway.straps.signals import (
    Action,
    Answered,
    Command,
    Disconnect,
    Dropped,
    Event,
    Failed,
    Release,
    Released,
    Tick,
    Unsubscribe,
)
from protocol.ble.pmd import Measurement, Operation, encode_stop

STOP_ANSWER_NS = 2 * NS_PER_S  # a strap answers a stop at once; people wait for the program to end
RELEASE_NS = 4 * NS_PER_S

Step = tuple[Link, list[Action]]


def leave(link: Link, now_ns: int) -> Step:
    """Begin to leave, whatever the link is doing."""
    if link.phase is Phase.DRAINING:
        return link, []
    if link.phase not in UP:
        connecting = link.phase is Phase.CONNECTING
        return finish(link), [Disconnect()] if connecting else []
    draining = replace(link, phase=Phase.DRAINING, due_ns=now_ns + STOP_ANSWER_NS, why=None)
    if not link.movement.may_run:
        return _release(draining, now_ns)
    return draining, [Command(encode_stop(Measurement.ACCELERATION))]


def proceed_leaving(link: Link, event: Event, now_ns: int) -> Step:
    """One event while draining; ends in CLOSED after at most both deadlines."""
    match event:
        case Answered() if event.answer.operation == Operation.STOP and not link.releasing:
            return _release(link, now_ns)
        case Failed() | Dropped():
            return finish(link), [Disconnect()]
        case Released() if link.releasing:
            return finish(link), []
        case Tick() if link.due_ns is not None and now_ns >= link.due_ns:
            if link.releasing:
                return finish(link), [Disconnect()]
            return _release(link, now_ns)
    return link, []


def _release(link: Link, now_ns: int) -> Step:
    disarm: list[Action] = [Unsubscribe(name) for name in sorted(link.armed)]
    releasing = replace(link, releasing=True, due_ns=now_ns + RELEASE_NS)
    return releasing, [*disarm, Release()]


def finish(link: Link) -> Link:
    """The end."""
    return replace(link, phase=Phase.CLOSED, due_ns=None)
