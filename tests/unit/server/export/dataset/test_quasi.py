"""Promise, threat 12: each field says whether others may know it, and why."""

import pytest

from server.export.dataset.column import Kind
from server.export.dataset.levels import list_levels
from server.export.dataset.quasi import STANDINGS, is_quasi
from server.export.dataset.sources import measurements, participants
from server.study.fields.drawn import ASSAYED, DRAWN
from server.study.fields.measured import MEASURED

FIELDS = [one.name for one in (*MEASURED, *DRAWN, *ASSAYED)]
SEEN_OR_KNOWN = (
    "smoking", "cigarettes_per_day", "steroids_3mo", "other_drugs", "heat_sensitive",
    "hr_unreliable", "sex", "age_y", "dmt",
)  # fmt: skip


def test_each_field_has_said_and_nothing_else() -> None:
    of_everybody = {one.name for one in participants.TABLE.columns} - {"participant", "arm"}
    assert {*FIELDS, *of_everybody} == {*STANDINGS}
    assert all(one.why for one in STANDINGS.values())


def test_a_field_that_says_nothing_makes_no_column() -> None:
    with pytest.raises(KeyError, match="whether others may know shoe_size"):
        is_quasi("shoe_size")


@pytest.mark.parametrize("name", SEEN_OR_KNOWN)
def test_what_others_see_or_know_is_counted(name: str) -> None:
    columns = (*participants.TABLE.columns, *measurements.TABLE.columns)
    assert [one.is_quasi for one in columns if one.name == name] == [True]


def test_columns_say_what_their_fields_say() -> None:
    for table in (participants.TABLE, measurements.TABLE):
        for one in table.columns:
            if one.name in STANDINGS:
                assert one.is_quasi is STANDINGS[one.name].is_quasi, one.name


def test_a_list_of_drugs_goes_out_as_none_or_any_alone() -> None:
    drugs = next(one for one in measurements.TABLE.columns if one.name == "other_drugs")
    (level,) = list_levels(drugs)
    assert [level.tell(one) for one in ("none", "baclofen;statin")] == ["none", "any"]
    assert level.column.name == "other_drugs_band"
    heat = next(one for one in participants.TABLE.columns if one.name == "heat_sensitive")
    assert heat.kind is Kind.BOOLEAN
    assert [one.column for one in list_levels(heat)] == [heat]
