"""How many commits with their sync this disk does, against the four a second that are needed."""

import time
from pathlib import Path

import pytest

from gateway.journal.entries import Observation
from gateway.journal.folder import create_file
from gateway.journal.sqlite_journal import SqliteJournal
from gateway.journal.store_mode import choose_store_mode
from protocol.identifiers import BootId, Epoch, StrapId
from protocol.moments import ReceivedAt

pytestmark = pytest.mark.bench

N_COMMITS = 200
VALUES_A_COMMIT = 12  # 15 straps at 200 Hz send about 110 values a second; a commit each 100 ms
FRAME = bytes(229)  # PMD: 10 bytes of header and 36 samples of 6 bytes, less 3 of ATT


def test_journal_appends_with_their_sync(tmp_path: Path) -> None:
    path = tmp_path / "journal-1.sqlite"
    create_file(path, Epoch("e"))
    journal = SqliteJournal(path, choose_store_mode(False, (3, 40, 1)))
    at = ReceivedAt(BootId("3e1ba4a6-7b1e-4f0b-9d53-4ea2a4b44e0a"), 1, 1)
    values = [Observation(StrapId("51ADA001"), "2a37", at, FRAME)] * VALUES_A_COMMIT
    took_ms = []
    for _ in range(N_COMMITS):
        begun = time.perf_counter()
        journal.append(values)
        took_ms.append((time.perf_counter() - begun) * 1000)
    journal.close()
    took_ms.sort()
    per_second = 1000 * N_COMMITS / sum(took_ms)
    p99_ms = took_ms[N_COMMITS * 99 // 100]
    print(f"\njournal: {per_second:.0f} synced commits/s of {VALUES_A_COMMIT} values, "
          f"p99 {p99_ms:.1f} ms")  # fmt: skip
    assert journal.next_seq == N_COMMITS * VALUES_A_COMMIT + 1
