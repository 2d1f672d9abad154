"""k-anonymity of a few people, counted by hand."""

from server.export.dataset.absence import Absent
from server.export.dataset.column import Cell
from server.export.dataset.disclosure import Disclosure, Person, check_disclosure

COLUMNS = ("age", "edss")


def person(age: Cell, edss: Cell, after: float | None = None) -> Person:
    """`after`: her EDSS after the training, where anything was measured then."""
    known: dict[tuple[str, str], Cell] = {("m", "age"): age, ("m", "edss"): edss}
    told = Absent("not_done") if after is None else after
    return Person(known, {("m", "age"): Absent("not_done"), ("m", "edss"): told})


def check(*people: Person) -> Disclosure:
    return check_disclosure(people, {name: lambda cell: cell for name in COLUMNS})


def test_the_smallest_group_that_is_alike_counts() -> None:
    found = check(*[person(36, 2.0)] * 6, *[person(36, 2.5)] * 3, person(Absent("refused"), 2.0))
    assert found == Disclosure(COLUMNS, 1, 4)
    assert not found.is_safe


def test_five_alike_are_enough() -> None:
    assert check(*[person(36, 2.0)] * 5).is_safe
    assert not check(*[person(36, 2.0)] * 4).is_safe


def test_an_empty_study_gives_nobody_away() -> None:
    found = check()
    assert (found.k, found.is_safe) == (None, True)


def test_what_was_measured_afterwards_tells_people_apart_too() -> None:
    alike = [person(36, 2.0, 2.0)] * 5
    assert check(*alike) == Disclosure(COLUMNS, 5, 0)
    assert check(*alike, person(36, 2.0, 2.5)) == Disclosure(COLUMNS, 1, 1)


def test_who_was_not_measured_again_is_like_all_that_were_like_her_before() -> None:
    found = check(*[person(36, 2.0, 2.0)] * 5, person(36, 2.0))
    assert found == Disclosure(COLUMNS, 6, 0)
    # four have 2 afterwards and one of 3 stands beside one who may have either: five and two
    mixed = check(*[person(36, 2.0, 2.0)] * 4, person(36, 2.0, 3.0), person(36, 2.0))
    assert mixed == Disclosure(COLUMNS, 2, 1)


def test_a_column_is_told_as_it_goes_out() -> None:
    people = [person(age, 2.0) for age in (31, 32, 33, 34, 35)]
    assert check_disclosure(people, {"age": lambda cell: cell}).k == 1
    assert check_disclosure(people, {"age": lambda _: "30 to under 40"}).k == 5
