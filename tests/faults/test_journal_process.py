"""The journal in a real process whose system calls fail or which dies in the middle of one."""

import os
import shutil
import signal
import statistics
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from gateway.journal.folder import JournalFolder
from gateway.journal.inspection import verify_file
from gateway.journal.store_mode import choose_store_mode
from protocol.identifiers import Epoch
from protocol.messages.uplink import NotificationRecord

pytestmark = pytest.mark.faults

ROOT = Path(__file__).parents[2]
DRIVER = Path(__file__).with_name("journal_driver.py")
STRACE = shutil.which("strace")
EXIT_JOURNAL_FAILED = 3
VALUES_A_SECOND = 200
BIG = 1 << 30

needs_strace = pytest.mark.skipif(STRACE is None, reason="strace is missing: apt install strace")


@dataclass(frozen=True)
class Run:
    """What a driver said, and how it ended."""

    returncode: int
    n_offered: int
    committed: int  # the highest number that it was promised
    offered_after_commit: int  # values offered after the last promise
    trace: list[str]


def drive(folder: Path, n_values: int, inject: str) -> Run:
    trace_file = folder.parent / "trace.txt"
    command = [
        str(STRACE),
        "-f",
        "-qq",
        "-o",
        str(trace_file),
        "-e",
        "trace=fsync,fdatasync,pwrite64",
    ]
    command += ["-e", f"inject={inject}", sys.executable, str(DRIVER), str(folder), str(n_values)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    ended = subprocess.run(  # noqa: S603 - our own driver
        command, capture_output=True, text=True, check=False, env=environment, timeout=60
    )
    lines = ended.stdout.splitlines()
    assert lines[:1] == ["started"] or ended.returncode != 0, ended.stderr
    promises = [n for n, line in enumerate(lines) if line.startswith("committed")]
    last = promises[-1] if promises else 0
    return Run(
        returncode=ended.returncode,
        n_offered=sum(line.startswith("offered") for line in lines),
        committed=int(lines[last].split()[1]) if promises else 0,
        offered_after_commit=sum(line.startswith("offered") for line in lines[last:]),
        trace=trace_file.read_text().splitlines(),
    )


def recovered(folder: Path) -> list[bytes]:
    """What a restart finds, with the numbers checked."""
    with JournalFolder(folder) as opened:
        journal, damaged = opened.open_journal(choose_store_mode(False, (3, 40, 1)), Epoch("new"))
        assert damaged == []
        assert journal.epoch == "e1"
        entries = journal.read_after(0, 100_000, BIG)
        journal.close()
    records = [entry for entry in entries if isinstance(entry, NotificationRecord)]
    assert [record.seq for record in records] == list(range(1, len(records) + 1))
    return [record.payload for record in records]


@needs_strace
def test_a5_a_sync_that_fails_ends_the_process_and_is_never_tried_again(tmp_path: Path) -> None:
    """Mutants that go red: taking the error for one that passes, catching it and going on."""
    folder = tmp_path / "journal"
    run = drive(folder, 2000, "fsync,fdatasync:error=EIO:when=20+")
    assert run.returncode == EXIT_JOURNAL_FAILED
    assert 0 < run.n_offered < 2000
    assert run.offered_after_commit <= VALUES_A_SECOND, (
        "more than a second went on as if all was well"
    )
    failed = [line for line in run.trace if "INJECTED" in line]
    assert len(failed) == 1, "a sync was tried again after one had failed"
    assert len(recovered(folder)) >= run.committed > 0


SYNC_POINTS = [9, 20, 21, 22]
WRITE_POINTS = [30, 40, 41, 42, 43, 44, 45, 46]


@needs_strace
@pytest.mark.parametrize(
    ("call", "when"),
    [("fdatasync", n) for n in SYNC_POINTS] + [("pwrite64", n) for n in WRITE_POINTS],
)
def test_a1_killed_in_any_system_call_keeps_what_was_promised(
    tmp_path: Path, call: str, when: int
) -> None:
    """Goes red if a number is called committed before its transaction is."""
    folder = tmp_path / "journal"
    run = drive(folder, 300, f"{call}:signal=KILL:when={when}")
    assert run.returncode in {-signal.SIGKILL, 128 + signal.SIGKILL}
    payloads = recovered(folder)
    assert len(payloads) >= run.committed
    assert payloads == [n.to_bytes(4) for n in range(len(payloads))]
    assert verify_file(folder / "journal-1.sqlite").finding is None


def test_a13_killed_costs_at_most_a_quarter_of_a_second(tmp_path: Path) -> None:
    """Counted in values; in most of five kills, as a starved process commits late for once."""
    lost = [_kill_after(100, tmp_path / str(n)) for n in range(5)]
    assert statistics.median(lost) <= VALUES_A_SECOND // 4, lost


def _kill_after(n_values: int, folder: Path) -> int:
    """How many values were offered and aren't on the disk."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(  # noqa: S603
        [sys.executable, str(DRIVER), str(folder), "100000"],
        stdout=subprocess.PIPE, env=environment, text=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        n_offered = 0
        for line in process.stdout:
            n_offered += line.startswith("offered")
            if n_offered >= n_values:
                process.kill()
                break
        n_offered += sum(line.startswith("offered") for line in process.stdout)
    return n_offered - len(recovered(folder))
