"""What a session's review may show in its lanes, as programs read them.

Times are UTC texts; `words` say in one sentence what a lane draws.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from server.projection.session_knocks import SessionSync
from server.projection.strap_clocks import StrapClocks


@dataclass(frozen=True, slots=True)
class Stretch:
    """From `begins` to `ends`. `kind` is a word of the ledger or of a gap's cause."""

    begins: str
    ends: str
    kind: str
    label: str
    words: str


@dataclass(frozen=True, slots=True)
class Gap(Stretch):
    """`stream` is heart or movement; `detail` a gateway's reason, empty where it gave none."""

    stream: str
    detail: str


@dataclass(frozen=True, slots=True)
class SetMark(Stretch):
    """A set in the time that the circuit had for it. `kind`: observed, assumed, missing or open.

    Observed has what a sensor counted and what she told in it; `evidence` says which. One that
    the circuit doesn't have lies where it was written down. `station` counts from 0. `sensed` is a
    StationSensed as JSON: movement, posture and heart, None where nothing was worked out.
    """

    name: str
    exercise: str
    station: int | None
    evidence: str | None
    missing: str | None
    prescribed: Mapping[str, Any] | None
    performed: Mapping[str, Any] | None
    sensed: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """Something at one time: a rating, an event, a note. `label` is short enough for a lane."""

    at: str
    kind: str
    label: str
    words: str


@dataclass(frozen=True, slots=True)
class Strap(Stretch):
    """A strap on her. `kind`: worn, or disputed: two people are said to have worn it at once.

    `about` is the thing in the ledger and `entry` the version that holds.
    """

    about: str
    entry: str
    serial: str


@dataclass(frozen=True, slots=True)
class Lane:
    """One participant's evening. `traces` are those that there are of her."""

    participant: str
    sign: str
    attendance: str | None
    sets: list[SetMark]
    ratings: list[Moment]
    events: list[Moment]
    notes: list[Moment]
    stops: list[Stretch]
    gaps: list[Gap]
    wearing: list[Strap]
    traces: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Group:
    """What all had in common: phases, the circuit's work and rest, holds of the clock, the room."""

    phases: list[Stretch]
    segments: list[Stretch]
    holds: list[Stretch]
    moments: list[Moment]


@dataclass(frozen=True, slots=True)
class Review:
    """A session on one axis from `begins` to `ends`.

    `clocks` are of straps on gateways; `sync_moments` strap against strap.
    """

    session: str
    state: str
    begins: str
    ends: str
    group: Group
    lanes: list[Lane]
    clocks: list[StrapClocks] = field(default_factory=list)
    sync_moments: list[SessionSync] = field(default_factory=list)
