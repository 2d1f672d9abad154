"""What a column is called where people read it: with its label and unit, where it has any."""

from typing import Final

from server.dose.course.metrics import COURSE_METRICS
from server.study.fields.drawn import ANALYTE_LABELS
from server.study.fields.measured import MEASURED_BY_NAME

_TIMES: Final = {"pre": "before", "post": "after"}


def name_column(name: str) -> str:
    """ "Height (cm)" for `height_cm`; a column that isn't the study's own keeps its name."""
    outcome, _, time = name.rpartition("_")
    if outcome in ANALYTE_LABELS and time in _TIMES:
        return f"{name_outcome(outcome)} {_TIMES[time]}"
    field = MEASURED_BY_NAME.get(name)
    if field is None:
        return name
    return f"{field.label} ({field.unit})" if field.unit else field.label


def name_outcome(name: str | None) -> str:
    """ "BDNF" for `bdnf`; an outcome that isn't the study's own keeps its name, none is a dash."""
    return "\u2013" if name is None else ANALYTE_LABELS.get(name, name)


def name_word(column: str, word: str) -> str:
    """ "interferon beta" for `interferon_beta` of `dmt`."""
    field = MEASURED_BY_NAME.get(column)
    choices = {} if field is None or field.choices is None else field.choices
    return choices.get(word, word)


def tell_dose(name: str) -> str:
    """Its name with what it is; a dose that no study has is its name alone."""
    return f"{name}: {COURSE_METRICS[name].formula}" if name in COURSE_METRICS else name


def find_dose_unit(name: str) -> str:
    """Of a dose that a study has; nothing for another."""
    return COURSE_METRICS[name].unit if name in COURSE_METRICS else ""
