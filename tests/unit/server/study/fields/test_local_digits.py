"""Numbers and days typed with Persian or Arabic digits are stored as everybody's."""

import pytest

from server.study.fields.drawn import DRAWN_BY_NAME
from server.study.fields.measured import MEASURED_BY_NAME
from server.study.fields.reading import AnswerError, read_answer


@pytest.mark.parametrize("typed", ["۱۶۱٫۵", "١٦١٫٥", "161.5", "۱۶۱.۵"])
def test_f48_a_number(typed: str) -> None:
    answer = read_answer(MEASURED_BY_NAME["height_cm"], typed)
    assert answer is not None
    assert answer.value == 161.5


def test_f48_a_day_and_a_moment_are_iso() -> None:
    day = read_answer(MEASURED_BY_NAME["measured_on"], "۲۰۲۶-۱۱-۲۷")
    moment = read_answer(DRAWN_BY_NAME["drawn_at"], "۲۰۲۶-۱۱-۲۷T۰۸:۱۵+۰۳:۳۰")
    assert day is not None
    assert day.value == "2026-11-27"
    assert moment is not None
    assert moment.value == "2026-11-27T08:15:00+03:30"


def test_f48_a_day_of_the_jalali_calendar_is_asked_about() -> None:
    with pytest.raises(AnswerError, match="another calendar"):
        read_answer(MEASURED_BY_NAME["measured_on"], "۱۴۰۵-۰۹-۰۶")
