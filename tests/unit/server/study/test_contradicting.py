"""What one woman's answers can't say together."""

import pytest

from server.study.contradicting import find_impossible, find_unsourced
from server.study.fields.field import Answer, Value
from server.study.fields.missing import MissingReason

DAY = "2026-11-01"


def told(*said: str, **values: Value) -> list[str]:
    """Of these values; all are new where `said` names none."""
    answers = {name: Answer(value) for name, value in values.items()}
    return [str(one) for one in find_impossible(answers, set(said) or answers.keys())]


@pytest.mark.parametrize(
    ("asked", "dated"), [("relapse_3mo", "relapse_on"), ("steroids_3mo", "steroids_last_on")]
)
@pytest.mark.parametrize(
    ("day", "n"),
    [("2026-10-20", 1), ("2026-11-01", 1), ("2026-08-02", 1), ("2026-08-01", 0), ("2024-01-01", 0)],
)
def test_no_for_three_months_and_a_day_within_them_is_refused(
    asked: str, dated: str, day: str, n: int
) -> None:
    found = told(measured_on=DAY, **{asked: "no", dated: day})
    assert [one.split(":")[0] for one in found] == [dated] * n
    assert told(measured_on=DAY, **{asked: "yes", dated: day}) == []


def test_three_months_before_the_end_of_may_begin_at_the_end_of_february() -> None:
    day = "2026-02-28"
    assert told(measured_on="2026-05-31", relapse_3mo="no", relapse_on=day) == []
    assert told(measured_on="2026-05-27", relapse_3mo="no", relapse_on=day) != []


def test_who_never_smoked_smokes_no_cigarettes() -> None:
    (said,) = told(smoking="never", cigarettes_per_day=20.0)
    assert said == (
        "cigarettes_per_day: 20 cigarettes a day, and smoking says never; correct one of them"
    )
    assert told(smoking="never", cigarettes_per_day=0.0) == []
    assert told(smoking="current", cigarettes_per_day=20.0) == []


def test_what_is_asked_of_women_is_not_answered_for_a_man() -> None:
    found = told(sex="male", menopause="pre", contraception="combined_hormonal")
    assert [one.split(":")[0] for one in found] == ["menopause", "contraception"]
    assert told(sex="male", contraception="none") == []
    assert told(sex="female", menopause="pre", contraception="combined_hormonal") == []


def test_what_is_stored_already_does_not_stand_in_the_way_of_other_values() -> None:
    old: dict[str, Value] = {"smoking": "never", "cigarettes_per_day": 20.0}
    assert told("weight_kg", **{**old, "weight_kg": 60.0}) == []
    assert len(told("smoking", **old)) == 1


@pytest.mark.parametrize(("rate", "source"), [
    ("hr_rest_bpm", "hr_rest_source"), ("hr_max_bpm", "hr_max_source"),
])  # fmt: skip
def test_a_heart_rate_needs_its_source(rate: str, source: str) -> None:
    bare = {rate: Answer(70.0)}
    (said,) = find_unsourced(bare, {rate})
    assert (said.field, rate in str(said.sentence)) == (source, True)
    for answer in (Answer("exercise_test"), Answer.missing_for(MissingReason.UNKNOWN)):
        assert list(find_unsourced({**bare, source: answer}, {rate})) == []
    refused = {rate: Answer.missing_for(MissingReason.REFUSED)}
    assert list(find_unsourced(refused, {rate})) == []
    assert list(find_unsourced(bare, {"weight_kg"})) == []
