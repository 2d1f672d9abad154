"""What surrounds the exercises: minutes, rests, bands, effort, safety, choice of stations."""

from typing import Annotated

from msgspec import Meta, Struct

from protocol.training.bounds import (
    Amounts,
    Count,
    Disability,
    HeartRate,
    Identifier,
    Minutes,
    Name,
    Rating,
    Ratings,
    Seconds,
    UnitSeconds,
    Week,
    Weeks,
)
from protocol.training.vocabulary import Axis, RestScope, RotationRule, SelectionRule, Unit


class Course(Struct, frozen=True, forbid_unknown_fields=True):
    """How long the course is."""

    weeks: Week
    sessions_per_week: Annotated[int, Meta(ge=0, le=14)]


class UnitTimes(Struct, frozen=True, forbid_unknown_fields=True):
    """Seconds that one repetition, lap or metre takes; a second takes one."""

    reps: UnitSeconds
    laps: UnitSeconds
    metres: UnitSeconds
    seconds: UnitSeconds = 1.0

    def of(self, unit: Unit) -> float:
        """Seconds of one `unit`."""
        match unit:
            case Unit.REPS:
                return self.reps
            case Unit.LAPS:
                return self.laps
            case Unit.METRES:
                return self.metres
            case Unit.SECONDS:
                return self.seconds


class SessionShape(Struct, frozen=True, forbid_unknown_fields=True):
    """One session: its minutes, rounds and rests."""

    format: Name
    warmup_min: Minutes
    main_min: Minutes
    cooldown_min: Minutes
    total_min: Minutes
    warmup: str
    emphasis: str
    supervision: str
    rounds: Annotated[int, Meta(ge=0, le=20)]
    rest_s: Seconds
    rest_scope: RestScope
    changeover_s: Seconds  # from station to station where no rest covers it
    unit_s: UnitTimes
    late_warmup_min: Minutes = 0  # of her own, for whoever comes after the start; 0: none


class BandLadder(Struct, frozen=True, forbid_unknown_fields=True):
    """Elastic bands from the weakest to the strongest, and the strongest allowed in each week."""

    make: Name
    order: tuple[Name, ...]
    ceiling: tuple[Name, ...]  # one a week


class EffortTarget(Struct, frozen=True, forbid_unknown_fields=True):
    """Perceived exertion on 6 to 20 aimed at, and accepted, in a span of weeks."""

    weeks: Weeks
    word: Name
    target: Ratings
    accept: Ratings


class EffortScale(Struct, frozen=True, forbid_unknown_fields=True):
    """The scale shown where no licensed wording is loaded: numbers and two end words."""

    scale: Name
    lowest_word: Name
    highest_word: Name


class PrintedText(Struct, frozen=True, forbid_unknown_fields=True):
    """What the source's text says beside its table; the linter holds one against the other."""

    amount: Amounts | None = None  # repetitions at a station
    late_category: Identifier | None = None
    late_weeks: Week | None = None  # in how many final weeks that category comes
    effort_range: Ratings | None = None
    effort_range_weeks: Weeks | None = None  # to which weeks the words attach it
    identical_for_all: bool = False
    disability: tuple[Disability, Disability] | None = None  # range of EDSS taking part
    overload: tuple[Axis, ...] = ()
    varying_intensity: Identifier | None = None  # category said to come in varying intensities


class Thresholds(Struct, frozen=True):
    """Limits that a clinician signed for the study; None is a limit that wasn't set."""

    hr_ceiling_bpm: int | None
    rpe_alert: int | None
    rpe_hold: int | None


class Safety(Struct, frozen=True, forbid_unknown_fields=True):
    """Limits of heart rate and effort. They hold only once somebody signed them."""

    hr_ceiling_bpm: HeartRate | None = None
    rpe_alert: Rating | None = None
    rpe_hold: Rating | None = None
    suggested_rpe_alert: Rating | None = None  # never in force
    suggested_rpe_hold: Rating | None = None  # never in force
    signed_by: str = ""
    signed_on: Annotated[str, Meta(pattern=r"^(\d{4}-\d{2}-\d{2})?$")] = ""

    @property
    def thresholds_in_force(self) -> Thresholds | None:
        """What was signed; None until somebody did, with the day."""
        if not (self.signed_by.strip() and self.signed_on):
            return None
        return Thresholds(self.hr_ceiling_bpm, self.rpe_alert, self.rpe_hold)


class ListedSession(Struct, frozen=True, forbid_unknown_fields=True):
    """The stations of one session, in the order of the floor."""

    session: Count
    stations: tuple[Identifier, ...]


class Selection(Struct, frozen=True, forbid_unknown_fields=True):
    """Which stations a session has. A listed session wins over the rule."""

    rule: SelectionRule
    stations: Annotated[int, Meta(ge=0, le=64)]  # in a session, at most
    rotation: RotationRule
    listed: tuple[ListedSession, ...] = ()
