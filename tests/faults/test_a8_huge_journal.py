"""A damaged journal however large: the straps don't wait for it, and memory stays small (A8)."""

import asyncio
import os
import random
import signal
import socket
import subprocess
import sys
import time
import tracemalloc
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import pytest

from gateway.journal.entries import Observation
from gateway.journal.folder import create_file
from gateway.journal.inheritance import is_handed_over
from gateway.journal.sqlite_journal import SqliteJournal
from gateway.journal.store_mode import choose_store_mode
from gateway.uplink.handover import Handover
from gateway.uplink.offering import Offering
from protocol.identifiers import BootId, Epoch, GatewayId, StrapId
from protocol.messages.codec import decode_batch
from protocol.messages.uplink import BatchReceipt, GapReason
from protocol.moments import ReceivedAt
from tests.unit.gateway.hand_clock import HandClock, InlineExecutor

pytestmark = pytest.mark.faults

ROOT = Path(__file__).parents[2]
PAGE = 4096
AT_ONCE = 5000
MIB = 1024 * 1024
LONGEST_WAIT_S = 60.0


def write_journal(file: Path, n_entries: int) -> None:
    """As 15 straps fill it; then its first page is gone, so that SQLite reaches nothing."""
    create_file(file, Epoch("old"))
    journal = SqliteJournal(file, choose_store_mode(False, (3, 40, 1)))
    boot = BootId("3e1ba4a6-7b1e-4f0b-9d53-4ea2a4b44e0a")
    for first in range(0, n_entries, AT_ONCE):
        numbers = range(first, min(first + AT_ONCE, n_entries))
        straps = [StrapId(f"51ADA{n % 15:03X}") for n in numbers]
        stamps = [ReceivedAt(boot, n * 10**7, n * 10**7) for n in numbers]
        rows = zip(straps, stamps, numbers, strict=True)
        journal.append([Observation(s, "2a37", at, n.to_bytes(4) * 57) for s, at, n in rows])
    journal.close()
    with file.open("r+b") as opened:
        opened.write(bytes(PAGE))


@dataclass
class Start:
    """One start of the program."""

    first_answer_s: float
    peak_bytes: int


def start_gateway(journal: Path, seconds: float) -> Start:
    """Until its status page answers, and some seconds more; the server is away."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    token = journal / "token"
    token.write_text("t" * 40)
    command = [sys.executable, "-m", "gateway", "run", "--server", "http://127.0.0.1:9"]
    command += ["--token-file", str(token), "--journal", str(journal), "--status", str(port)]
    log = (journal / "log").open("wb")
    started = time.monotonic()
    process = subprocess.Popen(  # noqa: S603 - our own program
        command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, stderr=log
    )
    try:
        first_answer_s = _wait_for_answer(f"http://127.0.0.1:{port}/status.json", started)
        time.sleep(seconds)
        return Start(first_answer_s, _peak_bytes(process.pid))
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=LONGEST_WAIT_S) == 0, (journal / "log").read_text()
        log.close()


def _wait_for_answer(address: str, started: float) -> float:
    while time.monotonic() - started < LONGEST_WAIT_S:
        try:
            urllib.request.urlopen(address, timeout=5).close()  # noqa: S310 - our own page
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.02)
        else:
            return time.monotonic() - started
    return pytest.fail("the gateway never came up")


def _peak_bytes(pid: int) -> int:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    return pytest.fail("no VmHWM")


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs Linux's /proc")
def test_a8_a_huge_damaged_journal_delays_the_start_by_nothing(tmp_path: Path) -> None:
    """Goes red if it is read before the straps are started, or all of it at once."""
    for name in ("plain", "beside"):
        (tmp_path / name).mkdir()
    write_journal(tmp_path / "beside" / "journal-1.sqlite", 200_000)
    plain = start_gateway(tmp_path / "plain", 0.0)
    beside = start_gateway(tmp_path / "beside", 5.0)
    assert beside.first_answer_s < plain.first_answer_s + 1.5
    assert beside.peak_bytes < plain.peak_bytes + 40 * MIB


class Counter:
    """A server and a recorder that only count."""

    def __init__(self) -> None:
        self.n_entries = 0

    async def post_batch(self, body: bytes) -> BatchReceipt:
        batch = decode_batch(body)
        self.n_entries += len(batch.records)
        return BatchReceipt(batch.first_seq + len(batch.records) - 1, "2026-11-22T12:00:00Z")

    def record(self, *_: object) -> None:
        pytest.fail("nothing of an old journal is recorded anew")

    def declare_gap(
        self,
        strap: StrapId,
        reason: GapReason,
        since: ReceivedAt,
        until: ReceivedAt,
        characteristic: str | None = None,
    ) -> None:
        pytest.fail("nothing is lost")

    async def sync(self) -> None:
        pytest.fail("only straps wait for it")

    async def commit(self) -> bool:
        return True


@pytest.mark.parametrize("n_entries", [6_000, 24_000])
async def test_a8_a_handover_of_any_length_takes_the_memory_of_one_bundle(
    tmp_path: Path, n_entries: int
) -> None:
    file = tmp_path / "journal-1.sqlite"
    write_journal(file, n_entries)
    counter, clock = Counter(), HandClock()
    offering = Offering(counter, clock, random.Random(1), lambda: GatewayId("gym"))
    tracemalloc.start()
    try:
        handover = Handover(counter, offering, clock, InlineExecutor())
        running = asyncio.create_task(handover.run(file))
        while not running.done():
            await clock.crank(10 * 10**9)
        running.result()
        _, peak_bytes = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (counter.n_entries, is_handed_over(file)) == (n_entries, True)
    assert peak_bytes < 8 * MIB
