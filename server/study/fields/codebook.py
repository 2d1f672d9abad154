"""The tables of fields in lines: for the help of a command, a codebook, a template. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any

from server.study.fields.field import Field, Kind
from server.study.fields.missing import MISSING_WORDS
from server.study.fields.reading import write_value

_FORMS: Mapping[Kind, str] = {
    Kind.NUMBER: "number",
    Kind.CHOICE: "one of",
    Kind.CHOICES: "any of, with spaces between",
    Kind.TEXT: "free text",
    Kind.REFERENCE: "reference",
    Kind.DATE: "date, such as 2026-11-27",
    Kind.INSTANT: "time with offset, such as 2026-11-27T08:15+03:30",
}


def describe_field(field: Field) -> dict[str, Any]:
    """One field as a program reads it."""
    return {
        "name": field.name,
        "label": field.label,
        "kind": field.kind.value,
        "section": field.section.value,
        "unit": field.unit or None,
        "possible": None if field.hard is None else list(field.hard),
        "usual": None if field.soft is None else list(field.soft),
        "step": field.step,
        "choices": None if field.choices is None else dict(field.choices),
        "missing": {reason.value: MISSING_WORDS[reason] for reason in sorted(field.reasons)},
        "source": field.source or None,
    }


def list_codebook(fields: Mapping[str, Field]) -> Iterator[str]:
    """A line a field: name, what it is, what it may hold."""
    for field in fields.values():
        yield f"{field.name}: {field.label}{_tell_unit(field)}; {_tell_form(field)}"
    reasons = sorted({reason for field in fields.values() for reason in field.reasons})
    yield "in place of a value, or in a column NAME_missing beside it:"
    for reason in reasons:
        only = [field.name for field in fields.values() if reason in field.reasons]
        where = "" if len(only) == len(fields) else f" (only {', '.join(only)})"
        yield f"{reason.value}: {MISSING_WORDS[reason]}{where}"


def _tell_unit(field: Field) -> str:
    return f" ({field.unit})" if field.unit else ""


def _tell_form(field: Field) -> str:
    form = _FORMS[field.kind]
    if field.choices is not None:
        return f"{form} {', '.join(field.choices)}"
    if field.hard is None:
        return form
    low, high = (write_value(float(limit)) for limit in field.hard)
    return f"{form} from {low} to {high}"
