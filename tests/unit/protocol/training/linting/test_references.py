import pytest
from msgspec.structs import replace

from protocol.training.frame import ListedSession
from protocol.training.linting.references import (
    find_circles,
    find_duplicates,
    find_locked_substitutes,
    find_shared_harder,
    find_unknown_names,
)
from protocol.training.plan import TrainingPlan
from tests.unit.protocol.training.plans import as_printed, change_exercise, tailored


def _listing(*sessions: ListedSession) -> TrainingPlan:
    plan = as_printed()
    return replace(plan, selection=replace(plan.selection, listed=sessions))


def test_nothing_is_there_twice() -> None:
    plan = as_printed()
    twice = replace(plan, exercises=(*plan.exercises, plan.exercises[0]))
    assert [(one.where, one.message) for one in find_duplicates(twice)] == [
        ("exercises", "supine-draw-in is there 2 times")
    ]
    listed = _listing(ListedSession(1, ("hop-marks", "hop-marks")), ListedSession(1, ()))
    assert [one.where for one in find_duplicates(listed)] == [
        "selection.listed", "selection.listed session 1",
    ]  # fmt: skip
    assert list(find_duplicates(tailored())) == []


def test_the_same_category_or_colour_twice() -> None:
    plan = tailored()
    assert plan.bands is not None
    bands = replace(plan.bands, order=("red", "red", "blue", "black"))
    policies = plan.progression.categories
    progression = replace(plan.progression, categories=(*policies, policies[0]))
    plan = replace(plan, bands=bands, progression=progression, categories=plan.categories * 2)
    assert {one.where for one in find_duplicates(plan)} == {
        "bands.order", "progression.categories", "categories",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("field", "code"),
    [("category", "unknown_category"), ("harder", "unknown_exercise"),
     ("instead", "unknown_exercise")],
)  # fmt: skip
def test_names_of_an_exercise(field: str, code: str) -> None:
    plan = change_exercise(as_printed(), "side-step-up", **{field: "nowhere"})
    found = list(find_unknown_names(plan))
    assert [(one.code, one.where) for one in found] == [(code, f"exercises.side-step-up.{field}")]
    assert "'nowhere'" in found[0].message


def test_names_elsewhere() -> None:
    plan = _listing(ListedSession(3, ("nowhere",)))
    assert plan.bands is not None
    plan = replace(
        plan,
        progression=replace(plan.progression, locked=("jumps",)),
        bands=replace(plan.bands, ceiling=("gold", *plan.bands.ceiling[1:])),
        text=replace(plan.text, late_category="late"),
    )
    assert {(one.code, one.where) for one in find_unknown_names(plan)} == {
        ("unknown_exercise", "selection.listed session 3"),
        ("unknown_category", "progression.locked"),
        ("unknown_band", "bands.ceiling"),
        ("unknown_category", "text.late_category"),
    }


def test_harder_must_end() -> None:
    plan = change_exercise(as_printed(), "tandem-foam-free", harder="tandem-stance")
    found = list(find_circles(plan))
    assert {one.where for one in found} == {
        "exercises.tandem-stance.harder",
        "exercises.tandem-foam-support.harder",
        "exercises.tandem-foam-free.harder",
    }
    itself = change_exercise(as_printed(), "sit-to-stand", harder="sit-to-stand")
    assert [one.message for one in find_circles(itself)] == [
        "leads back to itself: sit-to-stand → sit-to-stand"
    ]
    assert list(find_circles(as_printed())) == []


def test_a_family_is_one_line() -> None:
    plan = change_exercise(as_printed(), "sit-to-stand", harder="zigzag-run")
    assert [one.where for one in find_shared_harder(plan)] == ["exercises.zigzag-run"]
    assert list(find_shared_harder(as_printed())) == []


def test_what_stands_in_must_be_open() -> None:
    locked = change_exercise(as_printed(), "hop-marks", instead="vertical-jump")
    nothing = change_exercise(as_printed(), "hop-marks", instead=None)
    assert [one.code for one in find_locked_substitutes(locked)] == ["substitute_locked"]
    assert [one.code for one in find_locked_substitutes(nothing)] == ["no_substitute"]
    assert list(find_locked_substitutes(as_printed())) == []
