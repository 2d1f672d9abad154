import pytest

from protocol.training.standing import Standing
from protocol.training.targets import family_key, lighten, target_at
from tests.unit.protocol.training.plans import as_printed, tailored


def test_as_printed_gives_everybody_the_plans_step() -> None:
    plan = as_printed()
    for standing in (
        Standing("hip-flexion-band", 8, "red", 1),
        Standing("hip-flexion-band", 15, "black", 1),
    ):
        target = target_at(plan, "hip-flexion-band", standing, 10)
        assert (target.amount_low, target.amount_high, target.band) == (12, 12, "green")
        assert (target.sets, target.name) == (3, "Hip flexion with band")


def test_who_has_not_earned_the_stations_exercise_does_her_own() -> None:
    standing = Standing("tandem-stance", 10, None, 1)
    target = target_at(tailored(), "tandem-foam-free", standing, 13)
    assert (target.exercise, target.amount_low, target.amount_high) == ("tandem-stance", 8, 10)
    assert target.support == "within_reach"


def test_who_has_earned_more_does_the_stations_exercise() -> None:
    standing = Standing("tandem-foam-free", 15, None, 13)
    target = target_at(tailored(), "tandem-stance", standing, 4)
    assert (target.exercise, target.amount_high) == ("tandem-stance", 10)


def test_her_band_never_beats_the_ceiling() -> None:
    standing = Standing("hip-flexion-band", 15, "black", 1)
    bands = [target_at(tailored(), "hip-flexion-band", standing, s).band for s in (1, 7, 24)]
    assert bands == ["red", "green", "black"]
    red = Standing("hip-flexion-band", 15, "red", 1)
    assert target_at(tailored(), "hip-flexion-band", red, 24).band == "red"


def test_her_amount_after_a_step_down_is_her_own_top() -> None:
    standing = Standing("hip-flexion-band", 10, "red", 1)
    target = target_at(tailored(), "hip-flexion-band", standing, 5)
    assert (target.amount_low, target.amount_high) == (8, 10)


def test_a_lighter_day_is_one_level_less_of_the_same_exercise() -> None:
    for plan in (as_printed(), tailored()):
        green = Standing("hip-flexion-band", 15, "green", 1)
        target = target_at(plan, "hip-flexion-band", green, 10)
        lighter = lighten(plan, target, 10)
        assert (target.band, lighter.band) == ("green", "red")
        assert lighter.amount_high == target.amount_high
    again = lighten(tailored(), lighter, 10)
    assert (again.band, again.amount_high) == ("red", 12)
    eight = Standing("pelvic-tilt", 8, None, 1)
    lowest = target_at(tailored(), "pelvic-tilt", eight, 1)
    assert lighten(tailored(), lowest, 1) == lowest
    step = target_at(as_printed(), "pelvic-tilt", eight, 24)
    lighter = lighten(as_printed(), step, 24)
    assert (step.amount_low, lighter.amount_low, lighter.amount_high) == (12, 10, 10)


def test_standings_are_kept_by_the_familys_easiest() -> None:
    assert family_key(tailored(), "tandem-foam-free") == "tandem-stance"
    assert family_key(tailored(), "zigzag-run") == "zigzag-walk"


def test_a_standing_of_another_family_is_refused() -> None:
    with pytest.raises(KeyError):
        target_at(tailored(), "sit-to-stand", Standing("tandem-stance", 8, None, 1), 1)
