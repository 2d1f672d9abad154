"""What the live view learns from one record of the archive. Stamps are the gateway's."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from protocol.moments import ReceivedAt

if TYPE_CHECKING:
    from server.decoding.clocks.fit import ClockWarning

StrapKey = tuple[str, str]  # gateway, strap


@dataclass(frozen=True, slots=True)
class HeartRateSeen:
    """One Heart Rate Measurement. `bpm` 0 means that the strap has no value."""

    received: ReceivedAt
    bpm: int
    contact: bool | None  # None: the strap can't tell
    rr_ticks: tuple[int, ...]  # 1/1024 s, oldest first


@dataclass(frozen=True, slots=True)
class DataSeen:
    """Any other notification of the strap, readable or not: its link is alive."""

    received: ReceivedAt


@dataclass(frozen=True, slots=True)
class ActivitySeen:
    """Mean absolute deviation of the acceleration's magnitude over the last second."""

    received: ReceivedAt
    activity_mg: float


@dataclass(frozen=True, slots=True)
class KnocksSeen:
    """Three knocks on the sensor, the last of them `lag_s` before the frame that completed them."""

    received: ReceivedAt
    lag_s: float


@dataclass(frozen=True, slots=True)
class ClockSeen:
    """What the last minutes say of the times of its movement; None: they are good."""

    received: ReceivedAt
    warning: "ClockWarning | None"


@dataclass(frozen=True, slots=True)
class BatterySeen:
    """Charge that the strap reported or the gateway read."""

    received: ReceivedAt
    battery_pct: int


@dataclass(frozen=True, slots=True)
class LinkSeen:
    """A change of the strap's link, as its gateway saw it."""

    received: ReceivedAt
    phase: str
    rssi_dbm: int | None
    in_conflict: bool = False  # two devices claim to be this strap: a person decides


StrapEvent = (
    HeartRateSeen | DataSeen | ActivitySeen | KnocksSeen | ClockSeen | BatterySeen | LinkSeen
)
