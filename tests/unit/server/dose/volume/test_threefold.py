"""As logged, observed and the share between, by hand and by chance."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.dose.quantity import Missing
from server.dose.volume.threefold import Measured, SetState, compute_threefold

OBSERVED, ASSUMED, NOT_DONE = SetState.OBSERVED, SetState.ASSUMED, SetState.NOT_DONE
NOBODY_SAID = Missing.NOT_RECORDED


def test_a_volume_by_hand() -> None:
    """Seen 10 and 8, assumed 10, told of 6, sensed 9, one not done: 43, and 18 of it seen."""
    states = [OBSERVED, OBSERVED, ASSUMED, SetState.SELF_REPORT, SetState.SENSOR, NOT_DONE]
    amounts = [10.0, 8.0, 10.0, 6.0, 9.0, 10.0]
    sets = [Measured(*one) for one in zip(states, amounts, strict=True)]
    told = compute_threefold(sets, "repetitions")
    assert (told.as_logged.value, told.observed.value) == (43, 18)
    assert told.observed_share.value == pytest.approx(18 / 43)
    assert told.as_logged.unit == "repetitions"


def test_a_set_without_an_amount_leaves_no_sum_as_logged_but_what_was_seen() -> None:
    sets = [
        Measured(OBSERVED, 10.0),
        Measured(ASSUMED, NOBODY_SAID),
        Measured(NOT_DONE, NOBODY_SAID),
    ]
    told = compute_threefold(sets, "repetitions")
    assert (told.as_logged.missing, told.as_logged.coverage) == (NOBODY_SAID, 0.5)
    assert (told.observed.value, told.observed.flags) == (10, ())
    assert told.observed_share.missing is NOBODY_SAID


def test_an_observed_sum_says_that_it_lacks_a_set() -> None:
    sets = [Measured(OBSERVED, 10.0), Measured(OBSERVED, NOBODY_SAID)]
    observed = compute_threefold(sets, "repetitions").observed
    assert (observed.value, observed.flags) == (10, ("sets_without_amount",))


def test_observed_sets_without_any_amount_have_no_sum() -> None:
    told = compute_threefold([Measured(OBSERVED, Missing.NOT_MEASURED)], "N x repetitions")
    assert told.observed.missing is Missing.NOT_MEASURED
    assert told.as_logged.missing is Missing.NOT_MEASURED


def test_a_set_that_nobody_knows_of_is_no_zero() -> None:
    told = compute_threefold([Measured(SetState.UNKNOWN, 10.0)], "repetitions")
    for one in (told.as_logged, told.observed, told.observed_share):
        assert one.missing is Missing.NOT_RECORDED


def test_all_assumed_was_seen_as_zero() -> None:
    told = compute_threefold([Measured(ASSUMED, 10.0)], "repetitions")
    assert (told.as_logged.value, told.observed.value, told.observed_share.value) == (10, 0, 0)


def test_nothing_done_is_a_known_zero_with_no_share() -> None:
    told = compute_threefold([Measured(NOT_DONE, 10.0)], "repetitions")
    assert (told.as_logged.value, told.observed.value) == (0, 0)
    assert told.observed_share.missing is Missing.NOT_APPLICABLE


@given(
    st.lists(
        st.builds(Measured, st.sampled_from(SetState), st.floats(0, 100) | st.just(NOBODY_SAID))
    )
)
def test_as_logged_is_never_less_than_observed_and_the_unknown_is_never_zero(
    sets: list[Measured],
) -> None:
    told = compute_threefold(sets, "repetitions")
    is_known = all(
        one.state is NOT_DONE
        or (one.state is not SetState.UNKNOWN and not isinstance(one.amount, Missing))
        for one in sets
    )
    assert (told.as_logged.value is not None) is is_known
    if told.as_logged.value is not None:
        assert told.observed.value is not None
        assert told.as_logged.value >= told.observed.value
    if told.observed_share.value is not None:
        assert 0 <= told.observed_share.value <= 1
