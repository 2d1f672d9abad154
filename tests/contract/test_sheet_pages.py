"""The printed sheet, its copy and what contradicts it, through the whole app."""

import re
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from html import unescape

import httpx
import pytest

from protocol.ledger.event import LedgerEvent
from protocol.messages.roster import ConsentedStream, RosterStrap
from server.app import create_app
from server.gateways.roster import add_straps
from server.people.roles import COPYISTS, Role
from server.sessions.domain.fold import fold_session
from server.sessions.ledger import read_events
from server.storage import Storage
from server.study.participant import Arm
from tests.dose_course import CODES, schedule, tell, write
from tests.enrolment import enrol_people
from tests.ledger_entries import Tablet, attending, logged, wearing
from tests.staff import SAME_SITE, add_person, begin_session, cookie
from tests.studies import Study

FIRST = datetime(2026, 11, 23, 17, tzinfo=UTC)
NOW = FIRST + timedelta(hours=20)
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
PRINTERS = {Role.TRAINER, Role.ASSISTANT, Role.RESEARCHER, Role.DATA_MANAGER}


@pytest.fixture
def storage(study: Study) -> Iterator[Storage]:
    with study.open() as opened:
        for role in Role:
            add_person(opened.database, role.value, role)
        enrol_people(opened.database, CODES, ("Tea", "Fig", "Sea"), Arm.TRAINING)
        straps = [RosterStrap(f"8AA87D0{n}", "h10", f"0{n}", list(ConsentedStream))
                  for n in (1, 2)]  # fmt: skip
        add_straps(opened.database, straps)
        yield opened


@pytest.fixture
def session(storage: Storage) -> str:
    return schedule(storage, FIRST)[0]


@pytest.fixture
async def client(storage: Storage) -> AsyncIterator[httpx.AsyncClient]:
    app = create_app(storage, wall_ns=lambda: round(NOW.timestamp() * 1e9))
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(
        transport=transport, base_url="http://127.0.0.1",
        headers=sign_in(storage, Role.DATA_MANAGER),
    ) as made:  # fmt: skip
        yield made


def sign_in(storage: Storage, role: Role) -> dict[str, str]:
    return {**SAME_SITE, **cookie(begin_session(storage.database, role.value))}


def at(minute: float) -> str:
    return tell(FIRST + timedelta(minutes=minute))


def read_entries(storage: Storage, session: str) -> list[LedgerEvent]:
    """Without the planning of the session itself."""
    with storage.database.reading() as connection:
        events = [one.event for one in read_events(connection, session)]
    return [one for one in events if one.kind != "session_planned"]


def fold(storage: Storage, session: str) -> dict[str, object]:
    with storage.database.reading() as connection:
        events = [one.event for one in read_events(connection, session)]
    return fold_session(events, tell(NOW))


async def read_sheet(client: httpx.AsyncClient, session: str) -> tuple[str, str]:
    """The page and the code of its print."""
    answer = await client.get(f"/sessions/{session}/sheet")
    assert answer.status_code == 200, answer.text
    found = re.search(r"Sheet ([0-9a-f]{4} [0-9a-f]{4} [0-9a-f]{4})", answer.text)
    assert found is not None
    return unescape(answer.text), found[1]


async def post(
    client: httpx.AsyncClient, session: str, of: str, act: str, fields: dict[str, str]
) -> httpx.Response:
    path = f"/sessions/{session}/transcribe?of={of}"
    return await client.post(path, data={**fields, "act": act}, headers=FORM)


async def test_dump(client: httpx.AsyncClient, session: str, storage: Storage) -> None:
    page, code = await read_sheet(client, session)
    __import__("pathlib").Path("/tmp/sheet.html").write_text(page)
    fields = {"sheet": code, "written_by": "trainer", "came": "present", "strap": "1",
              "ready_fall": "no", "t1r1_amount": "8", "t1r1_form": "good", "effort1": "12",
              "effort1_how": "said", "event1_at": "17:20", "event1_what": "dizzy",
              "stop_from": "17:20", "note": "tired after work"}
    shown = await post(client, session, "P01", "preview", fields)
    assert shown.status_code == 200, shown.text
    __import__("pathlib").Path("/tmp/preview.html").write_text(shown.text)
    assert read_entries(storage, session) == []
    stored = await post(client, session, "P01", "store", fields)
    assert stored.status_code == 303, stored.text
    for one in read_entries(storage, session):
        print(one)
    print(stored.headers["location"])
