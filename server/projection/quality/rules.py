"""The table of quality rules: one line each. Words and thresholds for people are in the page."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from server.projection.quality import (
    above_her_maximum,
    artefacts_many,
    attendance_missing,
    clock_fit_poor,
    coverage_low,
    effort_far_from_heart,
    effort_jump,
    entries_in_conflict,
    gateway_clock_set,
    not_closed,
    not_held,
    seated_unlike_hers,
    sets_without_time,
    strap_disputed,
    swap_suspected,
    values_unreadable,
)
from server.projection.quality.finding import Finding, Hit
from server.projection.quality.seen import EveningSigns, SessionSeen

InSession = Callable[[SessionSeen], Iterable[Hit]]
InCourse = Callable[[Sequence[EveningSigns]], Iterable[tuple[str, Hit]]]
ByCalendar = Callable[[Sequence[Mapping[str, Any]], int], Iterable[tuple[str, Hit]]]


@dataclass(frozen=True, slots=True)
class Rule:
    """`version` is raised when the same values are judged otherwise; decisions then count anew.

    A rule looks at one session, at everybody's earlier evenings, or at the calendar.
    """

    key: str
    version: int
    in_session: InSession | None = None
    in_course: InCourse | None = None
    by_calendar: ByCalendar | None = None


RULES: Final = (
    Rule("swap_suspected", 1, in_course=swap_suspected.judge),
    Rule("strap_disputed", 1, in_session=strap_disputed.judge),
    Rule("seated_unlike_hers", 1, in_course=seated_unlike_hers.judge),
    Rule("coverage_low", 1, in_session=coverage_low.judge),
    Rule("above_her_maximum", 1, in_session=above_her_maximum.judge),
    Rule("artefacts_many", 1, in_session=artefacts_many.judge),
    Rule("effort_jump", 2, in_session=effort_jump.judge),
    Rule("effort_far_from_heart", 1, in_session=effort_far_from_heart.judge),
    Rule("attendance_missing", 1, in_session=attendance_missing.judge),
    Rule("entries_in_conflict", 2, in_session=entries_in_conflict.judge),
    Rule("sets_without_time", 1, in_session=sets_without_time.judge),
    Rule("clock_fit_poor", 1, in_session=clock_fit_poor.judge),
    Rule("gateway_clock_set", 1, in_session=gateway_clock_set.judge),
    Rule("values_unreadable", 1, in_session=values_unreadable.judge),
    Rule("not_closed", 1, by_calendar=not_closed.judge),
    Rule("not_held", 1, by_calendar=not_held.judge),
)


def tell_rules() -> list[list[str | int]]:
    """As JSON: another list, and every session is judged anew."""
    return [[rule.key, rule.version] for rule in RULES]


def judge_session(seen: SessionSeen) -> Iterator[Finding]:
    """By all rules of one session."""
    for rule in RULES:
        for hit in rule.in_session(seen) if rule.in_session else ():
            yield Finding(seen.session, rule.key, rule.version, hit)


def judge_course(evenings: Sequence[EveningSigns]) -> Iterator[Finding]:
    """By all rules that compare evenings."""
    for rule in RULES:
        for session, hit in rule.in_course(evenings) if rule.in_course else ():
            yield Finding(session, rule.key, rule.version, hit)


def judge_calendar(lines: Sequence[Mapping[str, Any]], now_ms: int) -> Iterator[Finding]:
    """By all rules that need to know what time it is; `lines` is the list of all sessions."""
    for rule in RULES:
        for session, hit in rule.by_calendar(lines, now_ms) if rule.by_calendar else ():
            yield Finding(session, rule.key, rule.version, hit)
