"""One cell of the dose matrix: how full, which letter, which marks, and its words. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from server.dose.quantity import Missing
from server.dose.vector import Metric
from server.projection.marks import Marks
from server.web.catalogue.spoken import t
from server.web.dose_context import Cell
from server.web.dose_shown import Shown
from server.web.dose_words import (
    NO_PLAN,
    NOT_IN_IT,
    NOT_TODAY,
    REASONS,
    WAITING,
    Reason,
    find_reason,
    tell_number,
    tell_quantity,
    tell_share,
    tell_utc,
)

CELL_PX: Final = 28
ENOUGH: Final = 0.8  # dose-metrics 7 for coverage, ux R2 for the observed share
_SAME: Final = 1e-9  # a sum of fractions that is the plan isn't more than it


@dataclass(frozen=True, slots=True)
class Scale:
    """What a full cell stands for: what was planned, or the largest number, where nothing is."""

    largest: float | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """All that is known of one person in one session; `is_planned`: she is among its people.

    `is_built`: the session was worked out; `is_known`: and something of her.
    """

    line: Mapping[str, Any]
    participant: str
    metric: Metric | None
    share: Metric | None
    attendance: Metric | None
    marks: Marks
    is_planned: bool
    is_built: bool
    is_known: bool
    is_chosen: bool

    @property
    def has_low_coverage(self) -> bool:
        """Less was heard, or fewer amounts are known, than is enough."""
        coverage = None if self.metric is None else self.metric.delivered.coverage
        return coverage is not None and coverage < ENOUGH

    @property
    def is_little_observed(self) -> bool:
        """Less of it was seen by somebody than is enough."""
        observed = None if self.share is None else self.share.delivered.value
        return observed is not None and observed < ENOUGH


def find_scale(metrics: Mapping[tuple[str, str], Metric]) -> Scale:
    """By the plan as soon as anything of this was planned for anybody."""
    if any(one.planned.value is not None for one in metrics.values()):
        return Scale()
    values = [one.delivered.value for one in metrics.values() if one.delivered.value is not None]
    return Scale(max(values, default=0.0))


def view_cell(found: Found, shown: Shown, scale: Scale, now: str) -> Cell:
    """The whole cell. One of a session that wasn't held has no marks."""
    session = found.line["id"]
    reason = find_letter(found, scale)
    share = None if reason is not None else find_fill(found.metric, scale)
    is_open = found.line["state"] == "planned"
    return Cell(
        session=session,
        participant=found.participant,
        path=name_cell(shown, session, found.participant),
        words=describe_cell(found, reason, scale, now),
        letter="" if reason is None or is_open else reason.letter,
        fill_px=0 if share is None or is_open else round(CELL_PX * min(max(share, 0.0), 1.0)),
        is_over=share is not None and share > 1 + _SAME,
        has_low_coverage=reason is None and found.has_low_coverage,
        is_lighter=found.marks.lighter,
        n_events=found.marks.n_events,
        is_little_observed=found.is_little_observed,
        is_running=found.line["state"] == "running",
        is_empty=is_open,
        is_known=found.is_known,
        is_chosen=found.is_chosen,
    )


def name_cell(shown: Shown, session: str, participant: str) -> str:
    """Where the page with this cell's card is."""
    asked = {"metric": shown.key, "session": session, "participant": participant}
    return f"?{urlencode(asked)}#card"


def find_letter(found: Found, scale: Scale) -> Reason | None:
    """Why the cell has no fill; None where it has one. Not having trained comes first."""
    reason = _find_away(found)
    if reason is not None:
        return reason
    metric = found.metric
    if metric is None:
        is_hers = found.is_planned or found.is_known
        return WAITING if is_hers else NOT_IN_IT
    if metric.delivered.missing is not None:
        return find_reason(metric.delivered.missing)
    if metric.planned.value == 0 == metric.delivered.value:
        return REASONS[Missing.NOT_APPLICABLE]
    return NO_PLAN if find_fill(metric, scale) is None else None


def _find_away(found: Found) -> Reason | None:
    """Whoever wasn't there got nothing, which is known: a letter, though the number is 0."""
    flags = () if found.attendance is None else found.attendance.delivered.flags
    if "not_today" in flags:
        return NOT_TODAY
    is_absent = "absent" in flags or found.marks.attendance == "absent"
    return REASONS[Missing.ABSENT] if is_absent else None


def find_fill(metric: Metric | None, scale: Scale) -> float | None:
    """Of a full cell; None where there is nothing to compare the number with."""
    if metric is None or metric.delivered.value is None:
        return None
    if scale.largest is not None:
        return metric.delivered.value / scale.largest if scale.largest else 0.0
    return metric.ratio.value


def describe_cell(found: Found, reason: Reason | None, scale: Scale, now: str) -> str:
    """All that the cell shows, for who doesn't see it."""
    if found.line["state"] == "planned":
        return _tell_ahead(found, now)
    told = [_tell_number(found.metric, reason, scale)]
    if found.line["state"] == "running":
        told.append(t("so far, the session runs now"))
    if reason is None and found.has_low_coverage and found.metric is not None:
        coverage = tell_share(found.metric.delivered.coverage or 0.0)
        told.append(t("coverage low, {share}", share=coverage))
    if found.is_little_observed and found.share is not None:
        told.append(t("only {share} observed", share=tell_quantity(found.share.delivered)))
    if found.marks.lighter:
        told.append(t("lighter that day"))
    if found.marks.n_events:
        told.append(t("adverse events: {n}", n=found.marks.n_events))
    return "; ".join(told)


def _tell_number(metric: Metric | None, reason: Reason | None, scale: Scale) -> str:
    """The number and what was planned; with a letter what it stands for."""
    if metric is None or metric.delivered.value is None:
        return "" if reason is None else reason.words
    delivered = tell_quantity(metric.delivered)
    amount = delivered
    if metric.planned.value is not None:
        planned = tell_number(metric.planned.value)
        amount = t("{delivered} of {planned} planned", delivered=delivered, planned=planned)
    if reason is not None:
        return f"{reason.words}; {amount}"
    ratio = metric.ratio.value
    if ratio is None or scale.largest is not None:
        return amount
    return f"{tell_share(ratio)}: {amount}"


def _tell_ahead(found: Found, now: str) -> str:
    if not found.is_planned:
        return NOT_IN_IT.words
    start = found.line["planned_start"] or ""
    if start > now:
        return t("Planned for {when}, not held yet", when=tell_utc(start))
    return t("Was planned for {when}, and nobody began it", when=tell_utc(start))
