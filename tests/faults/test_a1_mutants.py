"""A rehearsal's verdict must turn red when a program breaks a promise: the programs, broken.

Each mutant is the real program, started by a few lines that spoil one of its methods.
"""

import sys
from pathlib import Path

import pytest

from firmware_sim.rehearsal.lookout import Patience
from firmware_sim.scenario.faults import Fault, FaultKind
from tests.rehearsing import Rehearse, failed, list_programs, make_rehearse

pytestmark = [pytest.mark.faults, pytest.mark.timeout(180)]

SERVER_THAT_ANSWERS_BEFORE_IT_COMMITS = """
import sys, time
from server import cli
from server.ingest import writer

commit = writer.ArchiveWriter._commit

def answer_first(self, group):
    jobs = []
    for job in group:
        if job.upload is not None:
            last = max(entry.last_seq for entry in job.upload.entries)
            job.answer.set_result(writer.Stored(last, 0, 0))
            job = writer.Job(job.upload)
            job.answer.set_running_or_notify_cancel()
        jobs.append(job)
    time.sleep(1.5)
    commit(self, jobs)

writer.ArchiveWriter._commit = answer_first
sys.exit(cli.main())
"""

CARELESS_GATEWAY = """
import sys
from gateway import cli
from gateway.journal import group_commit

record = group_commit.GroupCommit.record
count = 0

def careless(self, strap, characteristic, received, payload):
    global count
    if characteristic == "read/2a19":
        return
    count += "/" not in characteristic
    if count % 40 == 10:
        return
    if count % 40 == 20:
        payload = payload[:-1] + bytes([payload[-1] ^ 1])
    if count % 40 == 30:
        record(self, strap, characteristic, received, payload)
    record(self, strap, characteristic, received, payload)

group_commit.GroupCommit.record = careless
sys.exit(cli.main())
"""

GATEWAY_THAT_HIDES_ITS_DEATH = """
import sys
from gateway import cli
from gateway.journal import sqlite_journal

sqlite_journal.SqliteJournal.unclosed = lambda self: {}
sys.exit(cli.main())
"""

GATEWAY_THAT_COMMITS_TOO_SELDOM = """
import sys
from gateway import cli
from gateway.journal import group_commit

group_commit.COMMIT_AFTER_NS = 30_000_000_000
sys.exit(cli.main())
"""

SERVER_WHOSE_PAGE_FREEZES = """
import sys
from server import cli
from server.live import hub

poll = hub.LiveHub.poll

def freeze(self):
    if self._n_polls < 36:
        poll(self)

hub.LiveHub.poll = freeze
sys.exit(cli.main())
"""


@pytest.fixture
def rehearse(tmp_path: Path) -> Rehearse:
    return make_rehearse(tmp_path / "evidence")


def _spoil(folder: Path, name: str, script: str) -> dict[str, tuple[str, ...]]:
    path = folder / f"spoiled_{name}.py"
    path.write_text(script, encoding="utf-8")
    return {**list_programs(), name: (sys.executable, str(path))}


def _kill(kind: FaultKind, at_s: float) -> Fault:
    return Fault(kind, at_s, options={"restart_after_s": 0.0})


async def test_a1_mutant_server_that_answers_before_it_commits(
    rehearse: Rehearse, tmp_path: Path
) -> None:
    # Behind the hole nothing drains, and the page shows nothing new.
    in_vain = Patience(drain_s=6.0, catch_up_s=2.0)
    programs = _spoil(tmp_path, "server", SERVER_THAT_ANSWERS_BEFORE_IT_COMMITS)
    # Nearly always some upload is answered and not yet committed, so that one kill would do.
    kills = [_kill(FaultKind.KILL_SERVER, at_s) for at_s in (1.3, 3.9)]
    verdict = await rehearse(5, kills, in_vain, n_straps=3, programs=programs)
    assert not verdict.passed
    assert "nothing lost" in failed(verdict)


async def test_a1_mutant_gateway_that_drops_alters_and_repeats(
    rehearse: Rehearse, tmp_path: Path
) -> None:
    programs = _spoil(tmp_path, "gateway", CARELESS_GATEWAY)
    verdict = await rehearse(4, n_straps=3, programs=programs)
    assert not verdict.passed
    assert failed(verdict).keys() >= {
        "nothing lost", "nothing altered", "nothing duplicated", "every answer to a read kept",
    }  # fmt: skip


async def test_a12_mutant_gateway_that_hides_its_death(rehearse: Rehearse, tmp_path: Path) -> None:
    programs = _spoil(tmp_path, "gateway", GATEWAY_THAT_HIDES_ITS_DEATH)
    kill = Fault(FaultKind.KILL_GATEWAY, 1.0, options={"restart_after_s": 2.0})
    verdict = await rehearse(6, [kill], n_straps=3, programs=programs)
    assert not verdict.passed
    assert "every silence declared" in failed(verdict)


async def test_a13_mutant_gateway_that_commits_too_seldom(
    rehearse: Rehearse, tmp_path: Path
) -> None:
    programs = _spoil(tmp_path, "gateway", GATEWAY_THAT_COMMITS_TOO_SELDOM)
    kill = _kill(FaultKind.KILL_GATEWAY, 3.0)  # by then nothing is on the disk
    soon = Patience(catch_up_s=2.0)  # nothing of the new life is on the page before its commit
    verdict = await rehearse(4, [kill], soon, n_straps=3, programs=programs)
    assert not verdict.passed
    assert "nothing lost" in failed(verdict)


async def test_d3_mutant_server_whose_page_freezes_amid_trouble_after_trouble(
    rehearse: Rehearse, tmp_path: Path
) -> None:
    """Its frames go on, a second each, and say the same for ever: about 9 s after its start."""
    in_vain = Patience(catch_up_s=7.0)  # longer than the verdict grants a value
    programs = _spoil(tmp_path, "server", SERVER_WHOSE_PAGE_FREEZES)
    kills = [_kill(FaultKind.KILL_GATEWAY, at_s) for at_s in (1.0, 4.0, 7.0)]
    verdict = await rehearse(10, kills, in_vain, n_straps=3, programs=programs)
    assert not verdict.passed
    assert failed(verdict).keys() == {"every heart rate reached the live page"}
