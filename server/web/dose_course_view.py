"""The page of the course's dose from everybody's course vectors. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from server.dose.course.course_vector import CourseVector
from server.dose.course.metrics import MAD_DOSE, TRIMP
from server.dose.course.sums import CourseSum
from server.dose.effort.session_load import SRPE
from server.dose.quantity import Missing, Quantity
from server.study.fields.words import label
from server.web.catalogue.spoken import current_language, t
from server.web.dose_course_context import CourseRow, DoseCoursePageContext, Figure
from server.web.dose_course_weeks import name_weeks, view_weeks
from server.web.dose_course_words import list_formulas, tell_reasons, tell_short
from server.web.dose_view import PageFrame
from server.web.dose_words import tell_number, tell_share
from server.web.paths import COURSE_PATH, DOSE_PATH
from server.web.plan_words import say_id
from server.web.unit_words import tell_unit

# Beside the categories of the plan, which stand between completion and effort.
_SUMS: Final = (
    (TRIMP, label("TRIMP")),
    ("repetitions_as_logged", label("Repetitions")),
    (MAD_DOSE, label("Movement")),
)
_NOTHING: Final = label("nothing prescribed")
_NO_SESSION: Final = label("no session attended")


@dataclass(frozen=True, slots=True)
class CourseWords:
    """What the page says around its tables; `empty` is why there are none, if so."""

    worked_out: str
    to_come: str
    empty: str


def view_course(
    courses: Sequence[CourseVector],
    signs: Mapping[str, str],
    frame: PageFrame,
    words: CourseWords,
) -> DoseCoursePageContext:
    """A row a participant, twice: the whole course, and its weeks."""
    categories = _list_categories(courses)
    return DoseCoursePageContext(
        language=current_language(),
        name=frame.name,
        is_simulated=frame.is_simulated,
        worked_out=words.worked_out,
        to_come=words.to_come,
        empty=words.empty,
        matrix_path=DOSE_PATH,
        data_path=COURSE_PATH,
        heads=_list_heads(categories),
        rows=[_view_row(one, signs, categories) for one in courses],
        weeks=name_weeks(courses),
        week_rows=view_weeks(courses, signs),
        formulas=list(list_formulas()),
    )


def _list_categories(courses: Sequence[CourseVector]) -> list[str]:
    told = (category for one in courses for category, _ in one.adherence.completion)
    return [one for one in dict.fromkeys(told) if one is not None]


def _list_heads(categories: Sequence[str]) -> list[str]:
    return [
        t("Sessions"),
        t("Session-RPE load"),
        t("Sets completed"),
        *(say_id(one) for one in categories),
        t("Effort in target"),
        *(t(name) for _, name in _SUMS),
    ]


def _view_row(
    course: CourseVector, signs: Mapping[str, str], categories: Sequence[str]
) -> CourseRow:
    adherence = course.adherence
    shares = [adherence.completion.get((one, "sets")) for one in (None, *categories)]
    figures = [
        _tell_sessions(course),
        _tell_sum(course.sums[SRPE]),
        *(
            Figure(t(_NOTHING), is_missing=True)
            if one is None
            else _tell_share(one.share, _NOTHING)
            for one in shares
        ),
        _tell_share(adherence.rpe_compliance, _NO_SESSION),
        *(_tell_sum(course.sums[name]) for name, _ in _SUMS),
    ]
    return CourseRow(course.participant, signs.get(course.participant, ""), figures)


def _tell_sessions(course: CourseVector) -> Figure:
    came = course.attended
    notes = []
    if came.n_made_up:
        notes.append(t("made up: {n}", n=came.n_made_up))
    if came.n_beyond:
        notes.append(t("more than planned: {n}", n=came.n_beyond))
    if came.n_known < came.n_planned:
        notes.append(t("not known of {n}", n=came.n_planned - came.n_known))
    told = t("{n} of {total}", n=came.n_attended, total=came.n_planned)
    return Figure(told, "; ".join(notes))


def _tell_sum(one: CourseSum) -> Figure:
    """The whole; else why not, what is known of how many, and the prorated sum where there is."""
    if one.total.value is not None:
        return Figure(
            f"{tell_number(one.total.value)} {tell_unit(one.total.unit)}", _tell_planned(one)
        )
    if not one.n_known:
        return Figure(tell_reasons(one.reasons), is_missing=True)
    amount = f"{tell_number(one.known_sum)} {tell_unit(one.total.unit)}"
    sessions = t("{n} sessions of {total}", n=one.n_known, total=one.n_sessions)
    if set(one.reasons) == {Missing.NOT_OVER}:
        return Figure(t("so far {amount}", amount=amount), sessions)
    known = t("known: {amount}, {sessions}", amount=amount, sessions=sessions)
    prorated = one.prorated.value
    if prorated is not None:
        known += "; " + t("prorated: {amount}", amount=tell_number(prorated))
    return Figure(tell_reasons(one.reasons), known, is_missing=True)


def _tell_planned(one: CourseSum) -> str:
    if not one.planned.value or one.total.value is None:
        return ""
    share = tell_share(one.total.value / one.planned.value)
    planned = tell_number(one.planned.value)
    return t("{share} of {planned} planned", share=share, planned=planned)


def _tell_share(share: Quantity, of_nothing: str) -> Figure:
    """`of_nothing`: why there is no share where there can be none."""
    if share.value is not None:
        return Figure(tell_share(share.value))
    if share.missing is None or share.missing is Missing.NOT_APPLICABLE:
        return Figure(t(of_nothing), is_missing=True)
    note = "" if share.coverage is None else t("known: {n}", n=tell_share(share.coverage))
    return Figure(tell_short(share.missing), note, is_missing=True)
