"""kill -9 while tablets post: what was acknowledged is there, once, and a retry is known."""

import threading
from pathlib import Path
from random import Random

import httpx
import pytest

from protocol.ledger.event import LedgerEvent
from server.sessions.audit import check_chain
from server.sessions.audited_rows import read_audited_rows
from server.sessions.ledger import read_events
from tests.ledger_entries import SESSION, Tablet, minute, to_json
from tests.sessions_process import SessionsProcess
from tests.studies import Study, make_study

pytestmark = pytest.mark.faults

EVENTS = f"/api/v1/sessions/{SESSION}/events"
SEED = 20_261_130


def _post(url: str, events: list[LedgerEvent]) -> list[str]:
    """Results of a post. Raises httpx.TransportError when the server dies."""
    with httpx.Client(base_url=url, trust_env=False, timeout=20) as http:
        answer = http.post(EVENTS, json=[to_json(event) for event in events])
    assert answer.status_code == 200, answer.text
    return [row["result"] for row in answer.json()["results"]]


def _stored(study: Study) -> list[LedgerEvent]:
    with study.open() as storage, storage.database.reading() as connection:
        assert check_chain(read_audited_rows(connection), []).findings == []
        return [one.event for one in read_events(connection, SESSION)]


def test_an_answer_lost_after_the_commit_makes_the_retry_known(tmp_path: Path) -> None:
    """E1: the tablet sends again what it has no answer for, and nothing is doubled."""
    study = make_study(tmp_path / "study")
    tablet = Tablet()
    events = [tablet.write("note", "P01", {"text": f"{n}"}) for n in range(3)]
    with SessionsProcess(study.path, dies_after_commit=True) as server:
        with pytest.raises(httpx.TransportError):
            _post(server.url, events)
        assert server.wait(10) == -9
    with SessionsProcess(study.path) as server:
        assert _post(server.url, events) == ["known", "known", "known"]
    assert _stored(study) == events


def test_kill_9_at_any_moment_loses_and_doubles_no_entry(tmp_path: Path) -> None:
    chance = Random(SEED)
    study = make_study(tmp_path / "study")
    tablet = Tablet()
    acknowledged: list[LedgerEvent] = []
    queue: list[LedgerEvent] = []  # as a tablet keeps it: emptied by answers only
    for _ in range(6):
        with SessionsProcess(study.path) as server:
            timer = threading.Timer(chance.uniform(0.02, 0.3), server.kill)
            timer.start()
            try:
                while True:
                    queue.append(tablet.write("note", "P01", {"text": "x"}, minute(1)))
                    _post(server.url, queue)
                    acknowledged += queue
                    queue = []
            except httpx.TransportError:
                timer.join()
    stored = _stored(study)
    assert acknowledged
    assert len(stored) == len({event.id for event in stored})
    assert stored[: len(acknowledged)] == acknowledged
    with SessionsProcess(study.path) as server:
        _post(server.url, queue)
    assert _stored(study) == acknowledged + queue
