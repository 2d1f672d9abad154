"""What was planned of the dose named in advance, what of it was delivered, and what isn't known."""

from collections.abc import Sequence
from typing import Final

from server.analysis.dose_sessions import DoseSession
from server.analysis.methods.design import TRAINING
from server.analysis.report.column_words import find_dose_unit
from server.analysis.report.content import Content
from server.analysis.report.document import Block, Grid, Section, Text
from server.analysis.report.figures.dose_matrix import draw_dose_matrix
from server.analysis.report.number_words import write_mean_sd, write_number
from server.analysis.report.weekly_dose import WeekDose, list_weeks

_HEAD: Final = (
    "week", "planned", "delivered", "of planned", "sessions with a number", "not there",
    "no number",
)  # fmt: skip
_SENTENCE: Final = (
    "Means of what was delivered are of the participants all of whose sessions of the week have a"
    " number; a session that somebody missed gave 0, one of which nothing is known is not counted"
    " as 0. The share of what was planned is of the participants of whom both are known, n of them."
)
_NO_PLACES: Final = "No session has a number in the plan, so that no matrix of sessions is drawn."


def write_dose_delivered(content: Content) -> Section | None:
    """None where no dose was named, or nothing is known of single sessions."""
    people = _list_training(content)
    if content.plan.dose is None or not people:
        return None
    unit = find_dose_unit(content.plan.dose)
    told = f"{content.plan.dose} ({unit})" if unit else content.plan.dose
    rows = tuple(_tell(one) for one in list_weeks(people))
    blocks: list[Block] = [
        Grid(f"{told} by week, mean \u00b1 SD; {len(people)} participants.", _HEAD, rows),
        Text(_SENTENCE),
    ]
    if content.shows_individuals:
        blocks.append(_draw(people, content.plan.dose))
    return Section("Dose delivered", tuple(blocks))


def _draw(people: Sequence[Sequence[DoseSession]], dose: str) -> Block:
    """A session beyond the plan has no place in a matrix."""
    has_places = any(one.number is not None for sessions in people for one in sessions)
    return draw_dose_matrix(people, dose) if has_places else Text(_NO_PLACES)


def _list_training(content: Content) -> list[tuple[DoseSession, ...]]:
    arms = zip(content.frame.codes, content.frame.group, strict=True)
    trained = {code for code, arm in arms if arm == TRAINING}
    return [one for code, one in content.sessions.items() if code in trained and one]


def _tell(one: WeekDose) -> tuple[str, ...]:
    reasons = ", ".join(f"{n} {why.replace('_', ' ')}" for why, n in sorted(one.reasons.items()))
    n_both = len(one.of_both)
    share = "\u2013" if one.share is None else f"{100 * one.share:.0f} % (n = {n_both})"
    return (
        str(one.week),
        f"{write_number(one.planned_mean)} (n = {len(one.planned)})",
        f"{write_mean_sd(one.delivered_mean, one.delivered_sd)} (n = {len(one.delivered)})",
        share,
        f"{one.n_known} of {one.n_sessions}",
        str(one.n_absent),
        reasons or "none",
    )
