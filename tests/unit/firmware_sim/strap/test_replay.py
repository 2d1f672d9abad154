"""A replay gives back exactly what was recorded."""

import numpy as np
import pytest

from firmware_sim.errors import ScenarioError
from firmware_sim.strap.recording import H10_AT_REST, Recording, load_recording
from firmware_sim.strap.replay import ReplayedHeart, ReplayedSignal, replay_wearer

SECOND_NS = 10**9


@pytest.fixture(scope="module")
def recording() -> Recording:
    return load_recording(H10_AT_REST)


def test_the_heart_says_it_all_at_its_time_and_again(recording: Recording) -> None:
    heart = ReplayedHeart(recording, 7)
    minute = heart.take_until(7 + 60 * SECOND_NS)
    assert [each.bpm for each in minute] == [each.bpm for each in recording.reports]
    assert [each.rr_ticks for each in minute] == [each.rr_ticks for each in recording.reports]
    assert minute[0].at_ns == 7 + 342_000_000
    again = heart.take_until(7 + 120 * SECOND_NS)
    assert [each.at_ns - 60 * SECOND_NS for each in again] == [each.at_ns for each in minute]


@pytest.mark.parametrize(("rate_hz", "step"), [(200, 1), (100, 2), (50, 4), (25, 8)])
def test_samples_are_the_recorded_ones(recording: Recording, rate_hz: int, step: int) -> None:
    signal = ReplayedSignal(recording.acc_mg, 200, 0)
    signal.start(rate_hz, 0)
    count = 12_000 // step
    assert np.array_equal(signal.take(count, 0, 0), recording.acc_mg[::step])
    assert np.array_equal(signal.take(1, 0, 0)[0], recording.acc_mg[0])


def test_a_stream_begins_where_the_recording_has_got_to(recording: Recording) -> None:
    signal = ReplayedSignal(recording.acc_mg, 200, 0)
    signal.start(200, 61 * SECOND_NS)
    assert signal.take(1, 0, 0)[0].tolist() == recording.acc_mg[200].tolist()
    signal.skip(99)
    assert signal.take(1, 0, 0)[0].tolist() == recording.acc_mg[300].tolist()


def test_a_rate_that_does_not_divide_is_refused(recording: Recording) -> None:
    with pytest.raises(ScenarioError, match="200 Hz can't be replayed at 52 Hz"):
        ReplayedSignal(recording.acc_mg, 200, 0).start(52, 0)


def test_a_wearer_has_all_three(recording: Recording) -> None:
    wearer = replay_wearer(recording, 0)
    wearer.ecg_uv.start(130, 0)
    assert wearer.ecg_uv.take(2, 0, 0).tolist() == recording.ecg_uv[:2].tolist()
    assert wearer.heart.next_ns() == 342_000_000
