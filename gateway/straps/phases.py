"""What a link is at one moment: its phase, its deadlines, what it learnt of the strap."""

from dataclasses import dataclass, field
from enum import StrEnum

from gateway.straps.leftover import Leftover
from gateway.straps.movement import Movement
from gateway.straps.pulse import Pulse, void
from gateway.straps.whereabouts import FirstUse

DOUBLE_VALID_NS = 60_000_000_000  # a strap in reach advertises more often by far


class Phase(StrEnum):
    """Where a link is; these words are in `gateway/link` records."""

    WAITING = "waiting"
    CONNECTING = "connecting"
    IDENTIFYING = "identifying"
    SUBSCRIBING = "subscribing"
    FEATURES = "features"
    SETTINGS = "settings"
    STARTING = "starting"
    STREAMING = "streaming"
    DRAINING = "draining"
    CLOSED = "closed"
    REFUSED = "refused"


UP = frozenset(
    {
        Phase.IDENTIFYING,
        Phase.SUBSCRIBING,
        Phase.FEATURES,
        Phase.SETTINGS,
        Phase.STARTING,
        Phase.STREAMING,
    }
)


@dataclass(frozen=True, slots=True)
class LinkPlan:
    """Which strap, and what its wearer agreed to."""

    serial: str
    heart_rate: bool
    movement: bool
    rate_hz: int = 200
    spacing_ns: int = 180_000_000  # between two acceleration frames
    tells_serial: bool = True  # every strap of this model does; one that doesn't is another


@dataclass(frozen=True, slots=True)
class Link:
    """One strap's link. `due_ns` is the phase's own deadline, None while a stream watches over it.

    `failures` counts tries since the last notification: data, not a handshake, proves a link.
    """

    plan: LinkPlan
    phase: Phase = Phase.WAITING
    due_ns: int | None = 0
    not_before_ns: int = 0  # an advertisement cuts a backoff short, but not below this
    failures: int = 0
    seen_ns: int | None = None
    address: str | None = None  # hashed, as all addresses that the machine knows
    refused_address: str | None = None  # another strap with this name lives there
    held: FirstUse | None = None
    doubled_ns: int | None = None  # when another strap's name was last heard from `address`
    n_broken: int = 0  # links given up for the acceleration's sake since its last frame
    paired: bool = False  # tried on the last link already
    present: frozenset[str] = frozenset()
    services: tuple[str, ...] = ()  # of the newest link, kept for whoever looks at the strap
    unarmed: frozenset[str] = frozenset()
    armed: frozenset[str] = frozenset()
    pulse: Pulse = field(default_factory=Pulse)
    movement: Movement = field(default_factory=Movement)
    leftover: Leftover = field(default_factory=Leftover)
    releasing: bool = False  # draining: the stream's stop is answered, CCCDs are going off
    why: str | None = None

    @property
    def deadline_ns(self) -> int | None:
        """When the next Tick is due; None only when closed."""
        dues = [self.due_ns]
        if self.phase in UP:
            dues += [self.pulse.due_ns, self.movement.due_ns, self.leftover.due_ns]
        return min((due for due in dues if due is not None), default=None)

    def is_doubled(self, now_ns: int) -> bool:
        """Whether two straps with the link's address are in reach, or were a moment ago."""
        return self.doubled_ns is not None and now_ns - self.doubled_ns <= DOUBLE_VALID_NS

    @property
    def detail(self) -> str | None:
        """One sentence on why the link is as it is, where there is something to say."""
        if self.phase not in UP:
            return self.why
        if self.pulse.stale:
            return "no heart rate any more"
        return self.movement.detail or self.leftover.detail


def open_link(plan: LinkPlan, held: FirstUse | None = None, pulse: Pulse | None = None) -> Link:
    """A link that waits for its strap to be seen; `held`: where it was first met, if ever.

    `pulse`: of the link before it, if there was one.
    """
    kept = void(pulse) if pulse is not None and plan.heart_rate else Pulse()
    movement = Movement(plan.rate_hz, plan.spacing_ns)
    return Link(plan, held=held, pulse=kept, movement=movement)
