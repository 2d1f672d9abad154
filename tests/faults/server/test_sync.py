"""An answer comes after a sync, and a failed sync ends the server (promises A1 and A5)."""

from pathlib import Path

import httpx
import pytest

from tests.faults.server.all_records import read_all
from tests.faults.server.syscalls import (
    SYNCS,
    count_answers_without_sync,
    count_refused_syncs,
    tracer,
)
from tests.server_process import ServerProcess, Uploader, enrol
from tests.studies import Study, make_study
from tests.unit.server.batches import record

pytestmark = pytest.mark.faults

N_UPLOADS = 10

SYNC_OFF = """
import server.db.sqlite as sqlite
sqlite._SYNCHRONOUS_NUMBER["OFF"] = 0
sqlite.choose_journal_mode = lambda version: ("WAL", "OFF")
"""
SYNC_NORMAL = """
import server.db.sqlite as sqlite
sqlite._SYNCHRONOUS_NUMBER["NORMAL"] = 1
sqlite.choose_journal_mode = lambda version: ("WAL", "NORMAL")
"""
ACK_BEFORE_COMMIT = """
import contextlib, server.ingest.writer as writer
@contextlib.contextmanager
def commit_with_the_next_group(connection):
    if connection.in_transaction():
        connection.commit()
    connection.begin()
    yield connection
writer.committing = commit_with_the_next_group
"""


@pytest.fixture
def study(tmp_path: Path) -> Study:
    return make_study(tmp_path / "study")


def _trace_uploads(study: Study, tmp_path: Path, mutant: str = "") -> int:
    token, trace = enrol(study), tmp_path / "trace"
    with ServerProcess(study, prefix=tracer(trace), mutant=mutant) as server:
        with Uploader(server.url, token) as gateway:
            for seq in range(1, N_UPLOADS + 1):
                assert gateway.send(record(seq)).status_code == 200
        server.stop()
    return count_answers_without_sync(trace)


def test_a1_every_acknowledgement_follows_a_sync_of_its_own(study: Study, tmp_path: Path) -> None:
    assert _trace_uploads(study, tmp_path) == 0


@pytest.mark.parametrize("mutant", [SYNC_OFF, SYNC_NORMAL, ACK_BEFORE_COMMIT])
def test_a1_the_check_above_sees_every_mutant(study: Study, tmp_path: Path, mutant: str) -> None:
    assert _trace_uploads(study, tmp_path, mutant) >= 1


def _send_until_it_ends(gateway: Uploader) -> int:
    """How many uploads were acknowledged."""
    for seq in range(1, 100):
        try:
            answer = gateway.send(record(seq))
        except httpx.TransportError:
            return seq - 1
        assert answer.status_code == 200
    pytest.fail("the server outlived its failed sync")


def test_a5_a_failed_sync_ends_the_server_and_is_never_tried_again(
    study: Study, tmp_path: Path
) -> None:
    token, trace = enrol(study), tmp_path / "trace"
    failing = tracer(trace, "-e", f"inject={SYNCS}:error=EIO:when=8+")
    with ServerProcess(study, prefix=failing) as server, Uploader(server.url, token) as gateway:
        n_acknowledged = _send_until_it_ends(gateway)
        assert server.wait(timeout_s=10) == 74
    assert n_acknowledged >= 1
    assert count_refused_syncs(trace) == 1
    with study.open() as storage:
        found = read_all(storage)
        assert found[:n_acknowledged] == [record(seq) for seq in range(1, n_acknowledged + 1)]


def test_a5_a_failed_sync_of_a_checkpoint_ends_the_server_too(study: Study, tmp_path: Path) -> None:
    """SQLite keeps quiet about it when it checkpoints by itself; that's why we do it."""
    token, trace = enrol(study), tmp_path / "trace"
    path = str(study.path / "archive.sqlite3")
    failing = tracer(trace, "-P", path, "-e", f"inject={SYNCS}:error=EIO:when=1+")
    with ServerProcess(study, prefix=failing) as server, Uploader(server.url, token) as gateway:
        for first in range(1, 100_000, 400):
            payloads = [record(seq, bytes(2_000)) for seq in range(first, first + 400)]
            try:
                gateway.send(*payloads)
            except httpx.TransportError:
                break
        assert server.wait(timeout_s=10) == 74
    assert count_refused_syncs(trace) == 1
