"""What quality rules look at: one session, everybody's signs in all sessions. Only data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from server.dose.quantity import Missing
from server.projection.lost_time import LostTime

HEART, MOVEMENT = "heart", "movement"


@dataclass(frozen=True, slots=True)
class StreamCoverage:
    """As the dose has it. `coverage` None with a reason: there is no share; None without: no need.

    `main_cause` and `lost` say where the rest went.
    """

    coverage: float | None
    missing: Missing | None
    lost: LostTime = LostTime()


@dataclass(frozen=True, slots=True)
class HeartPeak:
    """Her highest heart rate of the evening, and how long it was above `max_bpm`."""

    peak_bpm: float
    max_bpm: float
    above_s: float
    is_estimated: bool


@dataclass(frozen=True, slots=True)
class RoundRating:
    """On 6 to 20, of the exercise that she was asked about; None: nobody said of which."""

    rating: float
    exercise: str | None = None


@dataclass(frozen=True, slots=True)
class PersonSeen:
    """Of one evening. `round_ratings` are by round; `session_rating` is on 6 to 20, too.

    `mean_hrr` is the mean share of her reserve; `straps` are those that she wore, `n_sets` how many
    sets of hers somebody entered as done; `untimed_sets` of them are on no clock.
    """

    code: str
    has_attendance: bool = True
    straps: tuple[str, ...] = ()
    n_sets: int = 0
    round_ratings: Mapping[int, RoundRating] = field(default_factory=dict)
    session_rating: float | None = None
    mean_hrr: float | None = None
    hr_unreliable: bool = False
    streams: Mapping[str, StreamCoverage] = field(default_factory=dict)
    peak: HeartPeak | None = None
    artefact_share: float | None = None
    untimed_sets: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class StrapFit:
    """One unbroken clock of a strap on a gateway; `warnings` are words of ClockWarning."""

    strap: str
    gateway: str
    span_s: float
    residual_p50_ms: float
    residual_p95_ms: float
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ClockSetting:
    """A gateway's wall clock was set by `step_s` at `at_ms` (UTC), in the session."""

    gateway: str
    at_ms: int
    step_s: float


@dataclass(frozen=True, slots=True)
class StrapClaim:
    """A strap that these people are said to have worn at once."""

    strap: str
    participants: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dispute:
    """What people wrote down differently, `about` whom or what, and nobody decided.

    `values` are those of its versions, None where one takes back.
    """

    kind: str
    about: str
    values: Sequence[Mapping[str, Any] | None]


@dataclass(frozen=True, slots=True)
class SessionSeen:
    """All that rules of one session look at."""

    session: str
    people: Sequence[PersonSeen] = ()
    fits: Sequence[StrapFit] = ()
    clock_settings: Sequence[ClockSetting] = ()
    claims: Sequence[StrapClaim] = ()
    disputes: Sequence[Dispute] = ()
    n_undecodable: int = 0
    n_damaged: int = 0


@dataclass(frozen=True, slots=True)
class HeartSigns:
    """What her heart of one evening is compared with later. Seated and mean are in bpm.

    `rating` is the whole session's, on 6 to 20. None: not known.
    """

    seated_bpm: float | None = None
    mean_bpm: float | None = None
    rating: float | None = None


@dataclass(frozen=True, slots=True)
class EveningSigns:
    """Everybody's of one session, which began `at_ms` (UTC)."""

    session: str
    at_ms: int
    of: dict[str, HeartSigns]
