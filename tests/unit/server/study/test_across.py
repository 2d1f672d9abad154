"""What baseline and the time after the training say together."""

import pytest

from server.study.across import (
    find_other_matrix,
    find_other_person,
    find_reversed_days,
    find_reversed_draws,
)
from server.study.fields.field import Answer


@pytest.mark.parametrize(
    ("after", "is_refused"),
    [
        ("2026-11-20T08:15:00+03:30", True),
        ("2026-11-27T08:15:00+03:30", True),  # one draw is not both
        ("2026-11-27T04:45:00+00:00", True),  # the same moment elsewhere
        ("2026-11-27T05:00:00+00:00", False),
        ("2027-01-27T08:15:00+03:30", False),
    ],
)
def test_the_draw_after_the_training_is_the_later_one(after: str, is_refused: bool) -> None:
    before = {"drawn_at": Answer("2026-11-27T08:15:00+03:30")}
    found = find_reversed_draws(before, {"drawn_at": Answer(after)})
    assert [one.field for one in found] == ["drawn_at"] * is_refused
    assert find_reversed_draws({}, before) == find_reversed_draws(before, {}) == []


def test_the_day_of_measurement_after_the_training_is_not_before_baseline() -> None:
    first, second = {"measured_on": Answer("2026-09-01")}, {"measured_on": Answer("2026-11-01")}
    assert find_reversed_days(first, second) == find_reversed_days(first, first) == []
    assert [one.field for one in find_reversed_days(second, first)] == ["measured_on"]


def test_another_sex_or_age_may_be_another_person() -> None:
    def person(sex: str, age_y: float) -> dict[str, Answer]:
        return {"sex": Answer(sex), "age_y": Answer(age_y)}

    her = person("female", 31.0)
    assert [one.field for one in find_other_person(her, person("male", 45.0))] == ["sex", "age_y"]
    for age_y, is_told in ((31.0, False), (32.5, False), (32.6, True), (30.0, True)):
        found = find_other_person(her, person("female", age_y))
        assert [one.field for one in found] == ["age_y"] * is_told, age_y
    assert find_other_person(her, {}) == []


def test_another_matrix_is_told_and_one_in_common_is_enough() -> None:
    (said,) = find_other_matrix(["plasma"], ["serum"])
    assert str(said).startswith("value: plasma at baseline and serum after the training")
    assert find_other_matrix(["plasma"], ["serum", "plasma"]) == []
    assert find_other_matrix([], ["serum"]) == find_other_matrix(["serum"], []) == []
