"""What one woman's answers can't say together, at one point of time. Pure.

Only what somebody says now is held to it (`said`): values stored before a rule was made stay
readable, and don't stand in the way of others.
"""

from calendar import monthrange
from collections.abc import Iterator, Set
from datetime import date
from typing import Final

from server.study.fields.field import Answers
from server.study.fields.missing import MissingReason
from server.study.fields.reading import write_value
from server.study.fields.words import words
from server.study.trouble import Trouble

RECENT_MONTHS: Final = 3  # of `relapse_3mo` and `steroids_3mo`
_RECENT: Final = {"relapse_3mo": "relapse_on", "steroids_3mo": "steroids_last_on"}
_SOURCES: Final = {"hr_rest_bpm": "hr_rest_source", "hr_max_bpm": "hr_max_source"}
_OF_WOMEN: Final = ("menopause", "contraception")


def find_impossible(answers: Answers, said: Set[str]) -> list[Trouble]:
    """`answers` are all that would hold then, `said` the names of those that are new."""
    checks = (_check_recent, _check_smoking, _check_sex)
    return [
        trouble
        for check in checks
        for names, trouble in check(answers)
        if not said.isdisjoint(names)
    ]


def find_unsourced(entered: Answers, said: Set[str]) -> Iterator[Trouble]:
    """A heart rate is a number and how it was taken; that nobody knows is an answer as well.

    `entered`: without what lies among the measured hearts alone, which would tell who trains.
    """
    for name, source in _SOURCES.items():
        given = entered.get(name)
        is_said = name in said and given is not None and given.value is not None
        if is_said and source not in entered:
            sentence = words(
                "{field} needs its source; write {reason} where nobody knows it",
                field=name,
                reason=MissingReason.UNKNOWN.value,
            )
            yield Trouble(source, sentence)


Found = Iterator[tuple[tuple[str, ...], Trouble]]  # the fields that contradict, and the sentence


def _check_recent(answers: Answers) -> Found:
    """A no for the months before the day of measurement, and a day within them."""
    measured = _text(answers, "measured_on")
    if measured is None:
        return
    begin = _go_back(date.fromisoformat(measured))
    for asked, dated in _RECENT.items():
        day = _text(answers, dated)
        if _text(answers, asked) == "no" and day is not None and begin < day <= measured:
            sentence = words(
                "{day} is within the 3 months before the measurement, {measured}, and {field}"
                " says no; correct one of them",
                day=day,
                measured=measured,
                field=asked,
            )
            yield (asked, dated, "measured_on"), Trouble(dated, sentence)


def _check_smoking(answers: Answers) -> Found:
    """Who formerly smoked smokes none today, either."""
    smoking, number = _text(answers, "smoking"), answers.get("cigarettes_per_day")
    count = None if number is None else number.number
    if smoking == "never" and count is not None and count > 0:
        sentence = words(
            "{n} cigarettes a day, and smoking says never; correct one of them",
            n=write_value(count),
        )
        yield ("smoking", "cigarettes_per_day"), Trouble("cigarettes_per_day", sentence)


def _check_sex(answers: Answers) -> Found:
    for trouble in find_of_women(answers):
        yield ("sex", trouble.field), trouble


def find_of_women(answers: Answers) -> Iterator[Trouble]:
    """What is asked of women, answered for a man; that he uses none is true of him."""
    if _text(answers, "sex") != "male":
        return
    for name in _OF_WOMEN:
        value = _text(answers, name)
        if value is not None and value != "none":
            sentence = words(
                "{value} beside the sex male; correct one of them, or write {reason}",
                value=value,
                reason=MissingReason.NOT_APPLICABLE.value,
            )
            yield Trouble(name, sentence)


def _go_back(day: date) -> str:
    """The same day three months earlier, or that month's last."""
    months = day.year * 12 + day.month - 1 - RECENT_MONTHS
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1])).isoformat()


def _text(answers: Answers, name: str) -> str | None:
    answer = answers.get(name)
    return answer.value if answer is not None and isinstance(answer.value, str) else None
