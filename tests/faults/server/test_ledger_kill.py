"""kill -9 while tablets post: what was acknowledged is there, once, and a retry is known."""

import os
import threading
from pathlib import Path
from random import Random

import httpx
import pytest

from protocol.ledger.event import LedgerEvent
from server.sessions.audit import check_chain
from server.sessions.audited_rows import read_audited_rows
from server.sessions.ledger import read_events
from tests.ledger_entries import SESSION, Tablet, minute
from tests.server_process import ServerProcess
from tests.studies import Study, make_study
from tests.tablet_client import TabletClient, sign_in_trainer

pytestmark = pytest.mark.faults

SEED = 20_261_130
# The answer is made when the commit is done: the server ends there, before it is sent.
DIES_AFTER_COMMIT = """
import os, server.sessions.api
server.sessions.api.view_posted = lambda *_: os.kill(os.getpid(), 9)
"""


def _stored(study: Study) -> list[LedgerEvent]:
    with study.open() as storage, storage.database.reading() as connection:
        assert check_chain(read_audited_rows(connection), []).findings == []
        return [one.event for one in read_events(connection, SESSION)]


def _make_study(tmp_path: Path) -> tuple[Study, dict[str, str]]:
    study = make_study(tmp_path / "study")
    with study.open() as storage:
        return study, sign_in_trainer(storage)


def test_e1_an_answer_lost_after_the_commit_makes_the_retry_known(tmp_path: Path) -> None:
    """The tablet sends again what it has no answer for, and nothing is doubled."""
    study, headers = _make_study(tmp_path)
    tablet = Tablet()
    events = [tablet.write("note", "P01", {"text": f"{n}"}) for n in range(3)]
    with (
        ServerProcess(study, mutant=DIES_AFTER_COMMIT) as server,
        TabletClient(server.url, headers) as client,
    ):
        with pytest.raises(httpx.TransportError):
            client.post(events)
        assert server.wait(10) == -9
    with ServerProcess(study) as server, TabletClient(server.url, headers) as client:
        assert client.post(events) == ["known", "known", "known"]
    assert _stored(study) == events


def _kill_rounds(tmp_path: Path, n_rounds: int) -> None:
    chance = Random(SEED)
    study, headers = _make_study(tmp_path)
    tablet = Tablet()
    acknowledged: list[LedgerEvent] = []
    queue: list[LedgerEvent] = []  # as a tablet keeps it: emptied by answers only
    for n_round in range(n_rounds):
        with ServerProcess(study) as server, TabletClient(server.url, headers) as client:
            timer = threading.Timer(chance.uniform(0.02, 0.3), server.kill)
            if n_round % 2:  # some of it is answered before, however slow this machine is
                queue.append(tablet.write("note", "P01", {"text": "x"}, minute(1)))
                client.post(queue)
                acknowledged += queue
                queue = []
            timer.start()
            try:
                while True:
                    queue.append(tablet.write("note", "P01", {"text": "x"}, minute(1)))
                    client.post(queue)
                    acknowledged += queue
                    queue = []
            except httpx.TransportError:
                timer.join()
    stored = _stored(study)
    assert acknowledged
    assert len(stored) == len({event.id for event in stored})
    assert stored[: len(acknowledged)] == acknowledged
    with ServerProcess(study) as server, TabletClient(server.url, headers) as client:
        client.post(queue)
    assert _stored(study) == acknowledged + queue


def test_e2_kill_9_at_any_moment_loses_and_doubles_no_entry(tmp_path: Path) -> None:
    _kill_rounds(tmp_path, n_rounds=4)


@pytest.mark.nightly
def test_e2_kill_9_many_times_loses_and_doubles_no_entry(tmp_path: Path) -> None:
    _kill_rounds(tmp_path, n_rounds=int(os.environ.get("DOSELINE_KILLS", "200")))
