"""A strap's bytes of an evening, read back by the other hand's decoders."""

from random import Random

import pytest

from firmware_sim.physiology.artefacts import ArtefactRates
from firmware_sim.trial.body import Body, draw_body
from firmware_sim.trial.her_hour import build_hour
from firmware_sim.trial.strap_values import ACC_RATE_HZ, Value, send_heart, send_movement
from protocol.ble.heart_rate import decode_heart_rate_measurement
from protocol.ble.pmd import AccelerationFrame, decode_frame
from tests.unit.firmware_sim.trial.trial_evening import HEARTS, enter

S = 1_000_000_000


def _body(ordinal: int = 1) -> Body:
    entered = enter()
    code = min(entered.arrivals_ms)
    return draw_body(1, code, ordinal, build_hour(entered, code), HEARTS[code])


def _send(body: Body, losses_s: list[tuple[int, int]]) -> list[Value]:
    losses_ns = [(a * S, b * S) for a, b in losses_s]
    return [*send_heart(body.heart, (20 * S, 320 * S), losses_ns, Random(1))]


def test_about_one_value_a_second_holds_every_beat_since_it_was_put_on() -> None:
    values = _send(_body(), [])
    assert len(values) == 300
    assert all(20 * S <= value.at_ns < 320 * S for value in values)
    told = [decode_heart_rate_measurement(value.payload) for value in values]
    ticks = [rr for one in told for rr in one.rr_ticks]
    lasts_s = (values[-1].at_ns - values[0].at_ns) / S
    assert sum(ticks) / 1024 == pytest.approx(lasts_s, abs=2.5)  # a beat before and one after
    assert told[-1].bpm == pytest.approx(60 * 1024 * 20 / sum(ticks[-20:]), rel=0.1)


def test_without_skin_there_are_no_beats_and_soon_no_rate() -> None:
    values = _send(_body(), [(100, 120)])
    lost = [one for one in values if 100 * S <= one.at_ns < 120 * S]
    told = [decode_heart_rate_measurement(value.payload) for value in lost]
    assert all(one.rr_ticks == () for one in told)
    assert told[0].bpm > 0
    assert {one.bpm for one in told[7:]} == {0}
    assert decode_heart_rate_measurement(values[-1].payload).bpm > 0


def test_its_movement_is_sampled_while_it_is_worn() -> None:
    body = _body()
    values = [*send_movement(body.movement, (20 * S, 80 * S), Random(1))]
    told = [decode_frame(value.payload) for value in values]
    frames = [frame for frame in told if isinstance(frame, AccelerationFrame)]
    assert len(frames) == len(told)
    n_samples = sum(len(frame.samples) for frame in frames)
    assert n_samples == pytest.approx(60 * ACC_RATE_HZ, abs=ACC_RATE_HZ * 2)
    stamps = [frame.header.timestamp_ns for frame in frames]
    assert stamps[-1] - stamps[0] == pytest.approx(values[-1].at_ns - values[0].at_ns, rel=1e-3)


def test_the_same_seed_sends_the_same_bytes_and_another_evening_others() -> None:
    assert _send(_body(), []) == _send(_body(), [])
    assert _send(_body(), []) != _send(_body(ordinal=2), [])


def test_rates_of_trouble_in_the_heart_are_the_usual_ones() -> None:
    assert ArtefactRates().missed > 0  # else the notes of beats would prove nothing
