"""As fine as enough people stay alike, the same each time."""

import random

from hypothesis import given
from hypothesis import strategies as st

from server.export.dataset.absence import Absent
from server.export.dataset.column import Cell
from server.export.dataset.disclosure import Person, check_disclosure
from server.export.dataset.generalising import choose_levels
from server.export.dataset.levels import Level, list_levels
from server.export.dataset.sources.measurements import TABLE

NAMES = ("age_y", "edss", "sex", "bmi", "relapse_day")
LEVELS = {one.name: list_levels(one) for one in TABLE.columns if one.name in NAMES}


def make_person(age: Cell, edss: Cell, sex: Cell = "female", bmi: Cell = 22.0) -> Person:
    cells = {"age_y": age, "edss": edss, "sex": sex, "bmi": bmi, "relapse_day": -80}
    return Person({("measurements", name): cell for name, cell in cells.items()}, {})


def tell_limits(chosen: dict[str, Level]) -> dict[str, tuple[float, ...] | None]:
    return {name: one.limits for name, one in chosen.items()}


def test_alike_people_are_told_as_finely_as_there_is() -> None:
    chosen = choose_levels([make_person(36, 2.0)] * 5, LEVELS)
    assert tell_limits(chosen) == {
        "age_y": (20, 25, 30, 35, 40, 45, 50, 55, 60, 65),
        "edss": (2, 4, 6),
        "sex": None,
        "bmi": (18.5, 25, 30),
    }


def test_bands_are_as_coarse_as_they_have_to_be() -> None:
    """Five of 31 and five of 36 have five years' bands of their own; of 31 and 33 only ten."""
    apart = [make_person(31, 2.0)] * 5 + [make_person(36, 2.0)] * 5
    assert 35 in (choose_levels(apart, LEVELS)["age_y"].limits or ())
    mixed = [make_person(31, 2.0)] * 4 + [make_person(36, 2.0)] * 6
    assert choose_levels(mixed, LEVELS)["age_y"].limits == (20, 30, 40, 50, 60)


def test_one_who_is_like_nobody_takes_the_column_from_all() -> None:
    people = [make_person(36, 2.0)] * 9 + [make_person(36, 6.5)]
    chosen = choose_levels(people, LEVELS)
    assert "edss" not in chosen
    assert "age_y" in chosen


def test_four_people_are_no_group() -> None:
    assert choose_levels([make_person(36, 2.0)] * 4, LEVELS) == {}


def test_only_women_of_one_arm_are_alike_where_rows_show_who_trains() -> None:
    """Seven of each age; of one arm four and three."""
    told = (("training", 31, 4), ("training", 36, 3), ("control", 31, 3), ("control", 36, 4))
    people = [
        Person({**make_person(age, 2.0).before, ("participants", "arm"): arm}, {})
        for arm, age, n in told
        for _ in range(n)
    ]
    assert 35 in (choose_levels(people, LEVELS)["age_y"].limits or ())
    assert choose_levels(people, LEVELS, ("arm",))["age_y"].limits == (20, 30, 40, 50, 60)
    few = [one for one in people if one.before["participants", "arm"] == "training"] + people[-4:]
    assert choose_levels(few, LEVELS, ("arm",)) == {}


AGES = st.one_of(st.integers(18, 70).map(float), st.just(Absent("refused")))
PEOPLE = st.lists(
    st.builds(
        make_person,
        AGES,
        st.sampled_from([0.0, 1.0, 2.5, 4.0, 6.5]),
        st.sampled_from(["female", "male"]),
        st.floats(15, 45),
    ),
    max_size=60,
)


@given(PEOPLE, st.randoms(use_true_random=False))
def test_whoever_takes_part_enough_stay_alike_and_no_order_shows(
    people: list[Person], chance: random.Random
) -> None:
    chosen = choose_levels(people, LEVELS)
    assert check_disclosure(people, {name: one.tell for name, one in chosen.items()}).is_safe or (
        chosen == {}
    )
    shuffled = list(people)
    chance.shuffle(shuffled)
    assert tell_limits(choose_levels(shuffled, LEVELS)) == tell_limits(chosen)
