"""Entries under one's own name only: signing in and the ledger, through the whole app."""

import json
from collections.abc import AsyncIterator, Iterator

import httpx
import pytest
from sqlalchemy import update

from protocol.identifiers import parse_participant_code
from server.app import create_app
from server.people.registry import Registry
from server.people.roles import Role
from server.people.tables import PEOPLE
from server.safety.limits import SafetyLimits
from server.safety.register import propose_limits, sign_limits
from server.storage import Storage
from server.study.participant import Arm, Participant
from server.study.participants import add_participants
from server.web.paths import BUNDLE_PATH
from tests.ledger_entries import signed_off
from tests.staff import DEVICE, PIN, SAME_SITE, add_person, begin_session, cookie
from tests.studies import Study

SESSION = "0193a1b2-c3d4-7e5f-8a6b-000000000001"
EVENTS = f"/api/v1/sessions/{SESSION}/events"


@pytest.fixture
def storage(study: Study) -> Iterator[Storage]:
    with study.open() as opened:
        for name, role in (
            ("sara", Role.TRAINER),
            ("leyla", Role.TRAINER),
            ("reza", Role.LAB),
            ("mina", Role.ASSISTANT),
        ):
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


async def test_every_answer_says_which_limits_are_in_force(
    client: httpx.AsyncClient, storage: Storage
) -> None:
    async def told() -> object:
        return (await client.get(EVENTS)).json()["limits_sha256"]

    assert await told() is None
    add_person(storage.database, "karimi", Role.CLINICIAN)
    with storage.database.writing() as connection:
        made = propose_limits(connection, SafetyLimits(150), [], "stress test", "os:ana")
    assert await told() is None
    with storage.database.writing() as connection:
        sign_limits(connection, made.sha256, ("karimi", "neurologist"), "seen", "os:ana")
    assert await told() == made.sha256
    bundle = (await client.get(BUNDLE_PATH)).json()
    assert bundle["safety"]["sha256"] == made.sha256


async def test_every_answer_says_how_new_the_last_word_on_jumps_is(
    client: httpx.AsyncClient,
) -> None:
    """Whatever session it was said in: a bundle with the same number knows of it."""

    async def told() -> list[object]:
        answers = [await client.get(path) for path in (EVENTS, BUNDLE_PATH)]
        return [answer.json()["signoffs_n"] for answer in answers]

    assert await told() == [0, 0]
    assert (await client.post(EVENTS, content=note(11, "sara"))).status_code == 200
    assert await told() == [0, 0]
    no = json.loads(note(12, "sara"))[0] | {
        "kind": "plyometric_signoff",
        "value": signed_off(ready=False, locked_from="2026-11-26T17:03:12.345Z"),
    }
    other = EVENTS.replace(SESSION, SESSION[:-1] + "2")
    assert (await client.post(other, content=json.dumps([no]).encode())).status_code == 200
    assert await told() == [2, 2]


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


async def test_an_assistant_enters_effort_and_what_she_may_not_is_named_and_nothing_is_stored(
    client: httpx.AsyncClient,
) -> None:
    await client.post("/api/v1/tablet/actors", json={"name": "mina", "pin": PIN})
    effort = json.loads(note(16, "mina"))[0] | {
        "kind": "session_rpe",
        "value": {"scale": "borg_6_20", "rating": 12, "missing_reason": None, "source": "said",
                  "anchor_pack": "none", "minutes_after_end": None},
    }  # fmt: skip
    hers = json.dumps([effort, json.loads(note(17, "mina"))[0]])
    refused = await client.post(EVENTS, content=hers)
    assert refused.status_code == 422
    (fault,) = refused.json()["errors"]
    assert (fault["code"], fault["id"][-2:]) == ("not_granted", "17")
    assert fault["message"].endswith("note is for a trainer")
    assert (await client.get(EVENTS)).json()["events"] == []
    assert (await client.post(EVENTS, content=json.dumps([effort]))).status_code == 200
    sara = await client.post(EVENTS, content=note(18, "sara"))  # beside her, on the same tablet
    assert sara.status_code == 200


async def test_what_was_stored_under_another_role_is_known_for_ever(
    client: httpx.AsyncClient, storage: Storage
) -> None:
    assert (await client.post(EVENTS, content=note(19, "sara"))).status_code == 200
    with storage.database.writing() as connection:
        connection.execute(update(PEOPLE).where(PEOPLE.c.name == "sara").values(role="assistant"))
    again = cookie(begin_session(storage.database, "sara", DEVICE))
    answer = await client.post(EVENTS, content=note(19, "sara"), headers=again)
    assert [one["result"] for one in answer.json()["results"]] == ["known"]
    assert (await client.post(EVENTS, content=note(20, "sara"), headers=again)).status_code == 422
