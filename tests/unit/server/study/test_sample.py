"""What the fields of a draw and of a concentration say together."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.study.fields.drawn import UNITS_PG_ML
from server.study.fields.field import Answer
from server.study.fields.missing import MissingReason
from server.study.sample import (
    convert_pg_ml,
    find_draw_contradictions,
    find_sample_contradictions,
    find_unusual_sample,
    settle_flags,
    tell_hour,
)

BELOW = Answer.missing_for(MissingReason.BELOW_LLOQ)


def told(matrix: str = "serum", **answers: Any) -> list[str]:
    given_ = {n: a if isinstance(a, Answer) else Answer(a) for n, a in answers.items()}
    return [str(one) for one in find_sample_contradictions(matrix, given_)]


def test_units_by_their_definition() -> None:
    """1 ng = 1000 pg, 1 L = 1000 mL: 1 ng/L is 1 pg/mL and 1 ug/L is 1 ng/mL."""
    assert [convert_pg_ml(2.5, unit) for unit in UNITS_PG_ML] == [2.5, 2.5, 2500.0, 2500.0]
    with pytest.raises(KeyError):
        convert_pg_ml(1.0, "mg/dL")


def test_time_of_day_is_that_of_the_place() -> None:
    drawn = {"drawn_at": Answer("2026-11-27T08:15:00+03:30")}
    assert tell_hour(drawn) == 8.25
    assert tell_hour({}) is None
    assert tell_hour({"drawn_at": BELOW}) is None


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"value": 0.0, "unit": "pg/mL"}, "write below_lloq"),
        ({"value": 21.0}, "value needs a unit"),
        ({"value": BELOW, "lloq": 3.0}, "lloq needs a unit"),
        ({"value": 2.0, "unit": "pg/mL", "lloq": 3.0}, "2 is below the limit 3"),
        ({"value": 20.0, "unit": "pg/mL", "uloq": 10.0}, "20 is above the limit 10"),
        ({"unit": "pg/mL", "lloq": 10.0, "uloq": 10.0}, "10 is not above the lower limit"),
        ({"value": 5.0, "unit": "pg/mL", "flags": ("below_lloq",)}, "leave one of them out"),
        ({"anticoagulant": "edta"}, "serum has none"),
    ],
)
def test_what_cannot_be(answers: dict[str, Any], sentence: str) -> None:
    (said,) = told(**answers)
    assert sentence in said


def test_what_can_be() -> None:
    assert told(value=3.0, unit="pg/mL", lloq=3.0, uloq=10.0, flags=("haemolysed",)) == []
    assert told(value=BELOW, unit="pg/mL", lloq=3.0) == []
    assert told("plasma", value=3.0, unit="pg/mL", anticoagulant="edta") == []


def test_a_flag_for_a_limit_is_the_reason_why_there_is_no_value() -> None:
    settled = settle_flags({"flags": Answer(("thawed", "below_lloq"))})
    assert settled == {"value": BELOW, "flags": Answer(("thawed",))}
    assert settle_flags({"flags": Answer(("below_lloq",)), "value": BELOW}) == {
        "value": BELOW,
        "flags": Answer(("none",)),
    }
    kept = {"flags": Answer(("below_lloq",)), "value": Answer(5.0)}
    assert settle_flags(kept) == kept


@given(st.dictionaries(st.sampled_from(["value", "lloq", "unit"]), st.just(BELOW)))
def test_settling_twice_changes_nothing(answers: dict[str, Answer]) -> None:
    once = settle_flags({**answers, "flags": Answer(("above_uloq",))})
    assert settle_flags(once) == once


def test_a_serum_bdnf_of_hundreds_of_picograms_is_looked_at_once_more() -> None:
    """As printed in the study's Table 3: 227.77; usual serum has tens of ng/mL."""
    printed = {"value": Answer(227.77), "unit": Answer("pg/mL")}
    (one,) = find_unusual_sample("bdnf", "serum", printed)
    assert "227.77 pg/mL is unusual in serum (2000 to 100000)" in str(one)
    usual = {"value": Answer(21.45), "unit": Answer("ng/mL")}
    assert find_unusual_sample("bdnf", "serum", usual) == []
    edta = {**printed, "anticoagulant": Answer("edta")}
    assert find_unusual_sample("bdnf", "plasma", edta) == []
    assert [one.field for one in find_unusual_sample("bdnf", "plasma", printed)] == [
        "anticoagulant"
    ]


def test_a_draw_that_lies_ahead() -> None:
    now = datetime(2026, 11, 27, tzinfo=UTC)
    (one,) = find_draw_contradictions({"drawn_at": Answer("2026-11-28T08:15:00+00:00")}, now)
    assert str(one) == "drawn_at: 2026-11-28T08:15:00+00:00 lies ahead"
