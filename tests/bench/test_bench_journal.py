"""Journal appends with their sync: a commit of fifteen straps' values, against one a value."""

import statistics
import time
import uuid
from collections.abc import Sequence
from pathlib import Path

import pytest

from gateway.journal.entries import Observation
from gateway.journal.folder import JournalFolder
from gateway.journal.sqlite_journal import SqliteJournal
from gateway.journal.store_mode import choose_store_mode
from protocol.ble import uuids
from protocol.identifiers import BootId, Epoch, StrapId
from protocol.moments import ReceivedAt
from tests.bench.conftest import BenchReport

pytestmark = pytest.mark.bench

N_COMMITS = 200
VALUES_A_COMMIT = 12  # fifteen straps at 200 Hz send about 110 values a second; a commit in 100 ms
NEEDED_COMMITS_PER_S = 10.0
FRAME = bytes(range(226))  # H10: 10 bytes of header and 36 samples of 6 bytes
AT = ReceivedAt(BootId("3e1ba4a6-7b1e-4f0b-9d53-4ea2a4b44e0a"), 1, 1)


def values(n: int) -> list[Observation]:
    return [Observation(StrapId(f"51ADA{k:03X}"), uuids.PMD_DATA, AT, FRAME) for k in range(n)]


def append_all(journal: SqliteJournal, groups: Sequence[Sequence[Observation]]) -> list[float]:
    """Milliseconds of each append, its sync included."""
    taken_ms = []
    for group in groups:
        start_s = time.perf_counter()
        journal.append(group)
        taken_ms.append((time.perf_counter() - start_s) * 1e3)
    return taken_ms


def test_journal_appends_with_their_sync(tmp_path: Path, bench_report: BenchReport) -> None:
    mode = choose_store_mode(False, (3, 40, 1))  # DELETE + EXTRA, the gateway's default
    with JournalFolder(tmp_path / "journal") as folder:
        journal, _ = folder.open_journal(mode, Epoch(str(uuid.uuid4())))
        one_by_one_ms = append_all(journal, [values(1)] * N_COMMITS)
        grouped_ms = append_all(journal, [values(VALUES_A_COMMIT)] * N_COMMITS)
        assert journal.next_seq == N_COMMITS * (1 + VALUES_A_COMMIT) + 1
        journal.close()
    commits_per_s = 1e3 / statistics.mean(grouped_ms)
    bench_report.write(
        f"journal append of {VALUES_A_COMMIT} values with its sync, DELETE + EXTRA",
        commits_per_s=commits_per_s,
        p50_ms=statistics.median(grouped_ms),
        p99_ms=statistics.quantiles(grouped_ms, n=100)[98],
        times_what_fifteen_straps_need=commits_per_s / NEEDED_COMMITS_PER_S,
        times_one_commit_a_value=(
            VALUES_A_COMMIT * statistics.mean(one_by_one_ms) / statistics.mean(grouped_ms)
        ),
    )
