"""What somebody typed from a sheet, as values; every wrong field is named. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from protocol.ledger.paper import SHEET_FORM
from protocol.ledger.words import MAX_SHORT_TEXT, MAX_TEXT
from protocol.messages.roster import RosterStrap
from server.ascii_digits import to_ascii_digits
from server.web.catalogue.spoken import t
from server.web.copy_fields import CopyField, Form
from server.web.sheet_clock import SheetClock
from server.web.sheet_words import NO_RATING

SHEET: Final = "sheet"
WRITER: Final = "written_by"
HERSELF: Final = "-"  # no user's name
NOTE: Final = "note"

Value = str | int | float
Values = dict[str, Value]
Troubles = dict[str, str]


@dataclass(frozen=True, slots=True)
class Copied:
    """What stands on one page. A field that isn't in `values` isn't on the sheet.

    `written_by` None is the participant herself.
    """

    sheet: str
    written_by: str | None
    values: Values


@dataclass(frozen=True, slots=True)
class Known:
    """What a form is read by: the sheet's clock, the roster, and who may have written."""

    clock: SheetClock
    straps: Sequence[RosterStrap]
    staff: Sequence[str]
    of_participant: bool  # a woman's leaf, which she may have written herself


def read_copy(
    typed: Mapping[str, str], fields: Iterable[CopyField], known: Known
) -> tuple[Copied, Troubles]:
    """All values, and by field what is wrong with it. What stands empty is no value, never 0."""
    values: Values = {}
    troubles = _read_head(typed, known)
    for one in fields:
        said = typed.get(one.name, "")
        text = " ".join((said if one.form is Form.TEXT else to_ascii_digits(said)).split())
        if not text:
            continue
        value, trouble = _READERS[one.form](one, text, known)
        if trouble:
            troubles[one.name] = trouble
        elif value is not None:
            values[one.name] = value
    troubles = {**check_together(values), **troubles}
    writer = typed.get(WRITER, "")
    return Copied(read_code(typed), None if writer == HERSELF else writer, values), troubles


def read_code(typed: Mapping[str, str]) -> str:
    """The sheet's code without the gaps that it is printed with."""
    return re.sub(r"[\s-]", "", to_ascii_digits(typed.get(SHEET, ""))).lower()


def check_together(values: Mapping[str, Value]) -> Troubles:
    """What single fields can't say: a value that needs another one, by the field that lacks."""
    troubles: Troubles = {}
    for needs, needed, sentence in _list_pairs(values):
        if needs in values and needed not in values:
            troubles[needed] = sentence
    for name in [one for one in values if one.endswith("_how")]:
        troubles |= _check_rating(values, name)
    if values.get("came") == "late" and "came_at" not in values:
        troubles["came_at"] = t("When did she come? Without a time, choose came, and write a note.")
    if values.get("came") != "late" and "came_at" in values:
        troubles["came_at"] = t("Only for one who came late: choose that, or leave it empty.")
    if values.get("came") != "absent" and "came_why" in values:
        troubles["came_why"] = t("Only for one who didn't come: choose that, or leave it empty.")
    for first, last in (("stop_from", "stop_until"), ("hold1_from", "hold1_until"),
                        ("hold2_from", "hold2_until")):  # fmt: skip
        if first in values and last in values and str(values[last]) <= str(values[first]):
            troubles[last] = t("It ended after it began.")
    return troubles


def _list_pairs(values: Mapping[str, Value]) -> Iterable[tuple[str, str, str]]:
    what, how = t("What happened?"), t("How did she give it? Where the sheet doesn't say: guessed.")
    when = t("When? A line without a time goes into the note.")
    for n in (1, 2):
        yield f"event{n}_at", f"event{n}_what", what
        yield f"event{n}_what", f"event{n}_at", when
        yield f"event{n}_station", f"event{n}_what", what
        yield f"hold{n}_until", f"hold{n}_from", when
        yield f"hold{n}_why", f"hold{n}_from", when
    yield "stop_until", "stop_from", when
    yield "stop_why", "stop_from", when
    yield "left_why", "left_at", when
    for name in values:
        if name == "whole" or re.fullmatch(r"effort\d+", name):
            yield name, f"{name}_how", how
        if name.endswith("_at") and name.startswith("effort"):
            yield name, f"{name.removesuffix('_at')}_how", how


def _check_rating(values: Mapping[str, Value], name: str) -> Troubles:
    number = name.removesuffix("_how")
    is_without = values[name] in NO_RATING
    if is_without and number in values:
        return {name: t("There is a number and a reason why there is none: leave one out.")}
    if not is_without and number not in values:
        return {number: t("Which number? If there is none, say why beside it.")}
    return {}


def _read_head(typed: Mapping[str, str], known: Known) -> Troubles:
    troubles: Troubles = {}
    if not re.fullmatch(SHEET_FORM, read_code(typed)):
        troubles[SHEET] = t("Type the twelve signs of the sheet's code, beside its square.")
    writer = typed.get(WRITER, "")
    if writer not in known.staff and not (writer == HERSELF and known.of_participant):
        troubles[WRITER] = t("Choose who wrote on this page.")
    return troubles


def _read_number(one: CopyField, text: str, _known: Known) -> tuple[Value | None, str]:
    digits = text.replace(",", ".")
    number = float(digits) if re.fullmatch(r"-?\d{1,4}(\.\d{1,2})?", digits) else None
    if number is None or number not in one.numbers:
        low, high = f"{one.numbers[0]:g}", f"{one.numbers[-1]:g}"
        return None, t("{text} isn't a number of {low} to {high}.", text=text, low=low, high=high)
    return (int(number) if number.is_integer() else number), ""


def _read_choice(one: CopyField, text: str, _known: Known) -> tuple[Value | None, str]:
    return (text, "") if text in one.choices else (None, t("Choose one of the list."))


def _read_clock(_one: CopyField, text: str, known: Known) -> tuple[Value | None, str]:
    at = known.clock.read(text)
    start = known.clock.tell(known.clock.planned_start)
    sentence = t("{text} is no time of that evening, such as {start}.", text=text, start=start)
    return at, "" if at is not None else sentence


def _read_text(one: CopyField, text: str, _known: Known) -> tuple[Value | None, str]:
    most = MAX_TEXT if one.name == NOTE else MAX_SHORT_TEXT
    if len(text) > most or not text.isprintable():
        return None, t("At most {n} characters of plain text.", n=most)
    return text, ""


def _read_strap(_one: CopyField, text: str, known: Known) -> tuple[Value | None, str]:
    wanted = text.upper()
    serials = [one.serial for one in known.straps if _is_strap(one, wanted)]
    if len(serials) != 1:
        return None, t("No strap on the roster has the number {text}.", text=text)
    return serials[0], ""


def _is_strap(one: RosterStrap, wanted: str) -> bool:
    """By its serial, or its number with or without the noughts before it."""
    if wanted == one.serial or one.label is None:
        return wanted == one.serial
    return wanted.lstrip("0") == one.label.upper().lstrip("0")


_READERS: Final = {
    Form.NUMBER: _read_number,
    Form.CHOICE: _read_choice,
    Form.CLOCK: _read_clock,
    Form.TEXT: _read_text,
    Form.STRAP: _read_strap,
}
