"""The dose of the course through the whole app: sums, weeks, reasons, and to whom."""

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import httpx
import pytest

from server.people.roles import Role
from server.storage import Storage
from server.study.participant import Arm
from tests.contract.derived_pages import as_researcher, read_settled_page
from tests.dose_course import CODES, hold, rate, schedule, tell, write
from tests.enrolment import enrol_people
from tests.ledger_entries import Tablet
from tests.staff import add_person, begin_session, cookie
from tests.studies import Study

FIRST = datetime(2026, 11, 2, 17, tzinfo=UTC)  # a Monday
DAYS = (0, 2, 4)
NOW = FIRST + timedelta(days=5)
COURSE, DATA = "/dose/course", "/api/v1/dose/course"


@pytest.fixture
def storage(study: Study) -> Iterator[Storage]:
    with study.open() as opened:
        for role in (Role.RESEARCHER, Role.ASSISTANT, Role.STATISTICIAN):
            add_person(opened.database, role.value, role)
        enrol_people(opened.database, CODES, ("Tea", "Fig", "Sea"), Arm.TRAINING)
        yield opened


@pytest.fixture
async def client(storage: Storage) -> AsyncIterator[httpx.AsyncClient]:
    async with as_researcher(storage, NOW) as made:
        yield made


def hold_week(storage: Storage) -> list[str]:
    """Three sessions of 24: P01 says 11 of 20 minutes each, P02 is absent, nobody asks P03."""
    ids = schedule(storage, FIRST, weekdays=DAYS)
    for session, day in zip(ids, DAYS, strict=False):
        hold(storage, session, FIRST + timedelta(days=day))
    return ids


async def read_data(client: httpx.AsyncClient) -> dict[str, Any]:
    """By participant."""
    await read_settled_page(client, COURSE)
    answer = await client.get(DATA)
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    return {one["participant"]: one for one in answer.json()["participants"]}


async def test_a_study_without_sessions_says_so(client: httpx.AsyncClient) -> None:
    page = await read_settled_page(client, COURSE)
    assert "sessions schedule" in page
    assert "<table" not in page
    assert (await read_data(client)) == {}


async def test_the_week_that_was_held_and_the_course_that_goes_on(
    client: httpx.AsyncClient, storage: Storage
) -> None:
    hold_week(storage)
    page = unescape(await read_settled_page(client, COURSE))
    assert page.count('scope="row"') == 2 * len(CODES)
    assert "so far 120 AU" in page
    assert "3 sessions of 24" in page
    assert "not over: 21, not recorded: 3" in page  # P03, whom nobody asked
    assert "3 of 24" in page
    assert "From 2026-11-02: 3 sessions, load 120 AU, monotony 0.8, strain 96.21 AU" in page
    assert "no load. Not recorded: nobody wrote it down. Load known of 0 sessions of 3" in page
    assert "From 2026-11-02: 3 sessions, load 0 AU; no monotony" in page  # P02
    assert "no load. Not over: a session is ahead" in page


async def test_the_same_as_data(client: httpx.AsyncClient, storage: Storage) -> None:
    hold_week(storage)
    told = await read_data(client)
    load = told["P01"]["sums"]["srpe_load_au"]
    assert (load["total"]["value"], load["total"]["missing"]) == (None, "not_over")
    assert (load["known_sum"], load["n_known"], load["n_sessions"]) == (120, 3, 24)
    assert load["formula"].endswith("(Foster 1998, 2001)")
    week = told["P01"]["weeks"][0]
    assert (week["load_au"]["value"], week["numbers"]) == (120, [1, 2, 3])
    assert week["strain_au"]["value"] == pytest.approx(120 * 0.801784, abs=1e-3)
    assert told["P02"]["attended"]["n_attended"] == 0
    assert told["P02"]["adherence"]["tolerance"]["missed"]["reasons"] == {"ill": 3}
    assert told["P03"]["weeks"][0]["load_au"]["missing"] == "not_recorded"
    sets = [one for one in told["P01"]["adherence"]["completion"] if one["unit"] == "sets"]
    assert {one["category"] for one in sets} >= {None, "strength", "balance"}
    assert len(told["P01"]["inputs_sha256"]) == 64


async def test_what_is_rated_late_counts_with_the_next_reading(
    client: httpx.AsyncClient, storage: Storage
) -> None:
    """13 of 60 minutes is 240 AU."""
    ids = hold_week(storage)
    before = await read_data(client)
    late = Tablet("c" * 16).write("session_rpe", "P03", rate(13), tell(NOW))
    write(storage, ids[0], late)
    after = await read_data(client)
    assert after["P03"]["sums"]["srpe_load_au"]["known_sum"] == 240
    assert after["P03"]["weeks"][0]["n_known"] == 1
    assert after["P03"]["inputs_sha256"] != before["P03"]["inputs_sha256"]


@pytest.mark.parametrize("role", [Role.ASSISTANT, Role.STATISTICIAN])
async def test_who_is_blinded_or_only_helps_sees_neither(
    client: httpx.AsyncClient, storage: Storage, role: Role
) -> None:
    hers = cookie(begin_session(storage.database, role.value))
    page = await client.get(COURSE, headers=hers)
    assert (page.status_code, page.headers["location"]) == (303, "/home")
    answer = await client.get(DATA, headers=hers)
    assert (answer.status_code, answer.json()["code"]) == (403, "not_permitted")


async def test_the_matrix_leads_there(client: httpx.AsyncClient, storage: Storage) -> None:
    schedule(storage, FIRST, weekdays=DAYS)
    assert f'href="{COURSE}"' in await read_settled_page(client, "/dose")
