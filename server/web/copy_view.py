"""A sheet's copy in words: the form as it was typed, and the second look. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from server.web.catalogue.spoken import t
from server.web.copy_beside import Compared, Verdict
from server.web.copy_context import CopyFieldset, CopyInput, PreviewRow
from server.web.copy_fields import CopyField, CopyGroup, Form
from server.web.copy_form import HERSELF, SHEET, WRITER
from server.web.entry_words import tell_about, tell_value
from server.web.sheet_clock import SheetClock
from server.web.study_context import Option

_MODES: Final = {
    Form.NUMBER: "decimal",
    Form.CHOICE: "choice",
    Form.CLOCK: "numeric",
    Form.TEXT: "text",
    Form.STRAP: "text",
}


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the form, what is wrong with it, and the field that a keyboard begins at."""

    fields: Mapping[str, str]
    troubles: Mapping[str, str]
    first: str = ""


def view_head(typed: Typed, staff: Sequence[str], *, of_participant: bool) -> list[CopyInput]:
    """Which sheet, and whose hand."""
    writers = {name: name for name in staff}
    if of_participant:
        writers[HERSELF] = t("she herself")
    code = CopyField(SHEET, t("Sheet, its twelve signs"), Form.TEXT)
    writer = CopyField(WRITER, t("Who wrote on this page"), Form.CHOICE, writers)
    return [_view_field(code, typed), _view_field(writer, typed)]


def view_groups(groups: Iterable[CopyGroup], typed: Typed) -> list[CopyFieldset]:
    """Everything in the order of the paper; nothing is filled in that nobody typed."""
    return [
        CopyFieldset(
            one.id, one.title, one.beside, one.by, [_view_field(f, typed) for f in one.fields]
        )
        for one in groups
    ]


def view_preview(compared: Iterable[Compared], clock: SheetClock) -> list[PreviewRow]:
    """What would be entered, in the order of the paper."""
    return [_view_row(one, clock) for one in compared]


def _view_row(one: Compared, clock: SheetClock) -> PreviewRow:
    draft = one.draft
    at = clock.tell(draft.at)
    told = at if draft.is_told else t("{at}, not from the sheet", at=at)
    there = "; ".join(dict.fromkeys(tell_value(draft.kind, value) for value in one.there))
    verdicts = {
        Verdict.NEW: t("will be entered"),
        Verdict.SAME: t("is entered already; nothing is added ({there})", there=there),
        Verdict.DIFFERS: t(
            "contradicts what is entered: {there}. Both are kept until a trainer decides.",
            there=there,
        ),
        Verdict.UNSURE: t(
            "will be entered. It may be the same as what is entered at about that time: {there}."
            " Both are kept until somebody who knows decides.",
            there=there,
        ),
    }
    return PreviewRow(
        what=tell_about(draft.kind, one.about),
        said=tell_value(draft.kind, draft.value),
        at=told,
        verdict=verdicts[one.verdict],
        is_dispute=one.verdict in (Verdict.DIFFERS, Verdict.UNSURE),
    )


def _view_field(one: CopyField, typed: Typed) -> CopyInput:
    value = typed.fields.get(one.name, "")
    options: list[Option] = []
    if one.form is Form.CHOICE:
        empty = t("choose") if one.name == WRITER else t("not on the sheet")
        choices: dict[str, Any] = {"": empty, **one.choices}
        options = [Option(code, label, code == value) for code, label in choices.items()]
    return CopyInput(one.name, one.label, _MODES[one.form], value, options,
                     typed.troubles.get(one.name, ""), one.name == typed.first)  # fmt: skip
