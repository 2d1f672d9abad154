"""Is heart rate still coming? `is_connected` isn't believed: only notifications are (D3). Pure."""

from dataclasses import dataclass, replace
from enum import Enum

from gateway.clock import NS_PER_S

FIRST_NS = 10 * NS_PER_S  # a strap may take a few seconds to find the first beat
STALE_NS = 5 * NS_PER_S  # promise D3; straps notify about once a second
GIVE_UP_NS = 3 * NS_PER_S  # after arming again; leaves 7 of D3's 15 s to reconnect


class Verdict(Enum):
    """What to do about heart rate."""

    NOTHING = "nothing"
    REARM = "arm its CCCD again"
    RECONNECT = "the link is dead, whatever it says"


@dataclass(frozen=True, slots=True)
class Pulse:
    """Watch over one heart-rate stream; `due_ns` None: none is wanted or armed.

    `stale` outlives links, so that a strap that stays silent over them all is told as one silence.
    """

    due_ns: int | None = None
    stale: bool = False
    rearmed: bool = False  # on this link, since the last value


def void(pulse: Pulse) -> Pulse:
    """The link is gone; that nothing was heard stays true until something is."""
    return Pulse(stale=pulse.stale)


def armed(pulse: Pulse, now_ns: int) -> Pulse:
    """Notifications are on, the first one is awaited; after arming again, not for as long."""
    return pulse if pulse.rearmed else replace(pulse, due_ns=now_ns + FIRST_NS)


def heard(now_ns: int) -> Pulse:
    """A notification came."""
    return Pulse(now_ns + STALE_NS)


def check(pulse: Pulse, now_ns: int) -> tuple[Pulse, Verdict]:
    """Time has passed."""
    if pulse.due_ns is None or now_ns < pulse.due_ns:
        return pulse, Verdict.NOTHING
    if pulse.rearmed:
        return replace(pulse, due_ns=None), Verdict.RECONNECT
    return Pulse(now_ns + GIVE_UP_NS, stale=True, rearmed=True), Verdict.REARM
