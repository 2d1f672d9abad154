"""The page of checklists from what a study knows of itself. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from markupsafe import Markup

from server.analysis.report.figures.flow import draw_flow
from server.analysis.reporting.answers import Answer, State, count_states
from server.analysis.reporting.checklist import Checklist
from server.analysis.reporting.flow import list_rows
from server.analysis.reporting.reporting import Reporting
from server.analysis.reporting.shipped import read_checklists
from server.study.reporting_sentences import MAX_TEXT, OwnSentence
from server.web.catalogue.spoken import as_it_is, current_language, t
from server.web.contexts import Link
from server.web.paths import REPORTING_COPY_PATH, REPORTING_PATH
from server.web.reporting_context import (
    ChecklistContext,
    FormContext,
    ItemContext,
    ReportingPageContext,
)
from server.web.shown_moment import show_wall_ns

# One shape a state, so that none is told by its colour.
SHAPES: Final = {
    State.FILLED: "\N{BLACK CIRCLE}",
    State.SAID: "\N{LOWER RIGHT PENCIL}",
    State.NEEDS: "\N{WHITE CIRCLE}",
    State.NOT_APPLICABLE: "\N{EM DASH}",
    State.LATER: "\N{HORIZONTAL ELLIPSIS}",
}


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the lists: for whom, of when."""

    name: str
    is_simulated: bool
    worked_out: str
    to_come: str
    may_write: bool
    done: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """The item whose form is open, and what was typed there."""

    item: str
    text: str = ""
    reason: str = ""
    applies: bool = True
    refusal: str = ""

    def refuse(self, refusal: str) -> "Draft":
        return replace(self, refusal=refusal)


def view_reporting(reporting: Reporting, frame: Frame, draft: Draft) -> ReportingPageContext:
    """Flow first, then every list."""
    flow = reporting.draw_up_flow()
    figure = draw_flow(flow)
    return ReportingPageContext(
        language=current_language(),
        name=frame.name,
        is_simulated=frame.is_simulated,
        worked_out=frame.worked_out,
        to_come=frame.to_come,
        notice=_tell_notice(reporting),
        refusal=draft.refusal,
        refused_at=make_anchor(draft.item) if draft.refusal and draft.item else "",
        done=frame.done,
        figure=Markup("" if figure is None else _keep_words(figure.svg)),  # noqa: S704 (drawn there)
        flow_rows=[
            (as_it_is(box), as_it_is(arm), as_it_is(what)) for box, arm, what in list_rows(flow)
        ],
        lists=[_view_list(one, reporting, frame, draft) for one in read_checklists()],
    )


def _keep_words(svg: str) -> str:
    """A picture for a paper, which has English words: with their digits."""
    return re.sub(r"(?<=>)[^<>]*\w[^<>]*(?=<)", lambda found: as_it_is(found[0]), svg)


def make_anchor(item: str) -> str:
    """The place of an item on the page."""
    return item.replace("/", "-")


def tell_state(state: State) -> str:
    """In a word or two."""
    return {
        State.FILLED: t("Filled from data"),
        State.SAID: t("Your sentence"),
        State.NEEDS: t("Needs your sentence"),
        State.NOT_APPLICABLE: t("Doesn't apply"),
        State.LATER: t("After the data lock"),
    }[state]


def _view_list(
    checklist: Checklist, reporting: Reporting, frame: Frame, draft: Draft
) -> ChecklistContext:
    answers = reporting.answer(checklist)
    copies = (("text", t("Copy as text")), ("html", t("As a table")), ("csv", t("As CSV")))
    return ChecklistContext(
        anchor=checklist.id,
        name=as_it_is(checklist.name),
        about=as_it_is(checklist.about),
        counts=_tell_counts(answers),
        source=as_it_is(checklist.source),
        doi=f"doi:{checklist.doi}",
        numbering=as_it_is(checklist.numbering),
        copies=[
            Link(f"{REPORTING_COPY_PATH}?list={checklist.id}&as={form}", label)
            for form, label in copies
        ],
        items=[_view_item(one, frame, draft) for one in answers],
    )


def _view_item(answer: Answer, frame: Frame, draft: Draft) -> ItemContext:
    own, item = answer.own, answer.item
    anchor = make_anchor(answer.name)
    label = t("Write for {number}", number=as_it_is(item.number))
    if own is not None:
        label = t("Correct {number}", number=as_it_is(item.number))
    is_open = frame.may_write and draft.item == answer.name
    write = Link(f"{REPORTING_PATH}?item={answer.name}#{anchor}", label)
    return ItemContext(
        anchor=anchor,
        number=as_it_is(item.number),
        section=as_it_is(item.section),
        asks=as_it_is(item.asks),
        state=answer.state.name.lower(),
        shape=SHAPES[answer.state],
        word=tell_state(answer.state),
        told=as_it_is(answer.told),
        sources=as_it_is("; ".join(answer.sources)),
        own="" if own is None else _tell_own(own),
        wanted=as_it_is(answer.wanted),
        write=write if frame.may_write and not is_open else None,
        form=_view_form(answer, draft) if is_open else None,
        history=[_tell_said(one) for one in reversed(answer.history)],
    )


def _view_form(answer: Answer, draft: Draft) -> FormContext:
    own = answer.own
    is_new = not draft.refusal and own is not None
    return FormContext(
        item=answer.name,
        seen=answer.history[-1].number if answer.history else 0,
        text=own.text if is_new and own is not None else draft.text,
        reason=draft.reason,
        applies=own.applies if is_new and own is not None else draft.applies,
        asks_reason=own is not None,
        most=MAX_TEXT,
    )


def _tell_counts(answers: Sequence[Answer]) -> str:
    counted = count_states(answers).items()
    return " \N{MIDDLE DOT} ".join(f"{tell_state(state)} {n}" for state, n in counted)


def _tell_own(own: OwnSentence) -> str:
    return own.text if own.applies else t("Doesn't apply because: {why}", why=own.text)


def _tell_said(one: OwnSentence) -> str:
    at = show_wall_ns(one.recorded_wall_ns)
    told = t("{n}. {name}, {at}: {text}", n=one.number, name=one.recorded_by, at=at,
             text=_tell_own(one))  # fmt: skip
    return told if one.reason is None else t("{told} (why: {reason})", told=told, reason=one.reason)


def _tell_notice(reporting: Reporting) -> str:
    if reporting.facts.is_simulated or reporting.facts.is_locked:
        return ""
    return t(
        "The data aren't locked. This page tells numbers by arm: keep it, and what you copy from"
        " it, from whoever must not know them."
    )


def tell_stored(item: str) -> str:
    return t("Stored for {item}.", item=item)


def tell_unknown() -> str:
    return t("There is no such item; nothing was stored. Choose one from the lists below.")


def tell_conflict() -> str:
    return t(
        "Nothing was stored: somebody wrote for this item meanwhile. Read what stands there now,"
        " then store yours again if it still holds."
    )


def tell_unfit() -> str:
    return t(
        "Nothing was stored. Write one to {most} characters that say something new, without"
        " invisible ones; a correction needs a reason of up to 500 characters.",
        most=MAX_TEXT,
    )
