import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.live.events import BatterySeen, StrapEvent
from server.live.tile import compute_lost_share, fold_event
from tests.unit.server.live.strap_events import (
    S,
    at,
    battery,
    beating,
    data,
    fold,
    heart,
    link,
    moving,
)


def test_the_newest_heart_rate_stays_whatever_comes_late() -> None:
    state = fold(heart(10, 120), heart(9, 60))
    assert state.heart is not None
    assert state.heart.bpm == 120
    assert state.data is not None
    assert state.data.monotonic_ns == 10 * S


def test_a_new_boot_starts_anew_and_keeps_the_battery() -> None:
    state = fold(battery(1, 80), heart(5000, 120), heart(3, 90, boot="boot-2"))
    assert state.heart is not None
    assert state.heart.bpm == 90
    assert state.streaming_since_ns == 3 * S
    assert state.battery is not None
    assert state.battery.battery_pct == 80


@pytest.mark.parametrize("seconds", [1.0, 5000.0, 9e6])
def test_a8_what_is_owed_from_the_boot_before_replaces_nothing_live(seconds: float) -> None:
    """A damaged journal drains beside live values; by neither clock is the old boot the older."""
    state = fold(battery(1, 80), heart(5000, 120))
    owed: list[StrapEvent] = [
        heart(seconds, 60, boot="boot-0"),
        BatterySeen(at(seconds, "boot-0"), 5),
    ]
    for event in owed:
        assert fold_event(state, event, "boot-1") == state
    assert fold_event(None, owed[0], "boot-1").newest.boot_id == "boot-0"
    reborn = fold_event(state, heart(seconds, 90, boot="boot-2"), "boot-2")
    assert (reborn.newest.boot_id, reborn.battery) == ("boot-2", state.battery)


def test_a_lost_strap_that_comes_back_is_judged_afresh() -> None:
    state = fold(*beating(30), moving(30, 90.0), data(41))
    assert (state.heart, state.evidence, state.activity) == (None, None, None)
    assert state.streaming_since_ns == 41 * S


@pytest.mark.parametrize("phase", ["waiting", "connecting", "refused", "draining", "closed"])
def test_a_link_that_goes_down_ends_the_connection(phase: str) -> None:
    state = fold(*beating(30), link(31, phase))
    assert state.streaming_since_ns is None
    assert state.evidence is None
    assert fold_event(state, heart(33)).streaming_since_ns == 33 * S


def test_steps_of_a_living_link_end_nothing() -> None:
    state = fold(*beating(30), link(30, "features"), link(30.5, "streaming"))
    assert state.streaming_since_ns == 0
    assert state.evidence is not None


def test_lost_share_counts_silences_and_the_one_that_lasts() -> None:
    state = fold(*beating(40), data(45), data(46))
    assert compute_lost_share(state, 46 * S) == pytest.approx(4 / 30)
    assert compute_lost_share(state, 50 * S) == pytest.approx((4 + 3) / 30)


def test_old_silences_leave_the_window() -> None:
    state = fold(*beating(10), data(15), *beating(90, from_s=16))
    assert compute_lost_share(state, 90 * S) == 0
    later = fold_event(state, data(94))
    assert later.silences == ((90 * S, 94 * S),)


@given(st.lists(st.floats(0, 300), min_size=1, max_size=60))
def test_lost_share_is_a_share(seconds: list[float]) -> None:
    state = fold(*(data(s) for s in sorted(seconds)))
    for after_s in (0, 1, 5, 9, 31, 1000):
        share = compute_lost_share(state, round((max(seconds) + after_s) * S))
        assert 0 <= share <= 1


def test_links_and_batteries_are_no_data() -> None:
    assert fold(link(1, "connecting"), battery(2, 50)).data is None
