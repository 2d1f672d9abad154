"""Reading a recording, and every way in which one can be wrong."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from firmware_sim.errors import ScenarioError
from firmware_sim.strap.recording import H10_AT_REST, load_recording


def _good() -> dict[str, Any]:
    return {
        "durationMs": 2000,
        "metricEvents": [
            {"offsetMs": 342, "heartRateBpm": 80, "rrIntervalsMs": [720.7031]},
            {"offsetMs": 1173, "heartRateBpm": 81, "rrIntervalsMs": []},
        ],
        "accelerometer": {"sampleRateHz": 200, "unit": "mg", "samples": [[-551, 76, 819]]},
        "ecg": {"sampleRateHz": 130, "microvolts": [194, -5]},
    }


def _write(folder: Path, content: object) -> Path:
    path = folder / "recording.json"
    path.write_text(json.dumps(content))
    return path


def test_a_good_one(tmp_path: Path) -> None:
    recording = load_recording(_write(tmp_path, _good()))
    assert recording.duration_ns == 2_000_000_000
    assert recording.reports[0].rr_ticks == (738,)  # 738 / 1024 s = 720.703125 ms
    assert recording.acc_mg.tolist() == [[-551, 76, 819]]
    assert recording.ecg_uv.tolist() == [[194], [-5]]


def test_compressed_or_not_is_the_same(tmp_path: Path) -> None:
    packed = tmp_path / "recording.json.gz"
    packed.write_bytes(gzip.compress(json.dumps(_good()).encode()))
    plain = load_recording(_write(tmp_path, _good()))
    assert load_recording(packed).reports == plain.reports


def test_the_one_that_ships() -> None:
    recording = load_recording(H10_AT_REST)
    assert recording.acc_mg.shape == (12_000, 3)
    assert recording.ecg_uv.shape == (7800, 1)
    assert len(recording.reports) == 60


@pytest.mark.parametrize(
    ("place", "value", "told"),
    [
        (("durationMs",), 0, r"\$\.durationMs"),
        (("metricEvents",), [], r"\$\.metricEvents"),
        (("metricEvents", 0, "heartRateBpm"), 256, r"\$\.metricEvents\[0\]\.heartRateBpm"),
        (("metricEvents", 1, "offsetMs"), 300, r"metricEvents\[1\]\.offsetMs is 300"),
        (("metricEvents", 1, "offsetMs"), 2000, r"metricEvents\[1\]\.offsetMs is 2000"),
        (("metricEvents", 0, "rrIntervalsMs"), [721], r"metricEvents\[0\]\.rrIntervalsMs holds"),
        (("accelerometer", "samples"), [[1, 2]], r"\$\.accelerometer\.samples\[0\]"),
        (("accelerometer", "samples"), [[1, 2, 40_000]], r"\$\.accelerometer\.samples\[0\]\[2\]"),
        (("accelerometer", "sampleRateHz"), 100, "accelerometer.sampleRateHz is 100"),
        (("accelerometer", "unit"), "g", "accelerometer.unit is 'g'; it must be 'mg'"),
        (("ecg", "sampleRateHz"), 250, "ecg.sampleRateHz is 250"),
        (("ecg", "microvolts"), [], r"\$\.ecg\.microvolts"),
    ],
)
def test_each_mistake_is_told_with_file_and_place(
    tmp_path: Path, place: tuple[str | int, ...], value: object, told: str
) -> None:
    content: Any = _good()
    target = content
    for step in place[:-1]:
        target = target[step]
    target[place[-1]] = value
    path = _write(tmp_path, content)
    with pytest.raises(ScenarioError, match=told) as caught:
        load_recording(path)
    assert str(path) in str(caught.value)


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"", "not as its README says"),
        (b"offset,hr\n1,2\n", "not as its README says"),
        (b"\xff\xfe", "not as its README says"),
        (b"\x1f\x8bnot gzip", "can't be read"),
        (gzip.compress(b"{}", mtime=0)[:-6], "can't be read"),
    ],
)
def test_files_that_are_something_else(tmp_path: Path, raw: bytes, told: str) -> None:
    path = tmp_path / "recording.json"
    path.write_bytes(raw)
    with pytest.raises(ScenarioError, match=told):
        load_recording(path)


def test_no_file_at_all(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="can't be read"):
        load_recording(tmp_path / "absent.json")
    with pytest.raises(ScenarioError, match="can't be read"):
        load_recording(tmp_path)
