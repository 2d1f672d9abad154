"""5.6: a ledger that somebody changed is found while the server runs, and people are told."""

import asyncio
import logging
import os
import threading
from collections.abc import Iterator

import httpx
import pytest
from sqlalchemy import text

from server.app import create_app
from server.sessions import audit_watch
from server.sessions.appending import Posting
from server.sessions.audit_watch import AuditWatch, verify_regularly
from server.sessions.ledger import append_events
from server.storage import Storage
from tests.ledger_entries import SESSION, Tablet, attending, minute
from tests.server_process import ServerProcess
from tests.studies import Study


@pytest.fixture
def storage(study: Study) -> Iterator[Storage]:
    with study.open() as opened:
        yield opened


def _write(storage: Storage, n_entries: int, device: str) -> None:
    tablet = Tablet(device)
    events = [tablet.write("attendance", "P01", attending()) for _ in range(n_entries)]
    posting = Posting(SESSION, events, minute(1), "sara")
    storage.writer.write(lambda c: append_events(c, posting, os.urandom)).result()


def _cut_off(storage: Storage, last: int) -> None:
    """As somebody would who owns the database: the tables refuse the server itself."""
    with storage.database.writing() as connection:
        for table in ("ledger_values", "ledger_events"):
            if storage.database.is_sqlite:
                rows = connection.execute(
                    text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :t"),
                    {"t": table},
                )
                for (name,) in rows.all():
                    connection.execute(text(f'DROP TRIGGER "{name}"'))
            else:
                connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER ALL"))
            connection.execute(text(f"DELETE FROM {table} WHERE n >= :n"), {"n": last})


async def _check(storage: Storage, watch: AuditWatch) -> None:
    """One check; the next would come in an hour."""
    before = watch.checked_wall_ns
    checking = asyncio.create_task(verify_regularly(storage.database, watch, every_s=3600))
    async with asyncio.timeout(20):
        while watch.checked_wall_ns == before:
            await asyncio.sleep(0.01)
    checking.cancel()
    await asyncio.wait([checking])


async def _ask(storage: Storage) -> tuple[int, str, str]:
    transport = httpx.ASGITransport(app=create_app(storage))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        health = await client.get("/health")
        counters = (await client.get("/metrics")).text
    (line,) = (x for x in counters.splitlines() if x.startswith("doseline_ledger_findings "))
    return health.status_code, health.json()["ledger"], line.split()[1]


async def test_a_ledger_that_was_cut_off_between_two_checks_is_told_everywhere(
    storage: Storage, caplog: pytest.LogCaptureFixture
) -> None:
    _write(storage, 1_003, "aaaaaaaaaaaaaaaa")
    assert await _ask(storage) == (200, "not checked yet", "NaN")
    await _check(storage, storage.audit)
    assert await _ask(storage) == (200, "whole", "0.0")
    assert storage.audit.head is not None
    assert storage.audit.head.n == 1_003
    _cut_off(storage, 1_003)
    with caplog.at_level(logging.CRITICAL):
        await _check(storage, storage.audit)
    assert await _ask(storage) == (200, "changed", "1.0")
    assert "entry 1003 was there when its head was noted (end_missing)" in caplog.text
    assert "doseline-server verify-audit" in caplog.text


async def test_a_later_page_is_checked_as_well(storage: Storage) -> None:
    _write(storage, 1_003, "aaaaaaaaaaaaaaaa")
    _cut_off(storage, 1_003)
    with storage.database.writing() as connection:
        connection.execute(text("UPDATE ledger_events SET about = 'P02' WHERE n = 1002"))
    await _check(storage, storage.audit)
    assert (storage.audit.word, storage.audit.n_findings) == ("changed", 1)


async def test_a_check_that_is_cancelled_lets_go_of_the_database_first(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading, go_on, done = threading.Event(), threading.Event(), threading.Event()
    n_pages = 0

    def read_page(*_: object) -> list[object]:
        nonlocal n_pages
        n_pages += 1
        reading.set()
        go_on.wait(20)
        done.set()
        return []

    monkeypatch.setattr(audit_watch, "_read_page", read_page)
    checking = asyncio.create_task(verify_regularly(storage.database, storage.audit))
    assert await asyncio.to_thread(reading.wait, 20)
    checking.cancel()
    await asyncio.sleep(0)
    assert not checking.done()
    go_on.set()
    await asyncio.wait([checking])
    assert (checking.cancelled(), done.is_set(), n_pages) == (True, True, 1)
    assert storage.audit.word == "not checked yet"


def test_serve_checks_at_its_start(study: Study) -> None:
    with study.open() as storage:
        _write(storage, 3, "aaaaaaaaaaaaaaaa")
    with ServerProcess(study) as server, httpx.Client(base_url=server.url) as client:
        for _ in range(200):
            if client.get("/health").json()["ledger"] == "whole":
                break
        assert client.get("/health").json()["ledger"] == "whole"
