"""The page of a session's review in words. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from server.projection.derived_study import Standing
from server.web.catalogue.spoken import current_language, t
from server.web.dispute_view import list_disputes
from server.web.dose_matrix import describe_session
from server.web.dose_words import tell_when
from server.web.paths import DISPUTES_PATH, DOSE_PATH, REVIEW_PATH, SHEET_PATH, TRANSCRIBE_PATH
from server.web.review_assignment_context import Assignment
from server.web.review_clocks import list_clock_rows, view_syncs
from server.web.review_context import Lane, Review
from server.web.review_page_context import ReviewPageContext, StrapRow
from server.web.review_reading import Line, Written
from server.web.review_straps import DISPUTED
from server.web.review_tables import TellHeart, tell_clock, view_group_rows, view_table


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the lanes: for whom, of when, and the form that is open."""

    name: str
    standing: Standing
    worked_out_wall_ns: int | None
    may_correct: bool
    assignment: Assignment | None
    said: str
    may_print: bool = False
    may_copy: bool = False
    may_decide: bool = False


def name_page(session: str) -> str:
    """Where a session's review is."""
    return REVIEW_PATH.format(session_id=session)


def view_page(
    written: Written, review: Review, frame: Frame, tell_heart: TellHeart
) -> ReviewPageContext:
    """The whole page; without JavaScript its tables say everything but the single values."""
    straps = list_strap_rows(review.lanes, frame)
    title = describe_session(written.line, written.now)
    return ReviewPageContext(
        language=current_language(),
        name=frame.name,
        is_simulated=written.is_simulated,
        session=review.session,
        title=title,
        worked_out=tell_worked_out(frame),
        to_come=tell_to_come(review, frame),
        said=frame.said,
        dose_path=DOSE_PATH,
        path=name_page(review.session),
        earlier=find_neighbour(written.lines, review.session, -1),
        later=find_neighbour(written.lines, review.session, 1),
        may_correct=frame.may_correct,
        span=tell_span(review, title),
        group_rows=view_group_rows(review.group),
        tables=[view_table(lane, tell_heart) for lane in review.lanes],
        straps=straps,
        straps_lead=tell_straps(straps, frame),
        clocks=list_clock_rows(review.clocks, list_worn_straps(review), written.labels),
        syncs=view_syncs(review.sync_moments, written.labels),
        assignment=frame.assignment,
        sheet_path=SHEET_PATH.format(session_id=review.session) if frame.may_print else "",
        copy_path=TRANSCRIBE_PATH.format(session_id=review.session) if frame.may_copy else "",
        disputes=list_disputes(written.evening.state, written.events),
        disputes_path=DISPUTES_PATH.format(session_id=review.session),
        may_decide=frame.may_decide,
        has_sensors=any(lane.traces for lane in review.lanes),
    )


def list_worn_straps(review: Review) -> set[str]:
    """Serials of all that anybody wore, once the session was worked out."""
    is_worked_out = any(lane.traces for lane in review.lanes)
    return {one.serial for lane in review.lanes for one in lane.wearing if is_worked_out}


def tell_worked_out(frame: Frame) -> str:
    """Of when what comes from sensors is."""
    if frame.worked_out_wall_ns is None:
        return t("Sensors: nothing was worked out yet")
    return t("Sensors worked out {when}", when=tell_when(frame.worked_out_wall_ns))


def tell_to_come(review: Review, frame: Frame) -> str:
    """What isn't on this page yet; empty where everything is."""
    if review.state == "planned":
        return t("This session wasn't held yet: nobody entered anything.")
    if frame.standing.has_failed:
        return t("Working out failed; older numbers are shown. The server's log says why.")
    if frame.standing.is_behind:
        return t("Being worked out: reload in a moment.")
    if review.state == "running":
        return t("The session runs now: this is what there is so far.")
    return ""


def find_neighbour(lines: Sequence[Line], session: str, step: int) -> str:
    """The page of the session that was held before or after; empty where there is none."""
    held = [str(one["id"]) for one in lines if one["state"] != "planned" or one["id"] == session]
    place = held.index(session) + step
    return name_page(held[place]) if 0 <= place < len(held) else ""


def tell_span(review: Review, title: str) -> str:
    """From when to when, in UTC, with the day where the title has none or another one."""
    clock = t(
        "{begins} to {ends} UTC", begins=tell_clock(review.begins), ends=tell_clock(review.ends)
    )
    day = review.begins[:10]
    return clock if day in title else f"{day}, {clock}"


def list_strap_rows(lanes: Sequence[Lane], frame: Frame) -> list[StrapRow]:
    """Every strap interval, by who is said to have worn it."""
    open_about = "" if frame.assignment is None else frame.assignment.about
    return [
        StrapRow(
            label=one.label,
            participant=f"{lane.participant} {lane.sign}".rstrip(),
            begins=tell_clock(one.begins),
            ends=tell_clock(one.ends),
            note=one.words.partition(": ")[2] if one.kind == DISPUTED else "",
            path=f"?{urlencode({'about': one.about})}#assign" if frame.may_correct else "",
            is_chosen=one.about == open_about,
        )
        for lane in lanes
        for one in lane.wearing
    ]


def tell_straps(straps: Sequence[StrapRow], frame: Frame) -> str:
    """What can be done here, and by whom."""
    if not straps:
        return t("No strap was put on anybody in this session, so there is nothing to assign.")
    if frame.may_correct:
        return t(
            "If a strap was on somebody else, give it to her: values follow, and what the strap"
            " sent isn't touched."
        )
    return t("A trainer or a researcher can correct who wore a strap; you can look.")
