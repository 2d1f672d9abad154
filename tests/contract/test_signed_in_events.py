"""Entries under one's own name only: signing in and the ledger, through the whole app."""

import json
from collections.abc import AsyncIterator, Iterator

import httpx
import pytest

from protocol.identifiers import parse_participant_code
from server.app import create_app
from server.people.registry import Registry
from server.people.roles import Role
from server.storage import Storage
from server.study.participant import Arm, Participant
from server.study.participants import add_participants
from tests.staff import DEVICE, PIN, SAME_SITE, add_person, begin_session, cookie
from tests.studies import Study

SESSION = "0193a1b2-c3d4-7e5f-8a6b-000000000001"
EVENTS = f"/api/v1/sessions/{SESSION}/events"


@pytest.fixture
def storage(study: Study) -> Iterator[Storage]:
    with study.open() as opened:
        for name, role in (("sara", Role.TRAINER), ("leyla", Role.ASSISTANT), ("reza", Role.LAB)):
            add_person(opened.database, name, role)
        fig = Participant(parse_participant_code("P07"), "Fig", Arm.TRAINING)
        add_participants(opened.database, [fig], "os:test")
        yield opened


@pytest.fixture
async def client(storage: Storage) -> AsyncIterator[httpx.AsyncClient]:
    """A tablet that sara signed in."""
    transport = httpx.ASGITransport(app=create_app(storage), raise_app_exceptions=False)
    session_id = begin_session(storage.database, "sara", DEVICE)
    headers = {**SAME_SITE, **cookie(session_id), "Content-Type": "application/json"}
    async with httpx.AsyncClient(
        transport=transport, base_url="http://127.0.0.1", headers=headers
    ) as made:
        yield made


def note(number: int, actor: str, about: str = "P07") -> bytes:
    event = {
        "id": f"0193a1b2-c3d4-7e5f-8a6b-{number:012d}",
        "kind": "note",
        "about": about,
        "value": {"text": "feels well"},
        "actor": actor,
        "device": DEVICE,
        "device_seq": number,
        "occurred_at": "2026-11-26T17:03:12.345Z",
        "clock_offset_ms": 0,
        "supersedes": None,
        "reason": None,
    }
    return json.dumps([event]).encode()


async def test_who_is_signed_in_writes_under_her_name(client: httpx.AsyncClient) -> None:
    answer = await client.post(EVENTS, content=note(11, "sara"))
    assert answer.status_code == 200, answer.text
    assert [one["result"] for one in answer.json()["results"]] == ["new"]
    (event,) = (await client.get(EVENTS)).json()["events"]
    assert (event["actor"], event["recorded_by"]) == ("sara", "sara")


async def test_e2_nobody_writes_under_a_name_that_did_not_sign_in_here(
    client: httpx.AsyncClient, storage: Storage
) -> None:
    refused = await client.post(EVENTS, content=note(12, "leyla"))
    assert (refused.status_code, refused.json()["code"]) == (403, "actor_not_signed_in")
    assert refused.json()["actors"] == ["leyla"]
    await client.post("/api/v1/tablet/actors", json={"name": "leyla", "pin": PIN})
    assert (await client.post(EVENTS, content=note(12, "leyla"))).status_code == 200
    Registry(storage.database, "os:test").disable("leyla")
    assert (await client.post(EVENTS, content=note(13, "leyla"))).status_code == 403


async def test_e2_signed_out_the_queue_is_told_to_wait(
    client: httpx.AsyncClient, storage: Storage
) -> None:
    Registry(storage.database, "os:test").set_pin("sara", PIN)
    refused = await client.post(EVENTS, content=note(14, "sara"))
    assert (refused.status_code, refused.json()["code"]) == (401, "signed_out")
    again = cookie(begin_session(storage.database, "sara", DEVICE))
    answer = await client.post(EVENTS, content=note(14, "sara"), headers=again)
    assert [one["result"] for one in answer.json()["results"]] == ["new"]


async def test_only_participants_of_the_study_are_written_about(client: httpx.AsyncClient) -> None:
    answer = await client.post(EVENTS, content=note(15, "sara", "P08"))
    assert answer.status_code == 422


async def test_who_is_blinded_reads_nothing(client: httpx.AsyncClient, storage: Storage) -> None:
    blinded = cookie(begin_session(storage.database, "reza"))
    for path in ("/api/v1/sessions", f"/api/v1/sessions/{SESSION}", EVENTS):
        answer = await client.get(path, headers=blinded)
        assert (answer.status_code, answer.json()["code"]) == (403, "not_permitted")
