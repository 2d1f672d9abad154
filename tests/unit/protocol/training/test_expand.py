import msgspec
import pytest
from msgspec.structs import replace

from protocol.training.expand import (
    Alternative,
    LighterAmount,
    PlannedSession,
    expand_effort,
    expand_session,
)
from protocol.training.frame import ListedSession
from protocol.training.plan import TrainingPlan, compute_digest
from protocol.training.vocabulary import Unit
from tests.unit.protocol.training.plans import as_printed, change_exercise, tailored


def test_a_session_knows_its_place_its_effort_and_its_band() -> None:
    session = expand_session(as_printed(), 14)
    assert (session.week, session.session, session.session_in_week) == (5, 14, 2)
    assert session.effort.target == (11, 11)
    assert session.effort.cr10 == (2.0, 2.0)  # training-plan.md, Intensity
    assert (session.band_ceiling, session.rounds, session.rest_s) == ("blue", 3, 60)
    assert session.plan_digest == compute_digest(as_printed())
    assert [one.station for one in session.stations] == list(range(1, 9))


def test_every_session_fits_the_main_part_at_its_step_and_at_its_top() -> None:
    for plan in (as_printed(), tailored()):
        for number in range(1, 25):
            minutes = expand_session(plan, number).minutes
            assert minutes.fits
            assert 30 <= minutes.expected_main <= minutes.longest_main <= 45


def test_a_station_has_its_sets_unit_sides_support_and_band() -> None:
    stations = {
        one.exercise: one
        for number in range(1, 25)
        for one in expand_session(as_printed(), number).stations
        if number >= 4
    }
    hip = stations["hip-flexion-band"]
    assert (hip.sets, hip.amount_low, hip.amount_high, hip.amount) == (3, 8, 15, 15)
    assert hip.band_ceiling == "black"
    hold = stations["tandem-foam-support"]
    assert (hold.unit, hold.sides.value, hold.support.value) == (Unit.SECONDS, "each_side", "hold")
    assert hold.band_ceiling is None
    assert (hold.amount, hold.work_s) == (15, 30)
    assert (stations["hop-marks"].level, stations["hop-marks"].instead) == (4, "tandem-stance")


def test_all_28_exercises_come_up_in_the_course() -> None:
    plan = as_printed()
    seen = {one.exercise for n in range(1, 25) for one in expand_session(plan, n).stations}
    assert seen == {one.id for one in plan.exercises}


def test_its_json_has_the_keys_that_screens_read() -> None:
    shown = msgspec.to_builtins(expand_session(as_printed(), 1))
    assert set(shown) == {
        "plan", "plan_digest", "language", "week", "session", "session_in_week", "rounds", "rest_s",
        "rest_scope", "changeover_s", "rotation", "band_ceiling", "effort", "stations", "minutes",
    }  # fmt: skip
    assert {"exercise", "amount_low", "amount_high", "amount", "unit", "sides"} <= set(
        shown["stations"][0]
    )


def test_outside_the_plan_there_is_no_session() -> None:
    for number in (0, 25):
        with pytest.raises(ValueError, match=f"session {number}"):
            expand_session(as_printed(), number)
    with pytest.raises(ValueError, match="no effort target"):
        expand_effort(None, 3)


def test_an_exercise_that_nothing_prescribes_is_refused() -> None:
    plan = replace(as_printed(), categories=())
    listed = (ListedSession(1, ("pelvic-tilt",)),)
    plan = replace(plan, selection=replace(plan.selection, listed=listed))
    with pytest.raises(ValueError, match="has no row"):
        expand_session(plan, 1)


def test_a_shorter_amount_takes_less_time() -> None:
    plan = change_exercise(as_printed(), "hip-flexion-band", unit=Unit.SECONDS)
    works = {o.exercise: o.work_s for n in (1, 2, 3) for o in expand_session(plan, n).stations}
    assert (works["hip-flexion-band"], works["knee-flexion-band"]) == (8.0, 24.0)


def test_a_session_says_in_which_language_its_names_and_cues_are() -> None:
    assert expand_session(as_printed(), 1).language == "en"
    assert expand_session(replace(as_printed(), language="fa"), 1).language == "fa"


def test_instead_of_an_exercise_there_are_those_of_its_kind_that_the_course_has_reached() -> None:
    first = expand_session(as_printed(), 1)
    lunge = next(one for one in first.stations if one.exercise == "static-lunge-support")
    assert [one.exercise for one in lunge.alternatives] == ["tandem-stance"]  # weeks 1 and 2
    later = expand_session(as_printed(), 14)
    foam = next(one for one in later.stations if one.exercise == "tandem-foam-free")
    assert [one.exercise for one in foam.alternatives] == [
        "static-lunge-support", "tandem-stance", "static-lunge-free", "tandem-foam-support",
    ]  # fmt: skip
    assert all(one.exercise != foam.exercise for one in foam.alternatives)


def test_instead_of_a_jump_the_stand_in_comes_first_and_other_jumps_are_locked() -> None:
    jump = next(
        one for one in expand_session(as_printed(), 22).stations if one.exercise == "vertical-jump"
    )
    told = [(one.exercise, one.locked) for one in jump.alternatives]
    assert told[0] == ("sit-to-stand", False)
    assert {locked for _, locked in told[1:]} == {True}


def test_with_another_exercise_she_begins_as_the_plan_has_it_or_with_the_least() -> None:
    def band(session: PlannedSession) -> tuple[int, str | None]:
        station = next(one for one in session.stations if one.exercise == "hip-flexion-band")
        found = next(o for o in station.alternatives if o.exercise == "knee-flexion-band")
        return found.amount, found.band

    assert band(expand_session(as_printed(), 14)) == (12, "blue")
    walk = next(
        one for one in expand_session(tailored(), 14).stations if one.exercise == "sit-to-stand"
    ).alternatives[0]
    assert (walk.exercise, walk.amount) == ("walk-cones", 3)
    assert band(expand_session(tailored(), 14))[1] == "red"


def test_another_exercise_has_what_it_is_on_a_lighter_day_as_her_own_has() -> None:
    """One colour less, else one amount less, else nothing (lighter.lighten)."""

    def offered(plan: TrainingPlan) -> dict[str, Alternative]:
        stations = expand_session(plan, 14).stations
        return {one.exercise: one for station in stations for one in station.alternatives}

    found = offered(as_printed())
    band = found["knee-flexion-band"]
    assert (band.amount, band.band) == (12, "blue")
    assert band.lighter == LighterAmount(12, "green")
    walk = found["walk-cones"]
    assert walk.lighter is not None
    assert walk.lighter.amount < walk.amount
    least = offered(tailored())["walk-cones"]
    assert (least.amount, least.lighter) == (3, None)


def test_another_exercise_takes_its_own_time() -> None:
    session = expand_session(as_printed(), 14)
    own = {one.exercise: one.work_s for one in session.stations}
    for station in session.stations:
        for one in station.alternatives:
            if one.exercise in own:
                assert one.work_s == own[one.exercise]
