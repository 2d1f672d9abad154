"""One cell of the coverage map: how much was heard, and why not all of it. Pure."""

from typing import Final

from server.dose.quantity import Missing
from server.projection.lost_time import LostTime
from server.web.catalogue.spoken import t
from server.web.coverage_context import CoverageCell
from server.web.coverage_words import LOSSES, tell_losses, tell_seconds
from server.web.dose_cell import CELL_PX, ENOUGH, Found, Scale, describe_cell, find_letter
from server.web.dose_words import NOT_TODAY, REASONS, Reason, tell_share
from server.web.paths import REVIEW_PATH

_AWAY: Final = (NOT_TODAY, REASONS[Missing.ABSENT])
_NO_SCALE: Final = Scale()


def view_coverage(found: Found, lost: LostTime, now: str) -> CoverageCell:
    """The cell of one person's stream in one session."""
    if found.line["state"] == "planned":
        words = describe_cell(found, None, _NO_SCALE, now)
        return CoverageCell("", words, is_empty=True)
    share, reason = find_share(found)
    is_low = share is not None and share < ENOUGH
    cause = LOSSES[lost.main_cause].letter if is_low and lost.main_cause else ""
    return CoverageCell(
        path=name_review(found.line["id"], found.participant),
        words=describe_coverage(found, share, reason, lost),
        letter="" if reason is None else reason.letter,
        fill_px=0 if share is None else round(CELL_PX * share),
        is_low=is_low,
        cause=cause,
        is_running=found.line["state"] == "running",
    )


def name_review(session: str, participant: str) -> str:
    """Where the session is looked at, with her lane."""
    return f"{REVIEW_PATH.format(session_id=session)}?participant={participant}"


def find_share(found: Found) -> tuple[float | None, Reason | None]:
    """The coverage that her dose has, or why it has none; whoever wasn't there has no share."""
    reason = find_letter(found, _NO_SCALE)
    coverage = None if found.metric is None else found.metric.delivered.coverage
    if coverage is None or reason in _AWAY:
        return None, reason
    return coverage, None


def describe_coverage(
    found: Found, share: float | None, reason: Reason | None, lost: LostTime
) -> str:
    """All that the cell shows, for who doesn't see it, and the seconds behind it."""
    told = []
    if share is not None:
        time = tell_seconds(lost.expected_s)
        told.append(t("{share} of {time} heard", share=tell_share(share), time=time))
        if share < ENOUGH:
            told.append(t("coverage low"))
    elif reason is not None:
        told.append(reason.words)
    losses = tell_losses(lost.lost_s)
    if losses and reason not in _AWAY:
        told.append(t("not heard: {losses}", losses=losses))
    if found.line["state"] == "running":
        told.append(t("so far, the session runs now"))
    return "; ".join(told)
