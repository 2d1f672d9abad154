"""One acceleration stream by itself; the ways that need the whole link are in test_link."""

from gateway.clock import NS_PER_S
from gateway.straps.movement import (
    FIRST_FRAME_NS,
    Movement,
    Stage,
    begin,
    rest,
    step,
    void,
)
from gateway.straps.signals import (
    Answered,
    Command,
    FeaturesRead,
    Heard,
    ReadFeatures,
    Tick,
    Uninvited,
)
from protocol.ble import uuids
from protocol.ble.pmd import ControlAnswer

FLOWING = Movement(stage=Stage.FLOWING, due_ns=FIRST_FRAME_NS, may_run=True)


def test_silence_allowed_is_four_spacings_and_never_below_three_seconds() -> None:
    """ble-wire 8.4; spacings of the table in ble-wire 4."""
    allowed_s = [
        Movement(spacing_ns=spacing_ms * 1_000_000).silence_ns / NS_PER_S
        for spacing_ms in (180, 360, 720, 1440)
    ]
    assert allowed_s == [3, 3, 3, 5.76]


def test_the_first_frame_may_take_30_s_the_next_one_not() -> None:
    late = 29 * NS_PER_S
    assert step(FLOWING, Tick(), late) == (FLOWING, [])
    flowing, _ = step(FLOWING, Heard(uuids.PMD_DATA), late)
    assert flowing.due_ns == late + 3 * NS_PER_S


def test_features_come_first_and_a_strap_without_acceleration_is_left_alone() -> None:
    asked, actions = begin(Movement(), 0)
    assert actions == [ReadFeatures()]
    off, actions = step(asked, FeaturesRead(frozenset({0})), 0)
    assert (off.stage, off.due_ns, actions) == (Stage.OFF, None, [])
    assert off.detail == "this strap measures no acceleration"


def test_a_new_link_voids_everything_but_the_plan() -> None:
    plan = Movement(rate_hz=50, spacing_ns=720_000_000, stage=Stage.FLOWING, n_starts=3)
    assert void(plan) == Movement(rate_hz=50, spacing_ns=720_000_000)


def test_a_rest_ends_by_asking_again() -> None:
    resting, _ = rest(Movement(), 0, "in the charger")
    again, actions = step(resting, Tick(), 60 * NS_PER_S)
    assert (again.stage, actions) == (Stage.SETTINGS, [Command(b"\x01\x02")])


def test_a_late_answer_changes_nothing() -> None:
    for operation, status in ((1, 0), (2, 6), (3, 0), (9, 99)):
        answer = ControlAnswer(operation, 2, status, more=False, params=b"")
        assert step(FLOWING, Answered(answer, {}), 0) == (FLOWING, [])


def test_a_stream_that_nobody_asked_for_is_stopped_once_and_again_after_30_s() -> None:
    ecg = Uninvited(0)
    flowing, actions = step(FLOWING, ecg, 0)
    assert actions == [Command(b"\x03\x00")]
    assert flowing.due_ns == FLOWING.due_ns  # it doesn't pass for acceleration
    assert step(flowing, ecg, 29 * NS_PER_S)[1] == []
    assert step(flowing, Uninvited(1), 29 * NS_PER_S)[1] == [Command(b"\x03\x01")]
    assert step(flowing, ecg, 30 * NS_PER_S)[1] == [Command(b"\x03\x00")]


def test_no_stop_goes_out_while_another_request_waits_for_its_answer() -> None:
    asked, _ = begin(Movement(), 0)
    assert step(asked, Uninvited(0), 0) == (asked, [])
