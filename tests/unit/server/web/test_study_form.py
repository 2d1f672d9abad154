"""What somebody typed into a form of fields."""

import pytest

from server.study.fields.drawn import ASSAYED_BY_NAME
from server.study.fields.field import Answer
from server.study.fields.measured import MEASURED_BY_NAME
from server.study.fields.missing import MissingReason
from server.web.study_form import read_study_form, show_reason, show_value

REFUSED = Answer.missing_for(MissingReason.REFUSED)
EDSS = MEASURED_BY_NAME["edss"]


def read(
    typed: dict[str, str], held: Answer | None = None
) -> tuple[dict[str, Answer], dict[str, str]]:
    answers, troubles = read_study_form(typed, [EDSS], {} if held is None else {"edss": held})
    return answers, {name: str(said) for name, said in troubles.items()}


@pytest.mark.parametrize(
    ("typed", "held", "answer"),
    [
        ({"edss": " 2.5 "}, None, Answer(2.5)),
        ({"edss_missing": "refused"}, None, REFUSED),
        ({"edss": "2.5", "edss_missing": "refused"}, Answer(2.5), REFUSED),
        ({"edss": "2.5", "edss_missing": "refused"}, REFUSED, Answer(2.5)),
    ],
)
def test_what_she_means(typed: dict[str, str], held: Answer | None, answer: Answer) -> None:
    assert read(typed, held) == ({"edss": answer}, {})


def test_an_empty_field_says_nothing_unless_something_stood_there() -> None:
    assert read({}) == ({}, {})
    assert read({"edss": ""}, Answer(2.0, is_derived=True)) == ({}, {})
    assert "choose why there is no value now" in read({"edss": ""}, Answer(2.0))[1]["edss"]


def test_a_value_and_a_reason_are_one_too_many() -> None:
    answers, troubles = read({"edss": "3", "edss_missing": "refused"}, Answer(2.5))
    assert (answers, list(troubles)) == ({}, ["edss"])
    assert "not a number" in read({"edss": "x"})[1]["edss"]


def test_boxes_of_several_codes() -> None:
    flags = ASSAYED_BY_NAME["flags"]
    typed = {"flags.thawed": "yes", "flags.haemolysed": "yes", "flags.other": "yes"}
    answers, _ = read_study_form(typed, [flags], {})
    assert answers == {"flags": Answer(("haemolysed", "thawed"))}


def test_what_stands_in_a_field() -> None:
    assert [show_value(one) for one in (None, Answer(2.0), REFUSED)] == ["", "2", ""]
    assert show_value(Answer(22.0, is_derived=True)) == ""
    assert [show_reason(one) for one in (None, Answer(2.0), REFUSED)] == ["", "", "refused"]
