"""`GET /api/v1/sessions/{id}/coverage`: what the archive holds of each strap's time, over HTTP."""

import time
from collections.abc import Iterator
from typing import Any

import httpx
import msgspec
import pytest

from protocol.ledger.event import LedgerEvent
from protocol.ledger.instants import format_utc_ms, parse_utc_ms
from protocol.messages.roster import ConsentedStream, RosterStrap
from protocol.messages.uplink import NotificationRecord
from server.gateways.roster import add_straps
from server.sessions.tables import LEDGER_EVENTS
from server.storage import Storage
from tests.compacting import compact_all
from tests.ledger_entries import SESSION, Tablet, planned, to_json, wearing
from tests.ledger_entries import minute as minute_of
from tests.sessions_app import SignedIn, create_sessions_app
from tests.studies import Study
from tests.unit.server.batches import record, upload

PATH = f"/api/v1/sessions/{SESSION}"
LOST, SILENT, MOVING = "51ADA001", "51ADA002", "51ADA003"

# Uploads are stamped by the machine's clock: the evening began ten minutes ago.
BEGAN = format_utc_ms(time.time_ns() // 1_000_000 - 600_000)


def minute(number: float) -> str:
    return minute_of(number, BEGAN)


@pytest.fixture
def storage(study: Study) -> Iterator[Storage]:
    with study.open() as opened:
        yield opened


def heart_rates(strap: str, first_seq: int, minutes: tuple[int, int]) -> list[NotificationRecord]:
    """One a second."""
    from_ms = parse_utc_ms(minute(minutes[0]))
    seconds = range(60 * (minutes[1] - minutes[0]))
    return [
        msgspec.structs.replace(
            record(first_seq + second, strap=strap), wall_ns=(from_ms + 1000 * second) * 1_000_000
        )
        for second in seconds
    ]


def archive(storage: Storage, records: list[NotificationRecord]) -> None:
    for at in range(0, len(records), 400):
        storage.writer.submit(upload(records[at : at + 400])).result()


async def ask(storage: Storage, *events: LedgerEvent, now: str) -> httpx.Response:
    app = create_sessions_app(storage, SignedIn(), lambda: parse_utc_ms(now) * 1_000_000)
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        if events:
            stored = await client.post(f"{PATH}/events", json=[to_json(one) for one in events])
            assert stored.status_code == 200, stored.text
        return await client.get(f"{PATH}/coverage")


def evening() -> list[LedgerEvent]:
    tablet = Tablet()
    worn = [("P01", LOST), ("P02", SILENT), ("P03", MOVING)]
    return [  # fmt: skip
        tablet.write("session_planned", "session", planned("P01", "P02", "P03"), minute(0)),
        *[
            tablet.write(
                "wearing",
                f"01999999-0000-7000-8000-0000000000a{place}",
                wearing(code, strap, minute(0)),
                minute(0),
            )
            for place, (code, strap) in enumerate(worn)
        ],
    ]


async def test_a_lost_strap_a_silent_one_and_one_that_may_not_tell(storage: Storage) -> None:
    hr, movement = ConsentedStream.HEART_RATE, ConsentedStream.MOVEMENT
    straps = [(LOST, "11", [hr]), (SILENT, "12", [hr]), (MOVING, "13", [movement])]
    add_straps(storage.database, [RosterStrap(s, "h10", label, agreed)
                                  for s, label, agreed in straps])  # fmt: skip
    archive(storage, [*heart_rates(LOST, 1, (0, 2)), *heart_rates(LOST, 121, (8, 10))])
    answer = await ask(storage, *evening(), now=minute(10))
    rows: list[dict[str, Any]] = answer.json()["rows"]
    told = [(one["participant"], one["label"], one["lost_s"], one["missing_reason"])
            for one in rows]  # fmt: skip
    assert told == [
        ("P01", "11", 361, None), ("P02", "12", None, "not_heard"),
        ("P03", "13", None, "not_agreed"),
    ]  # fmt: skip
    assert rows[0]["coverage_pct"] == round(100 * (1 - 360 / 599), 1)
    assert (rows[0]["worn_s"], rows[0]["unknown_s"]) == (600, 1)


async def test_compaction_changes_no_coverage(storage: Storage) -> None:
    archive(storage, [*heart_rates(LOST, 1, (0, 2)), *heart_rates(SILENT, 121, (1, 9))])
    before = await ask(storage, *evening(), now=minute(10))
    assert compact_all(storage.database).n_records == 600
    after = await ask(storage, now=minute(10))
    assert after.json() == before.json()
    assert after.json()["rows"][0]["lost_s"] > 0


async def test_before_anything_came_nothing_is_known(storage: Storage) -> None:
    answer = await ask(storage, *evening(), now=minute(10))
    assert {one["missing_reason"] for one in answer.json()["rows"]} == {"not_known_yet"}


async def test_there_is_no_coverage_of_a_session_that_nobody_knows(storage: Storage) -> None:
    assert (await ask(storage, now=minute(10))).status_code == 404


async def test_asking_writes_nothing(storage: Storage) -> None:
    await ask(storage, *evening(), now=minute(10))

    def count() -> int:
        with storage.database.reading() as connection:
            return len(connection.execute(LEDGER_EVENTS.select()).all())

    before = count()
    await ask(storage, now=minute(11))
    assert count() == before == len(evening())
