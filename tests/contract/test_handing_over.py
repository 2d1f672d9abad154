"""Threat 8: a tablet that is handed to a participant is no trainer's any more."""

from collections.abc import AsyncIterator, Iterator

import httpx
import pytest
from sqlalchemy import select

from server.participant_access.access import ParticipantAccess
from server.people.tables import PEOPLE_EVENTS
from server.study.participants import find_participant
from tests.own_phone import Evening, Phone
from tests.studies import Study
from tests.study_people import P07


@pytest.fixture
def evening(study: Study) -> Iterator[Evening]:
    with study.open() as storage:
        yield Evening(storage)


@pytest.fixture
async def client(evening: Evening) -> AsyncIterator[httpx.AsyncClient]:
    async with evening.client() as made:
        yield made


async def open_here(
    phone: Phone, code: str, staff: dict[str, str], client: httpx.AsyncClient
) -> httpx.Response:
    """In the browser that the trainer is signed in by, as it sends her cookie."""
    return await client.post("/api/v1/own/sign-in", json={"code": code}, headers=staff)


async def is_signed_in(client: httpx.AsyncClient, staff: dict[str, str]) -> bool:
    return (await client.get("/api/v1/self", headers=staff)).status_code == 200


async def test_a_code_that_hands_a_tablet_over_ends_the_trainers_sign_in_there(
    evening: Evening, client: httpx.AsyncClient
) -> None:
    phone, here, at_home = Phone(evening, client), evening.staff(), evening.staff()
    code = await phone.make_code("P07", "here")
    answer = await open_here(phone, code, here, client)
    assert answer.status_code == 204
    hers, theirs = answer.headers.get_list("set-cookie")
    assert hers.startswith("__Host-doseline-own=")
    assert theirs.startswith("__Host-doseline=;")
    assert "Max-Age=0" in theirs
    assert not await is_signed_in(client, here)
    assert await is_signed_in(client, at_home)  # another browser of hers
    with evening.storage.database.reading() as connection:
        told = connection.execute(select(PEOPLE_EVENTS).order_by("id")).all()
    assert (told[-1].what, told[-1].person) == ("handed over", "sara")


async def test_a_code_that_opens_nothing_signs_nobody_out(
    evening: Evening, client: httpx.AsyncClient
) -> None:
    phone, here = Phone(evening, client), evening.staff()
    answer = await open_here(phone, "A" * 22, here, client)
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers
    assert await is_signed_in(client, here)


async def test_a_code_for_her_phone_ends_no_sign_in(
    evening: Evening, client: httpx.AsyncClient
) -> None:
    phone, here = Phone(evening, client), evening.staff()
    access = ParticipantAccess(evening.storage.database, find_participant, wall_ns=evening.wall)
    code = access.make_code(P07, "sara", handed_over=False)
    assert (await open_here(phone, code, here, client)).status_code == 204
    assert await is_signed_in(client, here)


async def test_the_trainer_is_told_before_it(evening: Evening, client: httpx.AsyncClient) -> None:
    page = await client.post("/cards", data={"act": "here", "code": "P07"}, headers=evening.staff())
    assert "You are signed out here by that." in page.text


async def test_entries_of_the_woman_before_are_told_apart_from_wrong_ones(
    evening: Evening, client: httpx.AsyncClient
) -> None:
    """Never stored under another's session, and never set aside as if they were wrong."""
    phone = await Phone(evening, client).open("P08")
    await evening.begin(client)
    left = phone.make("feeling", {"feeling_0_10": 3}, "P07")
    answer = await phone.post(left)  # of a session that P08 isn't on the list of, besides
    assert (answer.status_code, answer.json()["code"]) == (403, "actor_not_signed_in")
    said = {"id": left["id"], "session": evening.session, "actor": "participant.p07",
            "worse": False, "what": [], "call_me": False}  # fmt: skip
    answer = await phone.ask("POST", "/api/v1/own/next-day", said)
    assert (answer.status_code, answer.json()["code"]) == (403, "actor_not_signed_in")
    hers = await Phone(evening, client).open("P07")
    assert (await hers.post(left)).json()["results"][0]["result"] == "new"
