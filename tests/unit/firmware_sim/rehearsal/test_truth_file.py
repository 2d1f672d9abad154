"""The straps' account as it grows, and as truth.json."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from firmware_sim.errors import ProgramError
from firmware_sim.rehearsal.truth_file import TruthLog, read_truth, write_truth
from firmware_sim.rehearsal.verdict.evidence import (
    InjectedFault,
    LinkBegin,
    OrderedFault,
    RehearsedStrap,
)
from tests.unit.firmware_sim.rehearsal.evidence_by_hand import STRAP, healthy_run, sent_value

SENT_LINE = (
    '{"kind":"sent","strap":"51ADA001","characteristic":"2a37","monotonic_ns":1000000000000,'
    '"wall_ns":1700001000000000000,"payload_hex":"1046"}\n'
)


def test_lines_are_read_as_they_grow_and_never_half(tmp_path: Path) -> None:
    path = tmp_path / "truth.jsonl"
    log = TruthLog(path)
    log.read_on()  # the straps have not begun
    path.write_text(SENT_LINE + SENT_LINE[:30])
    log.read_on()
    assert log.sent == [sent_value(0, b"\x10\x46")]
    with path.open("a") as file:
        file.write(SENT_LINE[30:])
    log.read_on()
    assert len(log.sent) == 2


def test_faults_are_known_once_they_end_and_a_kill_ends_them(tmp_path: Path) -> None:
    path = tmp_path / "truth.jsonl"
    begin = {"kind": "fault_begins", "strap": STRAP, "fault": "fade", "from_monotonic_ns": 5}
    other = begin | {"fault": "drop", "strap": None}
    end = begin | {"kind": "fault", "to_monotonic_ns": 9}
    path.write_text("".join(json.dumps(line) + "\n" for line in (begin, other, end)))
    log = TruthLog(path)
    log.read_on()
    assert log.faults == [InjectedFault("fade", STRAP, 5, 9)]
    log.close_faults(20)
    assert log.faults[1:] == [InjectedFault("drop", None, 5, 20)]


def test_values_that_were_never_sent_are_not_truth(tmp_path: Path) -> None:
    path = tmp_path / "truth.jsonl"
    path.write_text(SENT_LINE.replace('"sent"', '"overflow"'))
    log = TruthLog(path)
    log.read_on()
    assert (log.sent, log.overflowed) == ([], [sent_value(0, b"\x10\x46")])


def test_answers_to_reads_are_kept_apart(tmp_path: Path) -> None:
    path = tmp_path / "truth.jsonl"
    path.write_text(SENT_LINE.replace('"sent"', '"answer"').replace("2a37", "read/2a19"))
    log = TruthLog(path)
    log.read_on()
    assert (log.sent, log.answers) == ([], [sent_value(0, b"\x10\x46", "read/2a19")])


def test_links_are_kept_with_their_moment(tmp_path: Path) -> None:
    path = tmp_path / "truth.jsonl"
    path.write_text('{"kind":"link","strap":"51ADA001","monotonic_ns":7}\n')
    log = TruthLog(path)
    log.read_on()
    assert log.links == [LinkBegin(STRAP, 7)]


def test_a_fault_that_begins_again_has_ended_before(tmp_path: Path) -> None:
    """The straps were killed at 7 and repeat what still lasts."""
    path = tmp_path / "truth.jsonl"
    begin = {"kind": "fault_begins", "strap": STRAP, "fault": "fade", "from_monotonic_ns": 5}
    again = begin | {"from_monotonic_ns": 7}
    end = again | {"kind": "fault", "to_monotonic_ns": 9}
    path.write_text("".join(json.dumps(line) + "\n" for line in (begin, again, end)))
    log = TruthLog(path)
    log.read_on()
    log.close_faults(20)
    assert log.faults == [InjectedFault("fade", STRAP, 5, 7), InjectedFault("fade", STRAP, 7, 9)]


def test_a_line_that_is_no_truth_is_told(tmp_path: Path) -> None:
    path = tmp_path / "truth.jsonl"
    path.write_text("{}\n")
    with pytest.raises(ProgramError, match="no truth"):
        TruthLog(path).read_on()


def test_truth_json_holds_everything(tmp_path: Path) -> None:
    truth, _, _ = healthy_run()
    stranger = RehearsedStrap("51ADA002", "generic", "HRM", None)
    fault = InjectedFault("kill_gateway", None, 5, 9)
    truth = replace(
        truth,
        straps=[*truth.straps, stranger],
        faults=[fault],
        ordered=[OrderedFault("delay", STRAP, 350.0)],
        overflowed=[sent_value(3, b"full")],
        answers=[sent_value(0, b"d", "read/2a19")],
        links=[LinkBegin(STRAP, 3)],
        window_ns=(5, 9),
    )
    write_truth(tmp_path / "truth.json", truth)
    assert read_truth(tmp_path / "truth.json") == truth
    assert json.loads((tmp_path / "truth.json").read_text())["simulated"] is True


def test_another_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "truth.json").write_text("[]")
    with pytest.raises(ProgramError, match="no account"):
        read_truth(tmp_path / "truth.json")
