"""`doseline-server compact`: which records it takes, and what it says."""

import os
import time

import msgspec
import pytest

from protocol.ledger.instants import format_utc_ms, parse_utc_ms
from protocol.messages.uplink import NotificationRecord
from server.sessions.appending import Posting
from server.sessions.ledger import append_events
from server.storage import Storage
from tests.compacting import count_chunks
from tests.ledger_entries import SESSION, Tablet, planned, wearing
from tests.ledger_entries import minute as minute_of
from tests.server_process import run_command
from tests.studies import Study
from tests.unit.server.batches import STRAPS, record, upload

OTHER_SESSION = "01999999-0000-7000-8000-00000000beef"
WORN = "01999999-0000-7000-8000-0000000000a1"

BEGAN = format_utc_ms(time.time_ns() // 1_000_000 - 3_600_000)  # an hour ago


def minute(number: float) -> str:
    return minute_of(number, BEGAN)


def at_minute(seq: int, at: float) -> NotificationRecord:
    at_ns = parse_utc_ms(minute(at)) * 1_000_000
    monotonic_ns = at_ns - parse_utc_ms(minute(-60)) * 1_000_000
    fields = {"wall_ns": at_ns, "monotonic_ns": monotonic_ns, "strap": STRAPS[0]}
    return msgspec.structs.replace(record(seq), **fields)


def hold(storage: Storage, *, is_closed: bool) -> None:
    """A session from minute 10 to minute 20, and records before, in and after it."""
    tablet = Tablet()
    events = [
        tablet.write("session_planned", "session", planned("P01"), minute(0)),
        tablet.write("wearing", WORN, wearing("P01", STRAPS[0], minute(10)), minute(10)),
    ]
    if is_closed:
        events.append(tablet.write("session_closed", "session", {"summary": {}}, minute(20)))
    posting = Posting(SESSION, events, minute(30), "sara")
    storage.writer.write(lambda c: append_events(c, posting, os.urandom)).result()
    for seq, at in enumerate((5, 6, 12, 13, 18, 25), start=1):
        storage.writer.submit(upload([at_minute(seq, at)])).result()


def run_compact(study: Study, *words: str, exit_code: int = 0) -> str:
    done = run_command("compact", *words, *study.arguments)
    assert done.returncode == exit_code, done.stderr
    return done.stdout + done.stderr


def n_rows(study: Study) -> int:
    with study.connect() as database:
        return count_chunks(database)[0]


@pytest.fixture
def closed(study: Study) -> Study:
    with study.open() as storage:
        hold(storage, is_closed=True)
    return study


def test_it_takes_what_is_a_day_old_and_says_what_was_saved(closed: Study) -> None:
    assert run_compact(closed) == "nothing to compact\n"
    said = run_compact(closed, "--older-than", "0", "--dry-run")
    assert "6 notifications, 0.0 MB, would become 1 segment of 0.0 MB" in said
    assert said.endswith("nothing was changed\n")
    assert n_rows(closed) == 6
    said = run_compact(closed, "--older-than", "0")
    assert "6 notifications, 0.0 MB, became 1 segment" in said
    assert "gave its rows back before they went" in said
    assert ("the file keeps its size" in said) is (closed.database_url is None)
    assert n_rows(closed) == 0
    assert run_compact(closed, "--older-than", "0") == "nothing to compact\n"


@pytest.mark.parametrize("study", ["sqlite"], indirect=True)
def test_it_takes_one_closed_session_alone(closed: Study) -> None:
    said = run_compact(closed, "--older-than", "0", "--session", SESSION)
    assert "3 notifications" in said
    assert n_rows(closed) == 3


@pytest.mark.parametrize("study", ["sqlite"], indirect=True)
def test_what_belongs_to_a_running_session_stays(study: Study) -> None:
    with study.open() as storage:
        hold(storage, is_closed=False)
    said = run_compact(study, "--older-than", "0")
    assert "what belongs to 1 running session stays as it is\n" in said
    assert "2 notifications" in said
    assert n_rows(study) == 4


@pytest.mark.parametrize("study", ["sqlite"], indirect=True)
def test_a_session_that_is_not_closed_is_refused(study: Study) -> None:
    with study.open() as storage:
        hold(storage, is_closed=False)
    words = ("--older-than", "0", "--session")
    said = run_compact(study, *words, SESSION, exit_code=2)
    assert f"session {SESSION} is running; only a closed one is compacted" in said
    said = run_compact(study, *words, OTHER_SESSION, exit_code=2)
    assert f"no session {OTHER_SESSION} is in this study" in said
    assert n_rows(study) == 6


@pytest.mark.parametrize("study", ["sqlite"], indirect=True)
def test_it_works_beside_a_running_server(study: Study) -> None:
    with study.open() as storage:
        hold(storage, is_closed=True)
        assert "became 1 segment" in run_compact(study, "--older-than", "0")
        assert storage.writer.submit(upload([at_minute(1, 5)])).result().n_known == 1  # type: ignore[union-attr]
        assert [one.record.seq for one in storage.feed.read_after(0).records] == [*range(1, 7)]
