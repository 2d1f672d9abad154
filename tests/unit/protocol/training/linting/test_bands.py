from msgspec.structs import replace

from protocol.training.linting.bands import (
    find_band_of_week_inferred,
    find_bands_falling,
    find_bands_unused,
)
from protocol.training.plan import TrainingPlan
from tests.unit.protocol.training.plans import as_printed, make_plan


def _ceiling(*names: str) -> TrainingPlan:
    plan = as_printed()
    assert plan.bands is not None
    return replace(plan, bands=replace(plan.bands, ceiling=names))


def test_a_ceiling_that_goes_back_or_jumps() -> None:
    plan = _ceiling("red", "blue", "green", "green", "gold", "black")
    assert [(one.code, one.message) for one in find_bands_falling(plan)] == [
        ("band_jumps", "week 2 jumps from red to blue, over 1 colours"),
        ("band_falls", "week 3 goes back from blue to green"),
        ("band_jumps", "week 6 jumps from green to black, over 1 colours"),
    ]
    assert list(find_bands_falling(as_printed())) == []


def test_the_colour_of_a_week_is_not_printed() -> None:
    assert [one.code for one in find_band_of_week_inferred(as_printed())] == [
        "band_of_week_inferred"
    ]
    assert list(find_band_of_week_inferred(replace(as_printed(), provenance={}))) == []


def test_bands_that_nobody_uses() -> None:
    assert [one.message for one in find_bands_unused(_ceiling(*["red"] * 8))] == [
        "green, blue, black is in the order and in no week"
    ]
    unused = replace(as_printed(), exercises=())
    assert [one.code for one in find_bands_unused(unused)] == ["bands_unused"]
    assert list(find_bands_unused(make_plan([2]))) == []
