"""What a column is called where people read it: with its label and unit, where it has any."""

from server.dose.course.metrics import COURSE_METRICS
from server.study.fields.measured import MEASURED_BY_NAME


def name_column(name: str) -> str:
    """ "Height (cm)" for `height_cm`; a column that isn't the study's own keeps its name."""
    field = MEASURED_BY_NAME.get(name)
    if field is None:
        return name
    return f"{field.label} ({field.unit})" if field.unit else field.label


def name_word(column: str, word: str) -> str:
    """ "interferon beta" for `interferon_beta` of `dmt`."""
    field = MEASURED_BY_NAME.get(column)
    choices = {} if field is None or field.choices is None else field.choices
    return choices.get(word, word)


def find_dose_unit(name: str) -> str:
    """Of a dose that a study has; nothing for another."""
    return COURSE_METRICS[name].unit if name in COURSE_METRICS else ""
