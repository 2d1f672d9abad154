"""The dose matrix through the whole app: what it shows, of when, and to whom."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from protocol.messages.roster import ConsentedStream, RosterStrap
from server.app import create_app
from server.db.sqlite import load_sqlite
from server.gateways.roster import add_straps
from server.people.roles import Role
from server.storage import Storage
from server.study.participant import Arm
from tests.contract.derived_pages import as_researcher, read_settled_page
from tests.dose_course import CODES, hold, rate, schedule, tell, write
from tests.enrolment import enrol_people
from tests.ledger_entries import Tablet
from tests.staff import add_person, begin_session, cookie
from tests.studies import Study

FIRST = datetime(2026, 11, 23, 17, tzinfo=UTC)
NOW = FIRST + timedelta(days=1, hours=20)


@pytest.fixture
def storage(study: Study) -> Iterator[Storage]:
    with study.open() as opened:
        for role in (Role.RESEARCHER, Role.ASSISTANT, Role.STATISTICIAN):
            add_person(opened.database, role.value, role)
        enrol_people(opened.database, CODES, ("Tea", "Fig", "Sea"), Arm.TRAINING)
        enrol_people(opened.database, ["P04"], ["Oak"], Arm.CONTROL)
        yield opened


@pytest.fixture
async def client(storage: Storage) -> AsyncIterator[httpx.AsyncClient]:
    async with as_researcher(storage, NOW) as made:
        yield made


async def read_settled(client: httpx.AsyncClient, path: str = "/dose") -> str:
    return await read_settled_page(client, path)


async def test_a_study_without_sessions_says_so(client: httpx.AsyncClient) -> None:
    page = await read_settled(client)
    assert "sessions schedule" in page
    assert "<table" not in page
    assert "SIMULATED" not in page


async def test_held_sessions_are_shown_and_those_ahead_are_empty(
    client: httpx.AsyncClient, storage: Storage
) -> None:
    ids = schedule(storage, FIRST)
    hold(storage, ids[0], FIRST)
    hold(storage, ids[1], NOW - timedelta(minutes=15), closes=False)
    page = await read_settled(client)
    assert "Worked out 2026-11-25 13:00 UTC" in page
    assert page.count('scope="row"') == len(CODES)
    assert page.count('class="cell"') == 24 * len(CODES)
    assert "20.8 %: 5 sets of 24 planned; only 60 % observed; adverse events: 1" in page
    assert "Absent: she wasn&#39;t there; 0 sets of 24 planned" in page
    assert "33.3 %: 8 sets of 24 planned; only 0 % observed; lighter that day" in page
    assert (
        page.count("so far, the session runs now") == 6
    )  # three cells, each in words and on hover
    assert "A session runs now" in page
    assert "P04" not in page  # who doesn't train has no row
    assert page.count("not held yet") >= 20 * len(CODES)


async def test_the_next_page_has_what_was_written_meanwhile(
    client: httpx.AsyncClient, storage: Storage
) -> None:
    ids = schedule(storage, FIRST)
    hold(storage, ids[0], FIRST)
    assert "Not recorded" in cell(await read_settled(client, "/dose?metric=srpe"), "P03", ids[0])
    late = Tablet("c" * 16).write("session_rpe", "P03", rate(13), tell(NOW))
    write(storage, ids[0], late)
    assert "of 75 planned" in cell(await read_settled(client, "/dose?metric=srpe"), "P03", ids[0])


def cell(page: str, participant: str, session: str) -> str:
    """The words of one cell."""
    start = page.index(f'data-session="{session}" data-participant="{participant}"')
    return page[start : page.index("</td>", start)]


async def test_a_cell_has_a_page_of_its_own_and_its_numbers_as_json(
    client: httpx.AsyncClient, storage: Storage
) -> None:
    ids = schedule(storage, FIRST)
    hold(storage, ids[0], FIRST)
    asked = f"/dose?metric=sets&session={ids[0]}&participant=P01"
    page = await read_settled(client, asked)
    assert 'id="card-title">P01 Tea · Sets<' in page
    answer = await client.get(f"/api/v1/sessions/{ids[0]}/dose/P01")
    content = answer.json()
    metrics = {(one["name"], one["category"]): one for one in content["metrics"]}
    assert metrics["sets_as_logged", None]["delivered"]["value"] == 5
    assert metrics["sets_as_logged", None]["ratio"]["value"] == 5 / 24
    assert metrics["srpe_load_au", None]["delivered"]["flags"] == ["converted"]
    assert metrics["sets_as_logged", None]["inputs_sha256"] in page
    assert (content["is_final"], content["marks"]["n_events"]) == (True, 1)
    assert set(content["cards"]) == {"sets", "repetitions", "tension", "srpe", "trimp", "work"}
    ahead = f"/dose?session={ids[5]}&participant=P01"
    assert 'id="card-title">P01<' in (await client.get(ahead)).text
    for nothing in (f"session={ids[0]}&participant=P99", "session=x&participant=P01", "metric=x"):
        shown = await client.get(f"/dose?{nothing}")
        assert (shown.status_code, "No cell chosen" in shown.text) == (200, True)


async def test_what_was_not_worked_out_is_not_found(
    client: httpx.AsyncClient, storage: Storage
) -> None:
    ids = schedule(storage, FIRST)
    hold(storage, ids[0], FIRST)
    await read_settled(client)
    for path in (f"{ids[0]}/dose/P99", f"{ids[1]}/dose/P01", "7/dose/P01"):
        answer = await client.get(f"/api/v1/sessions/{path}")
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
        assert answer.headers["content-type"].startswith("application/problem+json")


async def test_simulated_straps_are_told(client: httpx.AsyncClient, storage: Storage) -> None:
    schedule(storage, FIRST)
    add_straps(storage.database, [RosterStrap("51ADA001", "h10", "01", list(ConsentedStream))])
    assert "SIMULATED" in await read_settled(client)


@pytest.mark.parametrize("role", [Role.ASSISTANT, Role.STATISTICIAN])
async def test_who_is_blinded_or_only_helps_sees_no_page_no_number_and_no_link(
    client: httpx.AsyncClient, storage: Storage, role: Role
) -> None:
    ids = schedule(storage, FIRST)
    hers = cookie(begin_session(storage.database, role.value))
    page = await client.get("/dose", headers=hers)
    assert (page.status_code, page.headers["location"]) == (303, "/home")
    answer = await client.get(f"/api/v1/sessions/{ids[0]}/dose/P01", headers=hers)
    assert (answer.status_code, answer.json()["code"]) == (403, "not_permitted")
    assert "/dose" not in (await client.get("/home", headers=hers)).text


async def test_closed_sessions_are_worked_out_before_anybody_asks_and_the_file_is_closed(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.app.WORK_OUT_EVERY_S", 0.02)
    ids = schedule(storage, FIRST)
    hold(storage, ids[0], FIRST)
    app = create_app(storage)
    async with app.router.lifespan_context(app):
        for _ in range(500):
            if list_built(storage) == [ids[0]]:
                break
            await asyncio.sleep(0.02)
    wal = storage.directory.path / "derived.sqlite3-wal"
    assert not wal.exists()  # SQLite takes it away with the last connection
    assert list_built(storage) == [ids[0]]


def list_built(storage: Storage) -> list[str]:
    """Sessions in the derived file, read past the server, by its library.

    A second one in this process drops its locks (sqlite.org/howtocorrupt.html, 2.2.1).
    """
    sqlite = load_sqlite()
    path = storage.directory.path / "derived.sqlite3"
    if not path.exists():
        return []
    with closing(sqlite.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        try:
            return [row[0] for row in connection.execute("SELECT session FROM projected")]
        except sqlite.OperationalError:  # just being made
            return []


async def test_home_leads_a_researcher_there(client: httpx.AsyncClient) -> None:
    assert 'href="/dose"' in (await client.get("/home")).text
