"""What was left running where heart rate alone is agreed to; requests as in ble-wire 3.4."""

import pytest

from gateway.clock import NS_PER_S
from gateway.straps.leftover import LIKELY, Leftover, begin, step, void
from gateway.straps.signals import Action, Answered, Command, Event, Subscribe, Tick
from protocol.ble import uuids
from protocol.ble.pmd import ControlAnswer


def stop(measurement: int) -> Command:
    return Command(bytes((3, measurement)), optional=True)


def answered(operation: int, status: int = 0, params: str = "") -> Answered:
    answer = ControlAnswer(operation, 0, status, more=False, params=bytes.fromhex(params))
    return Answered(answer, {})


def play(leftover: Leftover, *events: Event, at_s: float = 0) -> tuple[Leftover, list[Action]]:
    actions: list[Action] = []
    for event in events:
        leftover, more = step(leftover, event, round(at_s * NS_PER_S))
        actions += more
    return leftover, actions


@pytest.fixture
def asked() -> Leftover:
    return begin(Leftover(), 0)[0]


def test_the_strap_is_asked_what_runs() -> None:
    asked, actions = begin(Leftover(), 0)
    assert actions == [
        Subscribe(uuids.PMD_CONTROL_POINT, optional=True), Command(b"\x05", optional=True),
    ]  # fmt: skip
    assert asked.due_ns == 30 * NS_PER_S


def test_exactly_what_runs_live_is_stopped_one_after_the_other(asked: Leftover) -> None:
    """ble-wire 3.5: two upper bits 0 idle, 1 online, 2 offline, 3 both."""
    told, actions = play(asked, answered(5, params="40 82 c1 03"))
    assert actions == [stop(0)]
    next_one, actions = play(told, answered(3))
    assert actions == [stop(1)]
    done, actions = play(next_one, answered(3, status=6))
    assert (done.settled, done.due_ns, done.detail, actions) == (True, None, None, [])


def test_where_nothing_runs_nothing_is_written_on_this_link_or_the_next(asked: Leftover) -> None:
    done, actions = play(asked, answered(5, params="00 02"))
    assert (done.settled, actions) == (True, [])
    assert begin(void(done), 0) == (void(done), [])


@pytest.mark.parametrize("refusal", [answered(5, status=1), answered(0, status=10)])
def test_a_strap_that_cant_tell_is_asked_to_stop_what_an_h10_measures(
    asked: Leftover, refusal: Answered
) -> None:
    told, actions = play(asked, refusal, answered(3, status=6), answered(3, status=99))
    assert actions == [stop(number) for number in LIKELY] == [stop(2), stop(0)]
    assert (told.settled, told.detail) == (True, None)


def test_a_running_measurement_that_refuses_to_stop_is_told_and_tried_on_one_more_link(
    asked: Leftover,
) -> None:
    done, _ = play(asked, answered(5, params="42"), answered(3, status=12))
    assert not done.settled
    assert done.detail == ("measurement 2 may run although nobody agreed to it: invalid_state")
    again, actions = begin(void(done), 0)
    assert Command(b"\x05", optional=True) in actions
    assert begin(void(again), 0)[1] == []


def test_a_measurement_that_may_run_is_told_on_every_later_link(asked: Leftover) -> None:
    """Goes red if the lamp forgets it with the link, or once nothing more is tried."""
    first, _ = play(asked, answered(5, params="42"), answered(3, status=12))
    second, _ = begin(void(first), 0)
    assert second.detail == first.detail
    blind, _ = play(second, Tick(), answered(3, status=99), answered(3, status=6), at_s=30)
    assert (blind.settled, blind.detail) == (False, first.detail)  # a refusal stops nothing
    third, actions = begin(void(blind), 0)
    assert (third.detail, actions) == (first.detail, [])
    assert void(third).detail == first.detail


@pytest.mark.parametrize(
    "proof", [[answered(5, params="02")], [answered(5, params="42"), answered(3)],
              [answered(5, status=1), answered(3, status=6), answered(3, status=6)]],
)  # fmt: skip
def test_once_it_is_known_to_be_stopped_nothing_is_told(
    asked: Leftover, proof: list[Answered]
) -> None:
    first, _ = play(asked, answered(5, params="42"), answered(3, status=12))
    second, _ = begin(void(first), 0)
    done, _ = play(second, *proof)
    assert (done.settled, done.detail) == (True, None)


def test_what_surely_runs_as_the_link_is_lost_is_told_on_the_next(asked: Leftover) -> None:
    told, _ = play(asked, answered(5, params="42"))
    assert told.detail is None
    assert void(told).detail == (
        "measurement 2 may run although nobody agreed to it: the link was lost before it stopped"
    )
    assert void(asked).detail is None


def test_a_strap_that_answers_nothing_is_waited_for_30_s_a_request(asked: Leftover) -> None:
    assert play(asked, Tick(), at_s=29.9)[1] == []
    blind, actions = play(asked, Tick(), at_s=30)
    assert actions == [stop(2)]
    blind, actions = play(blind, Tick(), at_s=60)
    assert actions == [stop(0)]
    done, actions = play(blind, Tick(), at_s=90)
    assert (done.settled, done.due_ns, actions) == (False, None, [])
    assert "it doesn't answer" in (done.detail or "")


def test_a_late_answer_changes_nothing(asked: Leftover) -> None:
    done, _ = play(asked, answered(5, params="02"))
    for late in (answered(5, params="42"), answered(3), answered(2, status=6)):
        assert play(done, late) == (done, [])
    assert play(asked, answered(2)) == (asked, [])
