"""The truth log is whole lines, each on disk before the call returns."""

import json
from pathlib import Path

import pytest

from firmware_sim.errors import SimulatorError
from firmware_sim.truth import NoTruth, TruthLog


def test_each_line_is_there_at_once(tmp_path: Path) -> None:
    path = tmp_path / "truth.jsonl"
    log = TruthLog(path)
    log.sent("51ADA001", "2a37", b"\x10\x4a")
    (first,) = [json.loads(line) for line in path.read_text().splitlines()]
    assert first.pop("monotonic_ns") > 0
    assert first.pop("wall_ns") > 0
    assert first == {
        "kind": "sent", "strap": "51ADA001", "characteristic": "2a37", "payload_hex": "104a",
    }  # fmt: skip
    log.overflowed("51ADA001", "2a37", b"")
    log.linked("51ADA001")
    log.fault_begins("51ADA001", "fade", 5)
    log.fault_ended(None, "fade", 5, 9)
    lines = [json.loads(line) for line in path.read_text().splitlines()[1:]]
    assert [line["kind"] for line in lines] == [
        "overflow", "link", "fault_begins", "fault",
    ]  # fmt: skip
    assert lines[1].keys() == {"kind", "strap", "monotonic_ns"}
    assert lines[3] == {
        "kind": "fault", "strap": None, "fault": "fade",
        "from_monotonic_ns": 5, "to_monotonic_ns": 9,
    }  # fmt: skip
    log.close()


def test_a_restarted_program_appends(tmp_path: Path) -> None:
    path = tmp_path / "truth.jsonl"
    for _ in range(2):
        log = TruthLog(path)
        log.sent("51ADA001", "2a37", b"")
        log.close()
    assert len(path.read_text().splitlines()) == 2


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(SimulatorError, match="can't be written"):
        TruthLog(tmp_path / "no such folder" / "truth.jsonl")


def test_no_truth_takes_all() -> None:
    silent = NoTruth()
    silent.sent("s", "c", b"")
    silent.overflowed("s", "c", b"")
    silent.linked("s")
    silent.fault_begins(None, "f", 0)
    silent.fault_ended(None, "f", 0, 1)
