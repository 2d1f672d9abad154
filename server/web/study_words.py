"""What tables of fields hold, in the words of pages."""

from collections.abc import Mapping

from server.study.fields.field import Answer, Answers, Field, Kind, Section
from server.study.fields.missing import MISSING_WORDS
from server.study.fields.reading import write_value
from server.study.fields.words import Words
from server.study.measurement import TimePoint
from server.web.catalogue.spoken import t
from server.web.unit_words import tell_unit

NOTHING = "\N{EM DASH}"


def tell_words(said: Words) -> str:
    """A sentence of the study in the page's language."""
    return t(said.sentence, **said.values)


def tell_time_point(point: TimePoint) -> str:
    """Its name."""
    return {TimePoint.BASELINE: t("Baseline"), TimePoint.POST: t("After the training")}[point]


def tell_section(section: Section) -> str:
    """The heading of fields that belong together."""
    return {
        Section.BODY: t("Body"),
        Section.DISEASE: t("Disease"),
        Section.HEART: t("Heart rate"),
        Section.MEDICINE: t("Medicines"),
        Section.LIFE: t("Life"),
        Section.TUBE: t("Draw"),
        Section.CONTEXT: t("What moves it"),
        Section.ASSAY: t("Result"),
    }[section]


def tell_label(field: Field) -> str:
    """Its name with its unit."""
    name = t(field.label)
    return t("{name}, {unit}", name=name, unit=tell_unit(field.unit)) if field.unit else name


def tell_answer(field: Field, answer: Answer | None) -> str:
    """A value with its unit, or the reason why there is none."""
    if answer is None:
        return NOTHING
    if answer.missing is not None:
        return t(MISSING_WORDS[answer.missing])
    value = answer.value
    if field.kind is Kind.CHOICE or isinstance(value, tuple):
        codes = value if isinstance(value, tuple) else (str(value),)
        return ", ".join(t((field.choices or {}).get(code, code)) for code in codes)
    written = "" if value is None else write_value(value)
    return f"{written} {tell_unit(field.unit)}".strip()


def tell_answers(fields: Mapping[str, Field], answers: Answers) -> str:
    """All of them in a line."""
    parts = [
        t("{field}: {value}", field=t(fields[name].label), value=_tell_stored(fields[name], one))
        for name in fields
        if (one := answers.get(name)) is not None
    ]
    return "; ".join(parts)


def tell_hint(field: Field, shown: Answer | None) -> str:
    """What may be typed."""
    if shown is not None and shown.is_derived and shown.number is not None:
        return t("{value}, worked out from others", value=write_value(shown.number))
    if field.kind is Kind.DATE:
        return t("such as 2026-11-27")
    if field.kind is Kind.INSTANT:
        return t("such as 2026-11-27T08:15+03:30: with the offset from UTC")
    if field.kind is Kind.TEXT:
        return t("free text: no names; it doesn't leave the study")
    if field.hard is None:
        return ""
    low, high = (write_value(float(limit)) for limit in field.hard)
    if field.step is not None:
        step = write_value(field.step)
        return t("{low} to {high}, in steps of {step}", low=low, high=high, step=step)
    return t("{low} to {high}", low=low, high=high)


def _tell_stored(field: Field, answer: Answer) -> str:
    return t("kept with her measured heart") if answer.is_linked else tell_answer(field, answer)
