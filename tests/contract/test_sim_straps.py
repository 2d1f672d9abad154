"""Whole straps over the seam: everything they send decodes, and a replay is the recording."""

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from firmware_sim.strap.fleet import build_straps
from firmware_sim.strap.recording import H10_AT_REST, load_recording
from firmware_sim.strap.strap import Outgoing, Strap
from protocol.ble import pmd, uuids
from protocol.ble.codecs import codec_for
from protocol.ble.heart_rate import decode_heart_rate_measurement
from protocol.ble.pmd import Measurement, Setting

START_NS = 123_456_789_000
SECOND_NS = 10**9
HR, DATA = uuids.HEART_RATE_MEASUREMENT, uuids.PMD_DATA
SHARED_DATA = Path(
    os.environ.get("DOSELINE_SHARED_DATA", Path(__file__).parents[3] / "shared" / "data")
)


def _connect(strap: Strap) -> None:
    strap.connect(START_NS)
    strap.exchange_mtu(232)
    strap.subscribe(uuids.PMD_CONTROL_POINT, notify=False, indicate=True)
    for name in (HR, DATA, uuids.BATTERY_LEVEL):
        strap.subscribe(name, notify=True, indicate=False)


def _start(strap: Strap, measurement: Measurement, chosen: dict[Setting, int]) -> None:
    """With the gateway's own request bytes, and its own reading of the answer."""
    request = pmd.encode_start(measurement, chosen)
    (answer,) = strap.write(uuids.PMD_CONTROL_POINT, request, START_NS)
    read = pmd.decode_control_point(answer.payload)
    assert isinstance(read, pmd.ControlAnswer)
    assert read.succeeded


def _acc(rate_hz: int) -> dict[Setting, int]:
    return {Setting.SAMPLE_RATE: rate_hz, Setting.RESOLUTION: 16, Setting.RANGE: 8}


def _samples(values: Sequence[Outgoing]) -> list[list[int]]:
    frames = [pmd.decode_frame(each.payload) for each in values if each.characteristic == DATA]
    return [
        list(sample)
        for frame in frames
        if isinstance(frame, pmd.AccelerationFrame)
        for sample in frame.samples
    ]


VERITY = {
    Setting.SAMPLE_RATE: 52,
    Setting.RESOLUTION: 16,
    Setting.RANGE: 8,
    Setting.CHANNELS: 3,
}


@pytest.mark.parametrize("model", ["h10", "verity", "generic"])
def test_everything_a_strap_sends_decodes(model: str) -> None:
    for strap in build_straps(8, model, start_ns=START_NS):
        _connect(strap)
        if model == "h10":
            _start(strap, Measurement.ACCELERATION, _acc(200))
            _start(strap, Measurement.ECG, {Setting.SAMPLE_RATE: 130, Setting.RESOLUTION: 14})
        if model == "verity":
            _start(strap, Measurement.ACCELERATION, VERITY)
        values = strap.tick(START_NS + 30 * SECOND_NS)
        assert len(values) >= 30
        for value in values:
            codec_for(value.characteristic).decode(value.payload)


def test_both_firmwares_of_a_verity_feel_the_same_gravity() -> None:
    """Raw counts times the factor of the start's answer, and milli-g, are one unit in the end."""
    for number, strap in enumerate(build_straps(4, "verity", start_ns=START_NS)):
        _connect(strap)
        request = pmd.encode_start(Measurement.ACCELERATION, VERITY)
        (answer,) = strap.write(uuids.PMD_CONTROL_POINT, request, START_NS)
        read = pmd.decode_control_point(answer.payload)
        assert isinstance(read, pmd.ControlAnswer)
        factor = pmd.decode_answer_settings(read).factor
        assert (factor is None) == (number % 2 == 0)
        frames = [
            pmd.decode_frame(each.payload)
            for each in strap.tick(START_NS + 20 * SECOND_NS)
            if each.characteristic == DATA
        ]
        samples = np.array(
            [
                sample
                for frame in frames
                if isinstance(frame, pmd.AccelerationFrame)
                for sample in frame.milli_g(factor)
            ]
        )
        assert len(samples) > 15 * 52
        assert np.median(np.linalg.norm(samples, axis=1)) == pytest.approx(1000, abs=40)


def test_hearts_on_the_wire_are_hearts() -> None:
    for strap in build_straps(15, start_ns=START_NS):
        _connect(strap)
        sent = strap.tick(START_NS + 60 * SECOND_NS)
        rates = [decode_heart_rate_measurement(each.payload) for each in sent]
        assert 59 <= len(rates) <= 60
        beats = [rr for each in rates for rr in each.rr_ticks]
        assert all(50 <= each.bpm <= 190 for each in rates[1:])
        assert 58 * 1024 < sum(beats) <= 61.5 * 1024  # one second apart, none lost or doubled


def test_a_replay_sends_the_recording_value_by_value() -> None:
    recording = load_recording(H10_AT_REST)
    (strap,) = build_straps(1, start_ns=START_NS, recording=recording)
    _connect(strap)
    _start(strap, Measurement.ACCELERATION, _acc(200))
    values = strap.tick(START_NS + 60 * SECOND_NS)
    rates = [
        decode_heart_rate_measurement(each.payload) for each in values if each.characteristic == HR
    ]
    assert [(each.bpm, each.rr_ticks) for each in rates] == [
        (each.bpm, each.rr_ticks) for each in recording.reports
    ]
    samples = _samples(values)
    assert len(samples) > 11_900
    assert samples == recording.acc_mg.tolist()[: len(samples)]


@pytest.mark.parametrize(("rate_hz", "step"), [(100, 2), (50, 4), (25, 8)])
def test_a_slower_replay_is_every_nth_sample(rate_hz: int, step: int) -> None:
    recording = load_recording(H10_AT_REST)
    (strap,) = build_straps(1, start_ns=START_NS, recording=recording)
    _connect(strap)
    _start(strap, Measurement.ACCELERATION, _acc(rate_hz))
    samples = _samples(strap.tick(START_NS + 30 * SECOND_NS))
    assert len(samples) > 28 * rate_hz
    assert samples == recording.acc_mg[::step][: len(samples)].tolist()


def test_the_recording_that_ships_is_the_one_that_was_given() -> None:
    source = SHARED_DATA / "h10-polarstream" / "preview-recording.json"
    if not source.exists():
        pytest.skip(f"the shared recordings are not at {SHARED_DATA}: set DOSELINE_SHARED_DATA")
    given: dict[str, Any] = json.loads(source.read_text())
    ours = load_recording(H10_AT_REST)
    assert ours.acc_mg.tolist() == given["accelerometer"]["samples"]
    assert ours.ecg_uv[:, 0].tolist() == given["ecg"]["microvolts"]
    for report, event in zip(ours.reports, given["metricEvents"], strict=True):
        assert report.offset_ns == event["offsetMs"] * 1_000_000
        assert report.bpm == event["heartRateBpm"]
        for rr_ticks, rr_ms in zip(report.rr_ticks, event["rrIntervalsMs"], strict=True):
            # The file's figures are binary32 with seven digits: whole ticks to within that.
            assert rr_ticks * 1000 / 1024 == pytest.approx(rr_ms, rel=1e-7)
