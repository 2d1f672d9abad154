from msgspec.structs import replace

from protocol.training.linting.findings import Severity
from protocol.training.linting.moving_on import (
    find_axes_without_means,
    find_categories_without_policy,
    find_evidence_out_of_reach,
    find_harder_before_easier,
    find_jumps_unlocked,
)
from protocol.training.plan import TrainingPlan
from protocol.training.vocabulary import Axis
from tests.unit.protocol.training.plans import (
    as_printed,
    change_category,
    change_exercise,
    tailored,
)


def _progression(**changes: object) -> TrainingPlan:
    return replace(tailored(), progression=replace(tailored().progression, **changes))


def test_a_category_in_which_nobody_can_move_on() -> None:
    policies = tailored().progression.categories
    plan = _progression(categories=policies[1:])
    assert [one.message for one in find_categories_without_policy(plan)] == [
        "nobody can move on in core: it has no axes"
    ]
    assert list(find_categories_without_policy(tailored())) == []
    assert list(find_categories_without_policy(as_printed())) == []


def test_an_axis_that_no_exercise_has() -> None:
    policies = tailored().progression.categories
    odd = replace(policies[0], axes=(Axis.BAND, Axis.DURATION, Axis.REPETITIONS, Axis.TYPE))
    found = list(find_axes_without_means(_progression(categories=(odd, *policies[1:]))))
    assert [one.message.split(":")[0] for one in found] == [
        "core can't move on by band", "core can't move on by duration",
    ]  # fmt: skip
    assert list(find_axes_without_means(tailored())) == []


def test_evidence_that_nobody_can_give_or_nobody_needs() -> None:
    (found,) = find_evidence_out_of_reach(_progression(observed_sets=4))
    assert (found.severity, found.code) == (Severity.ERROR, "evidence_out_of_reach")
    assert [one.code for one in find_evidence_out_of_reach(_progression(observed_sets=0))] == [
        "evidence_unneeded"
    ]
    assert [one.code for one in find_evidence_out_of_reach(_progression(sessions=1))] == [
        "evidence_thin"
    ]
    assert list(find_evidence_out_of_reach(tailored())) == []
    assert list(find_evidence_out_of_reach(as_printed())) == []


def test_harder_that_begins_before_easier() -> None:
    plan = change_category(as_printed(), "agility", weeks=(3, 7))
    plan = change_exercise(plan, "tandem-foam-support", harder="pelvic-tilt")
    assert [one.where for one in find_harder_before_easier(plan)] == [
        "exercises.tandem-foam-support.harder"
    ]
    assert list(find_harder_before_easier(as_printed())) == []


def test_jumps_that_nobody_needs_to_sign_for() -> None:
    assert [one.code for one in find_jumps_unlocked(_progression(locked=()))] == ["jumps_unlocked"]
    assert list(find_jumps_unlocked(tailored())) == []
