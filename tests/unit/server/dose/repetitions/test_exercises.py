import pytest

from protocol.training.shipped import read_shipped_plan
from protocol.training.vocabulary import Unit
from server.dose.repetitions.exercises import TrunkMotion, find_motion


@pytest.mark.parametrize("plan", ["as_printed", "tailored"])
def test_every_exercise_of_a_shipped_plan_is_known(plan: str) -> None:
    for exercise in read_shipped_plan(plan).exercises:
        motion = find_motion(exercise.id)
        assert motion is not TrunkMotion.UNKNOWN, exercise.id
        assert (motion is TrunkMotion.HOLD) == (exercise.unit is Unit.SECONDS), exercise.id
        if exercise.band:
            assert motion is TrunkMotion.HARDLY, exercise.id


@pytest.mark.parametrize(
    "name", ["sit-to-stand", "Sit to stand", "sit_to_stand", " SIT-TO-STAND. "]
)
def test_a_name_may_be_written_as_people_write_it(name: str) -> None:
    assert find_motion(name) is TrunkMotion.RISES


def test_other_names_are_unknown() -> None:
    assert find_motion("kettlebell snatch") is TrunkMotion.UNKNOWN
