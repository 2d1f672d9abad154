"""How a strap is reached: when a link is opened, tried again, refused for a while. Pure."""

from dataclasses import replace

from gateway.clock import NS_PER_S
from gateway.straps import leftover
from gateway.straps import movement as acceleration
from gateway.straps import pulse as heart
from gateway.straps.backoff import backoff_s
from gateway.straps.leaving import Step
from gateway.straps.phases import UP, Link, Phase
from gateway.straps.signals import (
    Connect,
    Disconnect,
    Failed,
    Fault,
    Forget,
    Pair,
    Release,
    Seen,
)
from gateway.straps.whereabouts import is_barred

CONNECT_NS = 120 * NS_PER_S  # the connection's own deadline is 20 s; the rest is its turn's queue
REFUSED_NS = 300 * NS_PER_S  # somebody may have mended it
UNSEEN_NS = 300 * NS_PER_S  # a try without an advertisement, in case the scanner is deaf
FRESH_NS = 30 * NS_PER_S  # an advertisement this young says that the strap is in reach
HASTE_NS = 5 * NS_PER_S  # most that an advertisement has to wait after a failure
FORGET_AFTER = 2  # failures of the BUSY kind; forgetting also drops a bond, so not at once


def seen(link: Link, event: Seen, now_ns: int) -> Step:
    """The strap advertised: connect, unless it has to wait or isn't to be met there."""
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
    return connect(link, now_ns)


def connect(link: Link, now_ns: int) -> Step:
    """Start afresh: a disconnect voids every subscription and the stream's state."""
    fresh = replace(
        link, phase=Phase.CONNECTING, due_ns=now_ns + CONNECT_NS, present=frozenset(),
        unarmed=frozenset(), armed=frozenset(), pulse=heart.void(link.pulse),
        movement=acceleration.void(link.movement), leftover=leftover.void(link.leftover),
    )  # fmt: skip
    return fresh, [Connect()]


def overdue(link: Link, now_ns: int, jitter: float) -> Step:
    """The phase's own deadline has passed."""
    match link.phase:
        case Phase.WAITING:
            fresh = link.seen_ns is not None and now_ns - link.seen_ns < FRESH_NS
            insured = link.address is not None and now_ns >= link.not_before_ns + UNSEEN_NS
            if fresh or insured:
                return connect(link, now_ns)
            return replace(link, due_ns=now_ns + UNSEEN_NS), []
        case Phase.REFUSED:
            return connect(replace(link, refused_address=None), now_ns)
    return retry(link, f"no answer in time while {link.phase}", now_ns, jitter)


def failed(link: Link, event: Failed, now_ns: int, jitter: float) -> Step:
    """Something didn't work: mend what its fault says, and try again."""
    if event.fault is Fault.REFUSED:
        return refuse(link, event.sentence, now_ns)
    if event.fault is Fault.UNPAIRED and link.phase in UP:
        if link.paired:
            return refuse(link, "it asks for pairing and pairing didn't work", now_ns)
        paired, actions = connect(replace(link, paired=True), now_ns)
        return paired, [Pair(), Release(), *actions]
    link, actions = retry(link, event.sentence, now_ns, jitter)
    if event.fault is Fault.BUSY and link.failures >= FORGET_AFTER:
        actions.insert(1, Forget())
    return link, actions


def retry(link: Link, why: str, now_ns: int, jitter: float) -> Step:
    """At once if data came since the last failure and the link was up, else after a backoff."""
    was_up = link.phase in UP
    link = replace(link, failures=link.failures + 1, why=why)
    if was_up and link.failures == 1:
        link, actions = connect(link, now_ns)
        return link, [Disconnect(), *actions]
    wait_ns = round(backoff_s(link.failures, jitter) * NS_PER_S)
    waiting = replace(
        link,
        phase=Phase.WAITING,
        due_ns=now_ns + wait_ns,
        not_before_ns=now_ns + min(wait_ns, HASTE_NS),
    )
    return waiting, [Disconnect()]


def refuse(link: Link, why: str, now_ns: int, wait_ns: int = REFUSED_NS) -> Step:
    """Leave it alone for a while; a person is told why."""
    refused = replace(link, phase=Phase.REFUSED, due_ns=now_ns + wait_ns, why=why)
    return refused, [Disconnect()]
