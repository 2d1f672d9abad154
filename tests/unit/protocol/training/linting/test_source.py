from msgspec.structs import replace

from protocol.training.linting.source import (
    find_amounts_outside_text,
    find_effort_range_unclear,
    find_identical_for_a_wide_range,
    find_intensity_missing,
    find_late_category_early,
    find_movements_twice,
    find_overload_not_modelled,
    find_printed_rows_without_exercise,
    find_units_not_printed,
)
from protocol.training.plan import TrainingPlan
from protocol.training.vocabulary import Unit
from tests.unit.protocol.training.plans import (
    as_printed,
    change_category,
    change_exercise,
    make_plan,
    tailored,
)

CLEAN = make_plan([2, 2])


def _text(plan: TrainingPlan, **changes: object) -> TrainingPlan:
    return replace(plan, text=replace(plan.text, **changes))


def test_plyometrics_in_the_text_and_in_the_table() -> None:
    assert [one.message for one in find_late_category_early(as_printed())] == [
        "the text has plyometric in weeks 7-8, the table in weeks 6-8"
    ]
    agreed = change_category(as_printed(), "plyometric", weeks=(7, 8))
    assert list(find_late_category_early(agreed)) == []
    assert list(find_late_category_early(_text(as_printed(), late_category="late"))) == []


def test_repetitions_in_the_text_and_in_the_table() -> None:
    assert [one.message for one in find_amounts_outside_text(as_printed())] == [
        "the text has 8-15 at each station, the table 3-15 for agility",
        "the text has 8-15 at each station, the table 3-12 for plyometric",
    ]
    assert list(find_amounts_outside_text(_text(as_printed(), amount=(3, 15)))) == []
    assert len(list(find_amounts_outside_text(_text(as_printed(), amount=(3, 12))))) == 3


def test_the_balance_row() -> None:
    assert [one.message for one in find_printed_rows_without_exercise(as_printed())] == [
        "4 rows are printed for 5 exercises",
        "the rows end with week 4, the category with week 7",
    ]
    assert list(find_printed_rows_without_exercise(CLEAN)) == []


def test_holds_and_walks_without_a_unit() -> None:
    (found,) = find_units_not_printed(as_printed())
    assert found.message.startswith("9 holds and walks")
    assert list(find_units_not_printed(replace(as_printed(), provenance={}))) == []


def test_rows_with_two_movements() -> None:
    assert [(one.where, one.message) for one in find_movements_twice(as_printed())] == [
        (
            "categories.strength",
            (
                "5 rows name 8 movements; a row with two is done as one; "
                "hip flexion is in more than one row"
            ),
        )
    ]


def test_effort_that_may_belong_to_the_last_weeks_or_to_all() -> None:
    assert [one.message for one in find_effort_range_unclear(as_printed())] == [
        (
            "9-13 is attached to weeks 6-8, which would begin at 9 after 11 in the weeks before; "
            "it may span the whole course"
        )
    ]
    clear = _text(as_printed(), effort_range_weeks=(1, 8))
    assert list(find_effort_range_unclear(clear)) == []
    above = _text(as_printed(), effort_range=(12, 13))
    assert "begin at" not in next(iter(find_effort_range_unclear(above))).message


def test_one_program_for_everybody() -> None:
    assert [one.message for one in find_identical_for_a_wide_range(as_printed())] == [
        (
            "the text has one program for everybody, for EDSS 1 to 4.5, "
            "and the table exercises with and without support"
        )
    ]
    codes = [one.code for one in find_identical_for_a_wide_range(tailored())]
    assert codes == ["identical_for_a_wide_range", "departs_from_identical"]
    assert list(find_identical_for_a_wide_range(CLEAN)) == []
    same = _text(as_printed(), disability=(2.0, 2.0))
    assert list(find_identical_for_a_wide_range(same)) == []


def test_overload_that_nothing_can_do() -> None:
    assert list(find_overload_not_modelled(as_printed())) == []
    plan = replace(CLEAN, text=as_printed().text)
    assert [one.message.split(";")[0] for one in find_overload_not_modelled(plan)] == [
        "the text has overload by duration",
        "the text has overload by band",
        "the text has overload by type",
    ]
    unused = replace(plan, bands=as_printed().bands)
    assert len(list(find_overload_not_modelled(unused))) == 3
    holds = change_exercise(plan, "c0-e0", unit=Unit.SECONDS, harder="c0-e1")
    assert len(list(find_overload_not_modelled(holds))) == 1


def test_intensities_said_to_vary() -> None:
    assert [one.code for one in find_intensity_missing(as_printed())] == ["intensity_not_printed"]
    missing = change_exercise(as_printed(), "hop-marks", level=None)
    assert [one.code for one in find_intensity_missing(missing)] == ["intensity_missing"]
    assert list(find_intensity_missing(CLEAN)) == []
