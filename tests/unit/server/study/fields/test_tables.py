"""The tables of fields hold together, whatever line is added to them."""

import pytest

from server.dose.quantity import Missing
from server.study.fields.codebook import describe_field, list_codebook
from server.study.fields.drawn import ASSAYED, DRAWN
from server.study.fields.field import Answer, Field, Kind
from server.study.fields.measured import MAX_SOURCES, MEASURED, MEASURED_BY_NAME
from server.study.fields.missing import MISSING_WORDS, OF_AN_ASSAY, MissingReason
from server.study.measured_heart import Formula

ALL = (*MEASURED, *DRAWN, *ASSAYED)


def test_every_field_has_one_name_of_its_own() -> None:
    names = [field.name for field in ALL]
    assert len(names) == len(set(names))
    assert not any(name.endswith("_missing") for name in names)  # the twin column's


@pytest.mark.parametrize("field", ALL, ids=lambda field: field.name)
def test_a_field_is_whole(field: Field) -> None:
    assert field.label
    assert (field.choices is not None) is (field.kind in {Kind.CHOICE, Kind.CHOICES})
    # A cell holds a code or a reason, and a reader can tell which.
    assert not set(field.choices or {}) & field.reasons
    if field.kind is Kind.NUMBER:
        assert field.hard is not None
    if field.soft is not None and field.hard is not None:
        assert field.hard[0] <= field.soft[0] < field.soft[1] <= field.hard[1]


def test_only_a_concentration_is_missing_for_what_a_plate_does() -> None:
    assert [field.name for field in ALL if field.reasons & OF_AN_ASSAY] == ["value"]


def test_what_tells_who_trains_is_marked() -> None:
    assert [field.name for field in ALL if field.reveals_arm] == ["exercise_h"]


def test_one_vocabulary_of_missing() -> None:
    """What both lists have means the same; neither has a word for what the other has."""
    shared = set(Missing) & set(MissingReason)
    assert shared == {"not_recorded", "refused", "not_applicable", "unusable"}
    of_sensors = {
        "absent", "no_strap", "no_data", "low_coverage", "not_measured", "out_of_table",
        "zero_filled", "wrong_rate",
    }  # fmt: skip
    assert of_sensors <= set(Missing) - set(MissingReason)
    assert MISSING_WORDS.keys() == set(MissingReason)


def test_formulas_of_a_maximum_are_those_that_dose_knows() -> None:
    assert set(MAX_SOURCES) == {"exercise_test", *Formula}


def test_the_codebook_has_every_field_and_reason() -> None:
    lines = list(list_codebook(MEASURED_BY_NAME))
    assert [line.split(":")[0] for line in lines[: len(MEASURED)]] == list(MEASURED_BY_NAME)
    assert "edss: EDSS; number from 0 to 10" in lines
    told = describe_field(MEASURED_BY_NAME["height_cm"])
    assert (told["unit"], told["possible"], told["usual"]) == ("cm", [120, 220], [145, 185])
    assert set(told["missing"]) == set(MissingReason) - OF_AN_ASSAY


def test_an_answer_is_a_value_or_a_reason() -> None:
    for wrong in ((None, None), (1.0, MissingReason.REFUSED)):
        with pytest.raises(ValueError, match="either a value or a reason"):
            Answer(*wrong)
