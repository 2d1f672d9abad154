"""The list of what was new or worse the day after: open ones first. No arm, no name, no sign."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import Connection

from server.sessions.service import list_all_sessions
from server.study.next_day import MAX_TEXT, OpenAnswer, list_open_answers
from server.web.catalogue.spoken import Wording, current_language, t
from server.web.shown_moment import show_day, show_utc

_SYMPTOMS = Wording(
    lambda: {
        "fall": t("a fall"),
        "pain": t("pain"),
        "numbness_weakness": t("numb or weak"),
        "vision": t("her eyes"),
        "dizzy": t("dizzy"),
        "tiredness": t("more tired than usual"),
        "bladder": t("bladder"),
        "fever": t("fever or an infection"),
        "other": t("something else"),
    }
)


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One yes in words. `trouble` is a sentence, empty when nothing is wrong."""

    id: str
    code: str
    when: str
    what: str
    call_me: bool
    done: list[str]
    trouble: str


@dataclass(frozen=True, slots=True)
class NextDayPageContext:
    """The page. `longest` is how many characters a note may have."""

    template: ClassVar[str] = "next_day.html"

    language: str
    done: str
    open: list[AnswerRow]
    seen: list[AnswerRow]
    may_decide: bool
    longest: int


def view_next_day(
    connection: Connection, *, may_decide: bool, done: str = "", refused: str | None = None
) -> NextDayPageContext:
    """The whole page; `refused` is the answer whose note couldn't be stored."""
    starts = {line["id"]: line["planned_start"] for line in list_all_sessions(connection)}
    rows = [_tell(one, starts.get(one.session), refused) for one in list_open_answers(connection)]
    return NextDayPageContext(
        current_language(),
        t("Stored.") if done == "stored" else "",
        [one for one in rows if not one.done],
        [one for one in rows if one.done],
        may_decide,
        MAX_TEXT,
    )


def _tell(one: OpenAnswer, start: str | None, refused: str | None) -> AnswerRow:
    day = "" if start is None else show_day(start)
    trouble = t("Say what was done, in at most {n} characters.", n=MAX_TEXT)
    return AnswerRow(
        one.id,
        one.code,
        t("said {at}, about the time since {day}", at=show_utc(one.recorded_at), day=day),
        _name(one.what),
        one.call_me,
        [f"{text} ({name}, {show_utc(at)})" for text, name, at in one.done],
        trouble if refused == one.id else "",
    )


def _name(symptoms: Sequence[str]) -> str:
    return ", ".join(_SYMPTOMS[one] for one in symptoms) or t("she didn't say what")
