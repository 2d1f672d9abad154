"""The words of the link machine: what it is told (events) and what it asks for (actions)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from protocol.ble.pmd import ControlAnswer, Setting


class Fault(Enum):
    """What to do when something about a link went wrong."""

    UNREACHABLE = "retry with backoff"
    LOST = "retry at once"
    BUSY = "clear what the system remembers of the strap, then retry"
    UNPAIRED = "pair, then retry"
    REFUSED = "tell a human"
    ADAPTER = "stop all straps, one alarm"


@dataclass(frozen=True, slots=True)
class Tick:
    """A deadline may have passed."""


@dataclass(frozen=True, slots=True)
class Seen:
    """The strap advertised, at this (hashed) address; a wake-up for the backoff."""

    address: str


@dataclass(frozen=True, slots=True)
class Doubled:
    """Another strap's name was heard from this (hashed) address."""

    address: str


@dataclass(frozen=True, slots=True)
class Connected:
    """The link is up; these are the characteristics and services that the strap has."""

    characteristics: frozenset[str]
    services: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Identified:
    """What the strap itself says its serial is; None where it has no such characteristic."""

    serial: str | None


@dataclass(frozen=True, slots=True)
class Subscribed:
    """A characteristic's CCCD is armed."""

    characteristic: str


@dataclass(frozen=True, slots=True)
class FeaturesRead:
    """What the strap can measure."""

    measurements: frozenset[int]


@dataclass(frozen=True, slots=True)
class Answered:
    """A whole answer of the control point; `offered` where it lists settings."""

    answer: ControlAnswer
    offered: Mapping[Setting, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class StoppedByStrap:
    """The strap itself ended these measurements; none named means all."""

    measurements: frozenset[int]


@dataclass(frozen=True, slots=True)
class Heard:
    """A notification of a measured stream came."""

    characteristic: str


@dataclass(frozen=True, slots=True)
class Uninvited:
    """A frame of a measurement came that nobody asked for; it isn't kept."""

    measurement: int


@dataclass(frozen=True, slots=True)
class Failed:
    """An action didn't work."""

    fault: Fault
    sentence: str


@dataclass(frozen=True, slots=True)
class Dropped:
    """The link ended without our asking."""


@dataclass(frozen=True, slots=True)
class Released:
    """A Release that was asked for is done."""


@dataclass(frozen=True, slots=True)
class Stop:
    """Leave the strap for good: program ends, or it is off the roster."""


@dataclass(frozen=True, slots=True)
class Connect:
    """Open a link to the strap where it was last seen."""


@dataclass(frozen=True, slots=True)
class ReadSerial:
    """Ask the strap who it is; nothing may be recorded before."""


@dataclass(frozen=True, slots=True)
class ReadAbout:
    """Read and record device information and battery; a refusal harms nothing."""


@dataclass(frozen=True, slots=True)
class Sync:
    """Have what was recorded so far on the disk, before the strap may send."""


@dataclass(frozen=True, slots=True)
class Subscribe:
    """Arm a CCCD. If `optional`, a refusal counts as done."""

    characteristic: str
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Unsubscribe:
    """Disarm a CCCD; a refusal harms nothing."""

    characteristic: str


@dataclass(frozen=True, slots=True)
class ReadFeatures:
    """Read the control point."""


@dataclass(frozen=True, slots=True)
class Command:
    """Write these bytes to the control point, with response.

    If `optional`, a refusal harms nothing: the answer just doesn't come.
    """

    request: bytes
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """Pair on the open link; whether it worked shows when the link is opened again."""


@dataclass(frozen=True, slots=True)
class Forget:
    """Clear what the operating system remembers of the strap."""


@dataclass(frozen=True, slots=True)
class Release:
    """Close the link once everything asked for before is done; answered by Released."""


@dataclass(frozen=True, slots=True)
class Disconnect:
    """Give up every action still waiting and close the link at once; always works."""


Event = (
    Tick | Seen | Doubled | Connected | Identified | Subscribed | FeaturesRead | Answered
    | StoppedByStrap | Heard | Uninvited | Failed | Dropped | Released | Stop
)  # fmt: skip
Action = (
    Connect | ReadSerial | ReadAbout | Sync | Subscribe | Unsubscribe | ReadFeatures | Command
    | Pair | Forget | Release | Disconnect
)  # fmt: skip
