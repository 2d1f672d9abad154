"""The table of strap states: when each one holds, and which one wins."""

import pytest

from server.live.events import StrapEvent
from server.live.strap_state import SHAPES, State, Verdict, format_minutes, judge, name_signal
from tests.unit.server.live.strap_events import (
    S,
    battery,
    beating,
    data,
    fold,
    heart,
    link,
    moving,
)


def judge_at(seconds: float, *events: StrapEvent) -> Verdict:
    return judge(fold(*events), round(seconds * S))


def test_good() -> None:
    assert judge_at(30.5, *beating(30)) == Verdict(State.GOOD, "Good")


@pytest.mark.parametrize(("now_s", "state"), [(14.9, State.UNKNOWN), (15.0, State.GOOD)])
def test_unknown_for_fifteen_seconds(now_s: float, state: State) -> None:
    assert judge_at(now_s, *beating(14)).state is state


@pytest.mark.parametrize(
    ("now_s", "state"), [(32.9, State.GOOD), (33.0, State.WEAK), (39.9, State.WEAK)]
)
def test_weak_when_data_is_late(now_s: float, state: State) -> None:
    assert judge_at(now_s, *beating(30)).state is state


def test_weak_when_a_tenth_is_lost() -> None:
    lossy = [*beating(30), *beating(40, from_s=35)]
    verdict = judge_at(40.2, *lossy)
    assert (verdict.state, verdict.act) == (State.WEAK, "Turn towards the gateway.")
    assert judge_at(60.0, *lossy, *beating(60, from_s=41)).state is State.WEAK
    assert judge_at(66.0, *lossy, *beating(66, from_s=41)).state is State.GOOD


@pytest.mark.parametrize(
    ("rssi_dbm", "name"),
    [(-95, "weak"), (-85, "weak"), (-84, "fair"), (-71, "fair"), (-70, "strong"), (-40, "strong")],
)
def test_a_signal_has_a_word(rssi_dbm: int, name: str) -> None:
    assert name_signal(rssi_dbm) == name


def test_weak_when_the_signal_is_low_and_known_lately() -> None:
    assert judge_at(30.5, link(5, "streaming", -86), *beating(30)).state is State.WEAK
    assert judge_at(30.5, link(5, "streaming", -80), *beating(30)).state is State.GOOD
    assert judge_at(70.5, link(5, "streaming", -86), *beating(70)).state is State.GOOD


def test_weak_at_once_when_the_link_is_down() -> None:
    assert judge_at(31, *beating(30), link(30.5, "waiting")).state is State.WEAK


def test_no_contact_by_the_contact_bit_even_while_settling() -> None:
    verdict = judge_at(2.5, heart(1), heart(2, contact=False))
    assert verdict == Verdict(State.NO_CONTACT, "No contact?", "Wet and tighten.")


def test_no_contact_when_acceleration_goes_on_without_heart_rate() -> None:
    going_on = [data(30 + s / 5) for s in range(1, 20)]
    assert judge_at(33.9, *beating(30), *going_on).state is State.NO_CONTACT


def test_no_contact_when_a_pocket_walks() -> None:
    """ux, acceptance 5: told within 20 s."""
    pocket = [heart(30 + s, 101, None) for s in range(1, 20)]
    verdict = judge_at(49.5, *beating(30), *pocket, moving(49, 150.0))
    assert verdict.state is State.NO_CONTACT


@pytest.mark.parametrize(("now_s", "word"), [(40.0, "Lost 0:10"), (54.0, "Lost 0:24")])
def test_lost_counts_up(now_s: float, word: str) -> None:
    verdict = judge_at(now_s, *beating(30))
    assert (verdict.state, verdict.word) == (State.LOST, word)
    assert verdict.act == "Come closer, or take a spare strap."


def test_lost_says_when_the_gateway_is_the_one_that_is_silent() -> None:
    verdict = judge(fold(*beating(30)), 50 * S, gateway_silent=True)
    assert verdict.act == "The gateway is silent. It keeps its own copy."


def test_lost_says_when_the_strap_refuses() -> None:
    verdict = judge_at(50, *beating(30), link(31, "refused"))
    assert "Close the app" in verdict.act


def test_never_heard() -> None:
    assert judge_at(9, link(1, "connecting")).word == "Not heard"
    assert judge_at(9, link(1, "refused")).word == "Refused"


@pytest.mark.parametrize(("percent", "state"), [(14, State.BATTERY), (15, State.GOOD)])
def test_battery(percent: int, state: State) -> None:
    verdict = judge_at(30.5, battery(1, percent), *beating(30))
    assert verdict.state is state
    assert verdict.word == ("Battery 14 %" if percent == 14 else "Good")


def test_contact_comes_before_signal_and_signal_before_battery() -> None:
    weak = [battery(1, 5), *beating(30), *beating(40, from_s=36)]
    assert judge_at(40.5, *weak).state is State.WEAK
    assert judge_at(41.5, *weak, heart(41, contact=False)).state is State.NO_CONTACT


def test_movement_alone_is_unknown() -> None:
    moves = [data(s / 5) for s in range(150)]
    assert judge_at(30, *moves) == Verdict(
        State.UNKNOWN, "Unknown", "No heart rate comes. Check the strap."
    )


def test_a_model_without_a_clue_is_unknown() -> None:
    assert judge_at(30, *(heart(s, 90, None) for s in range(31))).state is State.UNKNOWN


def test_every_state_has_its_own_shape() -> None:
    assert set(SHAPES) == set(State)
    assert len(set(SHAPES.values())) == len(State)


@pytest.mark.parametrize(("seconds", "text"), [(9.99, "0:09"), (60, "1:00"), (754, "12:34")])
def test_minutes(seconds: float, text: str) -> None:
    assert format_minutes(seconds) == text
