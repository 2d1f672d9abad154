"""What the link machine does for acceleration's sake, and what that may cost heart rate."""

from dataclasses import replace

import pytest

from gateway.straps.movement import MOST_STARTS
from gateway.straps.phases import Phase
from gateway.straps.signals import (
    Command,
    Connect,
    Disconnect,
    FeaturesRead,
    Heard,
    StoppedByStrap,
    Subscribe,
    Tick,
    Uninvited,
    Unsubscribe,
)
from tests.unit.gateway.straps.link_script import (
    ACC,
    CP,
    HR,
    after_subscribing,
    answered,
    play,
    streaming,
)


def test_already_in_state_stops_and_starts_again_with_our_settings() -> None:
    link, _ = play(after_subscribing(), FeaturesRead(frozenset({2})), answered(1))
    link, actions = play(link, answered(2, status=6))
    assert actions == [Command(bytes.fromhex("0302"))]
    link, actions = play(link, answered(3, status=0, measurement=0))  # the echo isn't reliable
    assert actions == [Command(bytes.fromhex("02020001c8000101100002010800"))]
    assert play(link, answered(2))[0].phase is Phase.STREAMING


def test_a_small_mtu_means_a_new_link_but_never_costs_heart_rate_more_than_twice() -> None:
    link = after_subscribing()
    for round_number in range(3):
        started, _ = play(link, FeaturesRead(frozenset({2})), Heard(HR))
        # Seen on hardware: F0 00 01 0A, which echoes neither operation nor type.
        link, actions = play(started, answered(0, status=10, measurement=1))
        if round_number < 2:
            assert actions == [Disconnect(), Connect()]
            link = replace(after_subscribing(), n_broken=link.n_broken)
    assert actions == []
    assert link.phase is Phase.STREAMING
    assert link.detail == "the link's ATT_MTU is too small for this stream"


@pytest.mark.parametrize("status", [5, 7, 8, 9, 11])
def test_refused_settings_are_read_again(status: int) -> None:
    link, _ = play(after_subscribing(), FeaturesRead(frozenset({2})), answered(1))
    for _ in range(MOST_STARTS - 1):
        link, actions = play(link, answered(2, status=status))
        assert actions == [Command(bytes.fromhex("0102"))]
        link, actions = play(link, answered(1))
    link, actions = play(link, answered(2, status=status))
    assert (link.phase, actions) == (Phase.STREAMING, [])  # rests; heart rate goes on
    assert play(link, Heard(HR), Tick(), at_s=71)[1] == [Command(bytes.fromhex("0102"))]


def test_invalid_state_stops_the_stream_then_sdk_mode_one_request_at_a_time() -> None:
    link, _ = play(after_subscribing(), FeaturesRead(frozenset({2})), answered(1))
    link, actions = play(link, answered(2, status=12))
    assert actions == [Command(bytes.fromhex("0302"))]
    link, actions = play(link, answered(3))
    assert actions == [Command(bytes.fromhex("0309"))]
    _, actions = play(link, answered(3, measurement=9))
    assert actions == [Command(bytes.fromhex("02020001c8000101100002010800"))]


@pytest.mark.parametrize("named", [frozenset({2}), frozenset[int]()])
def test_a_stream_that_the_strap_stopped_is_started_again(named: frozenset[int]) -> None:
    _, actions = play(streaming(), StoppedByStrap(named))
    assert actions == [Command(bytes.fromhex("0102"))]
    assert play(streaming(), StoppedByStrap(frozenset({0})))[1] == []


def test_silent_acceleration_is_armed_and_started_again_then_the_link_is_given_up() -> None:
    link, actions = play(streaming(), Heard(HR), Tick(), at_s=12.9)
    assert actions == []
    link, actions = play(link, Heard(HR), Tick(), at_s=13)
    assert actions == [
        Unsubscribe(ACC), Unsubscribe(CP), Subscribe(CP), Subscribe(ACC),
        Command(bytes.fromhex("0302")),
    ]  # fmt: skip
    link, _ = play(link, answered(3), answered(2), at_s=14)
    link, actions = play(link, Heard(HR), Tick(), at_s=43.9)
    assert actions == []
    assert play(link, Heard(HR), Tick(), at_s=44)[1] == [Disconnect(), Connect()]


def test_ecg_does_not_keep_a_silent_acceleration_stream_alive() -> None:
    link, actions = play(streaming(), Uninvited(0), Heard(HR), at_s=12)
    assert actions == [Command(bytes.fromhex("0300"))]
    _, actions = play(link, Uninvited(0), Heard(HR), Tick(), at_s=13)
    assert Command(bytes.fromhex("0302")) in actions
