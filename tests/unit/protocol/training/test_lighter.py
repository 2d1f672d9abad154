from msgspec.structs import replace

from protocol.training.lighter import lighten
from protocol.training.standing import Standing, plan_standing
from tests.unit.protocol.training.plans import as_printed, tailored


def test_a_lighter_day_is_one_colour_less_of_the_same_exercise() -> None:
    green = Standing("hip-flexion-band", 15, "green", 1)
    for plan in (as_printed(), tailored()):
        assert lighten(plan, green, 10) == replace(green, band="red")


def test_without_a_weaker_band_it_is_one_amount_less() -> None:
    red = Standing("hip-flexion-band", 15, "red", 1)
    assert lighten(tailored(), red, 10) == replace(red, amount=12)
    step = plan_standing(as_printed(), "pelvic-tilt", 18)
    assert (step.amount, lighten(as_printed(), step, 18)) == (12, replace(step, amount=10))


def test_at_the_bottom_of_the_plan_nothing_is_lighter() -> None:
    assert lighten(tailored(), Standing("pelvic-tilt", 8, None, 1), 1) is None
