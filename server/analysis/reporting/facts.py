"""What a study knows of itself that a report has to tell: read once, handed to every filler."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from protocol.training.plan import TrainingPlan
from server.analysis.plan import AnalysisPlan


@dataclass(frozen=True, slots=True)
class Presence:
    """Person-sessions of sessions that were closed: she trained, she didn't, nobody said."""

    n_attended: int = 0
    n_missed: int = 0
    n_unknown: int = 0


@dataclass(frozen=True, slots=True)
class Harms:
    """Adverse events that hold, in sessions that were closed; `n_open` are those of others.

    `n_unrated`: nobody said whether it was serious.
    """

    by_kind: Mapping[str, int] = field(default_factory=dict)
    n_people: int = 0
    n_serious: int = 0
    n_unrated: int = 0
    n_open: int = 0

    @property
    def n(self) -> int:
        return sum(self.by_kind.values())


@dataclass(frozen=True, slots=True)
class Measured:
    """Of one outcome and arm: `n` in the data that are counted, which are the locked ones after a
    lock, complete pairs among them, and why a value is missing, by reason.
    """

    n: int
    n_pairs: int
    n_pre: int
    n_post: int
    why_no_post: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class ArmFacts:
    """`n_trained` came to at least one session. `first_after_d`: days from entry to the first."""

    arm: str
    n: int
    n_trained: int
    presence: Presence
    harms: Harms
    outcomes: Mapping[str, Measured]
    first_after_d: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class SessionFacts:
    """Sessions in the study's list; `first` and `last` (UTC) are of those that were closed."""

    n_planned: int = 0
    n_closed: int = 0
    n_open: int = 0
    first: date | None = None
    last: date | None = None
    people: tuple[int, int] | None = None  # planned in one session, least and most
    room_c: tuple[float, float] | None = None
    n_room: int = 0
    n_readiness: int = 0
    n_supervisors: int = 0
    n_assistants: int = 0
    qualifications: Mapping[str, int] = field(default_factory=dict)  # of staff in all sessions


@dataclass(frozen=True, slots=True)
class Delivery:
    """Of whoever a session was planned for; sums over people, in sessions that are over."""

    n_people: int = 0
    n_sessions: int = 0  # of the plan, over all of them
    n_attended: int = 0
    n_made_up: int = 0
    n_missed: int = 0
    n_sets: int = 0  # prescribed in sessions that they attended
    n_sets_done: int = 0
    n_sets_observed: int = 0
    n_sets_unknown: int = 0
    n_records: int = 0  # of sessions attended whose plan this study has
    n_rated: int = 0
    n_rated_inside: int = 0
    modified: Mapping[str, int] = field(default_factory=dict)  # by kind, sessions of a person
    ended_early: Mapping[str, int] = field(default_factory=dict)  # by what ended it
    missed_why: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class UsedPlan:
    """A training plan that sessions were planned by. `plan` None: this study has no copy of it."""

    name: str
    sha256: str
    n_sessions: int
    plan: TrainingPlan | None


@dataclass(frozen=True, slots=True)
class Registered:
    """The plan of the analysis in force. `replaced`: why each earlier one gave way."""

    plan: AnalysisPlan
    on: date
    replaced: tuple[str, ...] = ()
    locked_on: date | None = None


@dataclass(frozen=True, slots=True)
class StudyFacts:
    """`arms` None: left out, because nobody may see them before the data are locked.

    `entered` and `drawn` are first and last day. `outcomes_refused`: why outcomes of arms can't be
    counted. `ledger` is how many entries it holds, and the SHA-256 of the last.
    """

    is_simulated: bool
    n_entered: int
    entered: tuple[date, date] | None
    n_arm_changes: int
    arms: tuple[ArmFacts, ...] | None
    sessions: SessionFacts
    delivery: Delivery | None
    plans: tuple[UsedPlan, ...]
    registered: Registered | None
    drawn: tuple[date, date] | None
    matrices: Mapping[str, tuple[str, ...]]
    n_limits_signed: int
    n_datasets: int
    outcomes_refused: str
    ledger: tuple[int, str]
    version: str

    @property
    def plan(self) -> TrainingPlan | None:
        """The one that most sessions were planned by."""
        return self.plans[0].plan if self.plans else None

    @property
    def is_locked(self) -> bool:
        return self.registered is not None and self.registered.locked_on is not None
