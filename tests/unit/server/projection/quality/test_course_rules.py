"""Rules that compare a woman with her own earlier evenings. Values are typed here."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.projection.quality.finding import Finding
from server.projection.quality.history import find_usual
from server.projection.quality.rules import judge_course
from server.projection.quality.seen import EveningSigns, HeartSigns

FAST, SLOW = HeartSigns(84, 140, 13), HeartSigns(58, 104, 13)


def evening(place: int, **of: HeartSigns) -> EveningSigns:
    return EveningSigns(f"s{place}", 1000 * place, of)


def as_usual(n: int) -> list[EveningSigns]:
    return [evening(place, P01=FAST, P02=SLOW) for place in range(n)]


def judge(rule: str, evenings: list[EveningSigns]) -> list[Finding]:
    return [one for one in judge_course(evenings) if one.rule == rule]


def test_a_swap_after_three_evenings_is_suspected_with_both_signs() -> None:
    (found,) = judge("swap_suspected", [*as_usual(3), evening(3, P01=SLOW, P02=FAST)])
    assert (found.session, found.hit.participants) == ("s3", ("P01", "P02"))
    assert found.hit.facts == {
        "signs": [
            {"sign": "seated_bpm", "values": [58, 84], "usual": [84, 58]},
            {"sign": "mean_bpm", "values": [104, 140], "usual": [140, 104]},
        ]
    }


def test_two_evenings_are_no_history() -> None:
    assert judge("swap_suspected", [*as_usual(2), evening(2, P01=SLOW, P02=FAST)]) == []


def test_the_order_in_which_evenings_are_read_doesnt_matter() -> None:
    evenings = [evening(3, P01=SLOW, P02=FAST), *as_usual(3)]
    assert [one.session for one in judge("swap_suspected", evenings)] == ["s3"]


def test_what_comes_later_is_no_history() -> None:
    """Else each evening would open what was decided anew."""
    evenings = [
        evening(0, P01=SLOW, P02=FAST),
        *[evening(n, P01=FAST, P02=SLOW) for n in (1, 2, 3)],
    ]
    assert judge("swap_suspected", evenings) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (HeartSigns(69, 125, 13), HeartSigns(73, 119, 13)),  # 15 from her own is not far
        (SLOW, SLOW),  # only one of them is unlike herself
        (HeartSigns(47, 93, 13), FAST),  # 11 from the other's
        (HeartSigns(58, 140, 13), HeartSigns(84, 104, 13)),  # the other sign says no
        (HeartSigns(), HeartSigns()),
    ],
)
def test_no_swap(one: HeartSigns, other: HeartSigns) -> None:
    assert judge("swap_suspected", [*as_usual(3), evening(3, P01=one, P02=other)]) == []


def test_one_sign_is_enough_where_the_other_is_missing() -> None:
    one, other = HeartSigns(58, None, None), HeartSigns(84, None, None)
    (found,) = judge("swap_suspected", [*as_usual(3), evening(3, P01=one, P02=other)])
    assert [sign["sign"] for sign in found.hit.facts["signs"]] == ["seated_bpm"]


def test_means_are_compared_at_the_same_effort_only() -> None:
    one, other = HeartSigns(None, 104, 16), HeartSigns(None, 140, 16)
    assert judge("swap_suspected", [*as_usual(3), evening(3, P01=one, P02=other)]) == []
    near = HeartSigns(None, 104, 14), HeartSigns(None, 140, 12)
    assert judge("swap_suspected", [*as_usual(3), evening(3, P01=near[0], P02=near[1])])


def test_two_alike_tell_nothing_apart() -> None:
    a, b = HeartSigns(70), HeartSigns(84)  # 14 apart: not enough
    evenings = [evening(n, P01=a, P02=b) for n in range(3)]
    assert judge("swap_suspected", [*evenings, evening(3, P01=b, P02=a)]) == []


def test_both_must_be_unlike_themselves() -> None:
    a, b = HeartSigns(84), HeartSigns(64)
    evenings = [evening(n, P01=a, P02=b) for n in range(3)]
    near_both = HeartSigns(75)  # 11 from her own, 9 from the other's
    assert judge("swap_suspected", [*evenings, evening(3, P01=b, P02=near_both)]) == []


def test_a_suspected_evening_is_no_history_of_theirs() -> None:
    swapped = [evening(n, P01=SLOW, P02=FAST) for n in range(3, 8)]
    found = judge("swap_suspected", [*as_usual(3), *swapped])
    assert [one.session for one in found] == ["s3", "s4", "s5", "s6", "s7"]


@pytest.mark.parametrize(("seated", "fires"), [(99, False), (99.5, True), (68, True), (69, False)])
def test_seated_unlike_hers(seated: float, fires: bool) -> None:
    found = judge("seated_unlike_hers", [*as_usual(3), evening(3, P01=HeartSigns(seated))])
    assert [one.session for one in found] == ["s3"] * fires
    if fires:
        assert found[0].hit.facts["usual_bpm"] == 84


def test_a_suspected_swap_isnt_told_twice() -> None:
    evenings = [*as_usual(3), evening(3, P01=SLOW, P02=FAST, P03=SLOW)]
    assert judge("seated_unlike_hers", evenings) == []
    alone = [*as_usual(3), evening(3, P01=SLOW, P02=SLOW)]
    assert [one.subject for one in judge("seated_unlike_hers", alone)] == ["P01"]


def test_seated_needs_three_of_hers() -> None:
    assert judge("seated_unlike_hers", [*as_usual(2), evening(3, P01=HeartSigns(120))]) == []


SIGNS = st.builds(HeartSigns, *[st.none() | st.floats(30, 220)] * 2, st.none() | st.floats(6, 20))


@given(st.lists(st.dictionaries(st.sampled_from(["P01", "P02", "P03"]), SIGNS), max_size=8))
def test_whatever_was_measured_each_pair_is_suspected_at_most_once_an_evening(
    told: list[dict[str, HeartSigns]],
) -> None:
    evenings = [EveningSigns(f"s{place}", place, of) for place, of in enumerate(told)]
    found = list(judge_course(evenings))
    keys = [(one.session, one.rule, one.subject) for one in found]
    assert len(keys) == len(set(keys))  # the derived table's key


def test_usual_is_a_median() -> None:
    earlier = [HeartSigns(60, 100, 12), HeartSigns(62, 110, 13), HeartSigns(99, 190, 14)]
    usual = find_usual(earlier, 13)
    assert (usual.seated_bpm, usual.mean_bpm) == (62, 110)
    assert find_usual(earlier, 15).mean_bpm is None
    assert find_usual(earlier, None).mean_bpm is None
