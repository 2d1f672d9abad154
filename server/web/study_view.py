"""The pages of participants and samples, put together from what was recorded."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from server.study.bringing import Brought
from server.study.entry import FIELDS_OF
from server.study.fact_kind import FactKind
from server.study.facts import Fact
from server.study.fields.field import Answers, Field, Kind
from server.study.fields.missing import MISSING_WORDS
from server.study.fields.words import Words
from server.study.sight import Sight
from server.study.trouble import Trouble
from server.web.catalogue.spoken import t
from server.web.shown_moment import show_utc
from server.web.study_context import FieldGroup, FileReport, Option, PastEntry, StudyField
from server.web.study_form import WHY, name_choice, show_reason, show_value
from server.web.study_words import (
    tell_answers,
    tell_hint,
    tell_label,
    tell_section,
    tell_words,
)


@dataclass(frozen=True, slots=True)
class Typed:
    """What came with a form that wasn't stored, and by field what is wrong with it."""

    fields: Mapping[str, str] = field(default_factory=dict)
    troubles: Mapping[str, Words] = field(default_factory=dict)


def view_groups(fields: Sequence[Field], held: Answers, typed: Typed) -> list[FieldGroup]:
    """The form's fields in their sections."""
    sections = list(dict.fromkeys(one.section for one in fields))
    return [
        FieldGroup(
            f"section-{section.value}",
            tell_section(section),
            [_view_field(one, held, typed) for one in fields if one.section is section],
        )
        for section in sections
    ]


def view_past(facts: Iterable[Fact], thing: tuple[FactKind, str], sight: Sight) -> list[PastEntry]:
    """What was said of a thing, newest first. Somebody's reason may tell who trains."""
    known = FIELDS_OF[thing[0]]
    told = []
    for fact in facts:
        if (fact.kind, fact.about) != thing:
            continue
        said = {n: a for n, a in fact.answers.items() if n in known and sight.may_read(known[n])}
        if not said and not fact.is_erased:
            continue
        when = show_utc(fact.recorded_at)
        who = t("{when}, {who}", when=when, who=fact.recorded_by)
        answers = t("erased by decision") if fact.is_erased else tell_answers(known, said)
        told.append(PastEntry(who, answers, (fact.reason or "") if sight.knows_arm else ""))
    return told[::-1]


def view_report(brought: Brought, *, is_check: bool) -> FileReport:
    """What became of a file that fits."""
    title = t(
        "Rows: {n}. Entries: {new} new, {corrected} corrected, {known} known already.",
        n=brought.n_rows,
        new=brought.n_new,
        corrected=brought.n_corrected,
        known=brought.n_known,
    )
    tried = t("Tried only, nothing was stored.") + " " if is_check else ""
    lines = [t("Look at {place}", place=tell_trouble(one)) for one in brought.unusual]
    return FileReport(tried + title, is_refused=False, lines=lines)


def view_refusal(troubles: Sequence[Trouble]) -> FileReport:
    """Everything that is wrong with a file."""
    title = t("Nothing was stored. What is wrong in the file: {n}.", n=len(troubles))
    return FileReport(title, is_refused=True, lines=[tell_trouble(one) for one in troubles])


def tell_trouble(one: Trouble) -> str:
    """Where, and what is wrong."""
    said = tell_words(one.sentence)
    if one.line is not None and one.field:
        return t("line {line}, {field}: {said}", line=one.line, field=one.field, said=said)
    if one.line is not None:
        return t("line {line}: {said}", line=one.line, said=said)
    return t("{field}: {said}", field=one.field, said=said) if one.field else said


def _view_field(one: Field, held: Answers, typed: Typed) -> StudyField:
    answer = held.get(one.name)
    trouble = typed.troubles.get(one.name)
    ticked = {c for c in one.choices or {} if typed.fields.get(name_choice(one, c))}
    if one.name in typed.fields or one.name + WHY in typed.fields or ticked:
        value = typed.fields.get(one.name, "")
        reason = typed.fields.get(one.name + WHY, "")
        chosen = ticked
    else:
        value, reason = show_value(answer), show_reason(answer)
        chosen = set(value.split()) if one.kind is Kind.CHOICES else set()
    kinds = {Kind.CHOICE: "choice", Kind.CHOICES: "choices"}
    options = [
        Option(
            code,
            t(label),
            code in chosen or (one.kind is Kind.CHOICE and code == value),
            name_choice(one, code) if one.kind is Kind.CHOICES else "",
        )
        for code, label in (one.choices or {}).items()
    ]
    reasons = [
        Option(why.value, t(MISSING_WORDS[why]), why.value == reason)
        for why in MISSING_WORDS
        if why in one.reasons
    ]
    return StudyField(
        name=one.name,
        label=tell_label(one),
        kind=kinds.get(one.kind, "text"),
        mode="decimal" if one.kind is Kind.NUMBER else "",
        value=value,
        hint=tell_hint(one, answer),
        options=options,
        reasons=reasons,
        trouble="" if trouble is None else tell_words(trouble),
    )
