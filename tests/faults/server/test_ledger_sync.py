"""Entries are acknowledged after a sync, never on a full disk, never after a failed sync."""

from pathlib import Path

import httpx
import pytest

from protocol.ledger.event import LedgerEvent
from server.sessions.ledger import read_events
from tests.faults.server.syscalls import (
    SYNCS,
    count_answers_without_sync,
    count_refused_syncs,
    tracer,
)
from tests.faults.server.test_sync import ACK_BEFORE_COMMIT, SYNC_NORMAL, SYNC_OFF
from tests.ledger_entries import SESSION, Tablet, to_json
from tests.server_process import ServerProcess
from tests.studies import Study, make_study
from tests.tablet_client import EVENTS, TabletClient, sign_in_trainer

pytestmark = pytest.mark.faults

N_POSTS = 10


@pytest.fixture
def study(tmp_path: Path) -> Study:
    return make_study(tmp_path / "study")


@pytest.fixture
def headers(study: Study) -> dict[str, str]:
    with study.open() as storage:
        return sign_in_trainer(storage)


def _notes(n: int) -> list[LedgerEvent]:
    tablet = Tablet()
    return [tablet.write("note", "P01", {"text": f"{number}"}) for number in range(n)]


def _stored(study: Study) -> list[LedgerEvent]:
    with study.open() as storage, storage.database.reading() as connection:
        return [one.event for one in read_events(connection, SESSION)]


def _trace_posts(study: Study, headers: dict[str, str], trace: Path, mutant: str = "") -> int:
    with ServerProcess(study, prefix=tracer(trace), mutant=mutant) as server:
        with TabletClient(server.url, headers) as client:
            for event in _notes(N_POSTS):
                assert client.post([event]) == ["new"]
        server.stop()
    return count_answers_without_sync(trace)


def test_a1_every_answer_to_a_post_follows_a_sync_of_its_own(
    study: Study, headers: dict[str, str], tmp_path: Path
) -> None:
    assert _trace_posts(study, headers, tmp_path / "trace") == 0


@pytest.mark.parametrize("mutant", [SYNC_OFF, SYNC_NORMAL, ACK_BEFORE_COMMIT])
def test_a1_the_check_above_sees_every_mutant(
    study: Study, headers: dict[str, str], tmp_path: Path, mutant: str
) -> None:
    assert _trace_posts(study, headers, tmp_path / "trace", mutant) >= 1


def _post_until_it_ends(client: TabletClient, events: list[LedgerEvent]) -> int:
    """How many posts were acknowledged."""
    for n_acknowledged, event in enumerate(events):
        try:
            client.post([event])
        except httpx.TransportError:
            return n_acknowledged
    pytest.fail("the server outlived its failed sync")


def test_a5_a_failed_sync_ends_the_server_and_what_was_answered_is_there(
    study: Study, headers: dict[str, str], tmp_path: Path
) -> None:
    trace = tmp_path / "trace"
    failing = tracer(trace, "-e", f"inject={SYNCS}:error=EIO:when=12+")
    events = _notes(100)
    with (
        ServerProcess(study, prefix=failing) as server,
        TabletClient(server.url, headers) as client,
    ):
        n_acknowledged = _post_until_it_ends(client, events)
        assert server.wait(timeout_s=10) == 74
    assert n_acknowledged >= 1
    assert count_refused_syncs(trace) == 1
    assert _stored(study)[:n_acknowledged] == events[:n_acknowledged]


def test_a6_a_full_disk_acknowledges_no_entry_and_recovers_by_itself(
    study: Study, headers: dict[str, str], tmp_path: Path
) -> None:
    full = tracer(tmp_path / "trace", "-e", "inject=pwrite64:error=ENOSPC:when=60..75")
    events, acknowledged = _notes(60), []
    statuses: set[int] = set()
    with (
        ServerProcess(study, prefix=full) as server,
        httpx.Client(base_url=server.url, headers=headers, trust_env=False, timeout=20) as http,
    ):
        for event in events:
            answer = http.post(EVENTS, json=[to_json(event)])
            statuses.add(answer.status_code)
            if answer.status_code == 200:
                acknowledged.append(event)
            else:
                assert answer.json()["code"] == "storage_unavailable"
                assert int(answer.headers["retry-after"]) >= 1
        retried = http.post(EVENTS, json=[to_json(event) for event in events])
        assert retried.status_code == 200
        assert server.stop() == 0
    assert statuses == {200, 503}
    stored = _stored(study)
    assert {event.id for event in acknowledged} <= {event.id for event in stored}
    assert {event.id for event in stored} == {event.id for event in events}
