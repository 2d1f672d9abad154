"""Reading one table, field by field."""

from typing import Any

import pytest

from firmware_sim.errors import ScenarioError
from firmware_sim.scenario.fields import Fields


def _fields(**table: Any) -> Fields:
    return Fields(table, "place")


def test_what_is_there_is_given() -> None:
    fields = _fields(word="a", whole=3, number=2, list=[{"x": 1}])
    assert fields.text("word") == "a"
    assert fields.whole_or_none("whole", 1, 9) == 3
    assert fields.number("number", None, 0, 9) == 2.0
    assert fields.tables("list") == [{"x": 1}]
    fields.refuse_leftovers()


def test_what_is_not_there_may_have_a_default() -> None:
    fields = _fields()
    assert fields.text_or_none("word") is None
    assert fields.whole_or_none("whole", 1, 9) is None
    assert fields.number("number", 4.0, 0, 9) == 4.0
    assert fields.tables("list") == []


@pytest.mark.parametrize("wrong", [7, "", "  ", True])
def test_texts_are_texts(wrong: object) -> None:
    with pytest.raises(ScenarioError, match="place: word is .* must be a text"):
        _fields(word=wrong).text("word")


@pytest.mark.parametrize("wrong", [0, 10, 2.5, "3", True])
def test_whole_numbers_are_whole_and_in_limits(wrong: object) -> None:
    with pytest.raises(ScenarioError, match="whole number, 1 to 9"):
        _fields(whole=wrong).whole_or_none("whole", 1, 9)


@pytest.mark.parametrize("wrong", ["3", True, float("nan"), float("inf"), -1, 10])
def test_numbers_are_finite_and_in_limits(wrong: object) -> None:
    with pytest.raises(ScenarioError, match="place: number"):
        _fields(number=wrong).number("number", None, 0, 9)


def test_what_must_be_there_is_missed() -> None:
    with pytest.raises(ScenarioError, match="word is missing"):
        _fields().text("word")
    with pytest.raises(ScenarioError, match="number is missing"):
        _fields().number("number", None, 0, 9)


@pytest.mark.parametrize("wrong", [{"x": 1}, [1], "x"])
def test_tables_are_tables(wrong: object) -> None:
    with pytest.raises(ScenarioError, match=r"\[\[list\]\]"):
        _fields(list=wrong).tables("list")


def test_a_misspelt_field_is_named() -> None:
    with pytest.raises(ScenarioError, match="unknown field at_secs"):
        _fields(at_secs=1).refuse_leftovers()
