"""Events over HTTP: what tablets and scripts may post, and what they are answered."""

from collections.abc import AsyncIterator, Iterator
from typing import Any

import httpx
import pytest

from protocol.ledger.event import LedgerEvent
from protocol.ledger.instants import parse_utc_ms
from server.people.roles import Role
from server.sessions.api import MAX_BODY_BYTES
from server.sessions.domain.fold import fold_session
from server.sessions.service import MAX_EVENTS_READ
from server.sessions.signer import MAX_EVENTS
from server.storage import Storage
from tests.ledger_entries import (
    SESSION,
    Tablet,
    attending,
    effort,
    logged,
    minute,
    planned,
    to_json,
)
from tests.sessions_app import SignedIn, create_sessions_app
from tests.studies import Study

EVENTS = f"/api/v1/sessions/{SESSION}/events"
NOWHERE = "/api/v1/sessions/01999999-0000-7000-8000-0000000000ff"


@pytest.fixture
def storage(study: Study) -> Iterator[Storage]:
    with study.open() as opened:
        yield opened


@pytest.fixture
def person() -> SignedIn:
    return SignedIn()


@pytest.fixture
async def client(storage: Storage, person: SignedIn) -> AsyncIterator[httpx.AsyncClient]:
    app = create_sessions_app(storage, person)
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as made:
        yield made


async def _post(client: httpx.AsyncClient, *events: LedgerEvent) -> httpx.Response:
    return await client.post(EVENTS, json=[to_json(event) for event in events])


async def _stored(client: httpx.AsyncClient) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = (await client.get(EVENTS)).json()["events"]
    return rows


async def test_a_post_is_answered_event_by_event_with_head_and_time(
    client: httpx.AsyncClient,
) -> None:
    event = Tablet().write("attendance", "P01", attending())
    answer = await _post(client, event)
    assert answer.status_code == 200
    assert answer.json()["results"] == [{"id": event.id, "result": "new", "n": 1}]
    assert answer.json()["head"] == 1
    parse_utc_ms(answer.json()["server_utc"])
    again = await _post(client, event)
    assert again.json()["results"] == [{"id": event.id, "result": "known", "n": 1}]


async def test_events_are_read_after_a_place_in_the_ledger(client: httpx.AsyncClient) -> None:
    tablet = Tablet()
    events = [tablet.write("note", "P01", {"text": f"{n}"}) for n in range(3)]
    await _post(client, *events)
    answer = (await client.get(EVENTS, params={"after": 1})).json()
    assert [row["n"] for row in answer["events"]] == [2, 3]
    assert answer["head"] == 3
    row = answer["events"][0]
    own = {"n", "recorded_at", "recorded_by", "erased", "late"}
    assert {key: row[key] for key in row.keys() - own} == to_json(events[1])
    assert (row["recorded_by"], row["erased"]) == ("sara", False)
    parse_utc_ms(row["recorded_at"])


async def test_a_session_is_the_fold_that_tablets_make(client: httpx.AsyncClient) -> None:
    tablet = Tablet()
    events = [
        tablet.write("session_planned", "session", planned("P01", "P02")),
        tablet.write("set", "P01/sit-to-stand/1", logged("sit-to-stand", 8), minute(20)),
    ]
    await _post(client, *events)
    state = (await client.get(f"/api/v1/sessions/{SESSION}")).json()
    assert state == fold_session(events, state["at"])


async def test_what_comes_after_the_end_is_kept_and_marked_late(client: httpx.AsyncClient) -> None:
    """A tablet that was offline sends what was done before the end after it (promise 5.5)."""
    tablet, offline = Tablet(), Tablet("bbbbbbbbbbbbbbbb")
    closed = tablet.write("session_closed", "session", {"summary": {}}, minute(60))
    await _post(client, tablet.write("attendance", "P01", attending()), closed)
    done = offline.write("set", "P01/sit-to-stand/1", logged("sit-to-stand"), minute(20))
    assert (await _post(client, done)).json()["results"][0]["result"] == "new"
    assert [row["late"] for row in await _stored(client)] == [False, False, True]
    await _post(client, tablet.correct(closed, None, minute(61)))
    await _post(client, tablet.write("note", "P01", {"text": "x"}, minute(62)))
    assert [row["late"] for row in await _stored(client)] == [False, False, True, False, False]
    state = (await client.get(f"/api/v1/sessions/{SESSION}")).json()
    assert state["counts"]["observed"] == 1


async def test_the_state_has_every_entry_of_a_session_longer_than_one_answer(
    client: httpx.AsyncClient,
) -> None:
    tablet = Tablet()
    notes = [tablet.write("note", "P01", {"text": f"{n}"}) for n in range(MAX_EVENTS_READ)]
    closed = tablet.write("session_closed", "session", {"summary": {}}, minute(60))
    events = [*notes, closed]
    for first in range(0, len(events), MAX_EVENTS):
        assert (await _post(client, *events[first : first + MAX_EVENTS])).status_code == 200
    state = (await client.get(f"/api/v1/sessions/{SESSION}")).json()
    assert state["counts"]["entries"] == MAX_EVENTS_READ + 1
    assert state["closed"]


async def test_sessions_are_listed_in_one_line_each(client: httpx.AsyncClient) -> None:
    tablet = Tablet()
    plan = tablet.write("session_planned", "session", planned("P01", ordinal=3))
    await _post(client, plan)

    async def line() -> dict[str, Any]:
        (only,) = (await client.get("/api/v1/sessions")).json()["sessions"]
        assert isinstance(only, dict)
        return only

    assert (await line()) == {
        "id": SESSION,
        **planned("P01", ordinal=3),
        "state": "planned",
        "entries": 1,
    }
    await _post(client, tablet.write("attendance", "P01", attending()))
    assert ((await line())["state"], (await line())["entries"]) == ("running", 2)
    await _post(client, tablet.write("session_closed", "session", {"summary": {}}, minute(60)))
    assert (await line())["state"] == "closed"
    await _post(client, tablet.write("session_reopened", "session", {"why": "x"}, minute(61)))
    assert (await line())["state"] == "running"


async def test_a_made_up_session_needs_no_plan_first(client: httpx.AsyncClient) -> None:
    """A tablet without a server begins one by itself; its plan may arrive after other entries."""
    await _post(client, Tablet().write("attendance", "P01", attending()))
    (line,) = (await client.get("/api/v1/sessions")).json()["sessions"]
    assert (line["ordinal"], line["planned_start"], line["state"]) == (None, None, "running")


async def test_impossible_values_are_each_named_and_nothing_of_the_post_is_stored(
    client: httpx.AsyncClient,
) -> None:
    """RPE 21, 5 or "12"; repetitions -1 or 10,000; somebody who isn't in the study."""
    tablet = Tablet()
    good = tablet.write("attendance", "P01", attending())
    wrong = [
        ("rpe", "P01/1", {**effort(12), "rating": 21}, "value_invalid"),
        ("rpe", "P01/1", {**effort(12), "rating": 5}, "value_invalid"),
        ("rpe", "P01/1", {**effort(12), "rating": "12"}, "value_invalid"),
        ("set", "P01/sit-to-stand/1", logged("sit-to-stand", -1), "value_invalid"),
        ("set", "P01/sit-to-stand/1", logged("sit-to-stand", 10_000), "value_invalid"),
    ]
    rows = [to_json(good)]
    for kind, about, value, _ in wrong:
        row = to_json(tablet.write("attendance", "P01", attending()))
        rows.append({**row, "kind": kind, "about": about, "value": value})
    answer = await client.post(EVENTS, json=rows)
    assert (answer.status_code, answer.json()["code"]) == (422, "events_invalid")
    told = [(fault["id"], fault["code"]) for fault in answer.json()["errors"]]
    assert told == [(row["id"], case[3]) for row, case in zip(rows[1:], wrong, strict=True)]
    assert await _stored(client) == []
    assert (await _post(client, good)).status_code == 200
    stranger = await _post(client, tablet.write("attendance", "P99", attending()))
    assert stranger.json()["errors"][0]["code"] == "participant_unknown"
    assert len(await _stored(client)) == 1


async def test_only_the_server_writes_down_erasures(client: httpx.AsyncClient) -> None:
    event = Tablet().write("content_erased", SESSION, {"why": "mine"})
    faults = (await _post(client, event)).json()["errors"]
    assert faults[0]["code"] == "kind_reserved"


async def test_entries_of_somebody_who_is_not_signed_in_here_wait(
    client: httpx.AsyncClient, person: SignedIn
) -> None:
    """403 with names: the tablet keeps them until that person enters her PIN."""
    mine = Tablet().write("attendance", "P01", attending())
    hers = Tablet("bbbbbbbbbbbbbbbb", "nasrin").write("attendance", "P02", attending())
    answer = await _post(client, mine, hers)
    assert answer.status_code == 403
    assert answer.json()["code"] == "actor_not_signed_in"
    assert answer.json()["actors"] == ["nasrin"]
    assert await _stored(client) == []
    person.actors = {**person.actors, "nasrin": Role.TRAINER}
    assert (await _post(client, mine, hers)).status_code == 200


async def test_a_known_event_stays_known_when_its_participant_has_left_the_study(
    client: httpx.AsyncClient, storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = Tablet().write("attendance", "P07", attending())
    await _post(client, event)
    monkeypatch.setattr("tests.sessions_app.CODES", ("P01",))
    assert (await _post(client, event)).json()["results"][0]["result"] == "known"
    later = Tablet("bbbbbbbbbbbbbbbb").write("attendance", "P07", attending())
    assert (await _post(client, later)).status_code == 422


async def test_too_many_events_or_bytes_are_refused_before_they_cost_anything(
    client: httpx.AsyncClient,
) -> None:
    tablet = Tablet()
    many = [tablet.write("note", "P01", {"text": "x"}) for _ in range(MAX_EVENTS + 1)]
    answer = await _post(client, *many)
    assert (answer.status_code, answer.json()["code"]) == (413, "batch_too_large")
    assert (await _post(client, *many[1:])).status_code == 200
    large = b"[" + b" " * MAX_BODY_BYTES + b"]"
    headers = {"Content-Type": "application/json"}
    assert (await client.post(EVENTS, content=large, headers=headers)).status_code == 413


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"[", "application/json", 400),
        (b"{}", "application/json", 400),
        (b"[1]", "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b'[{"a":"\\ud800"}]', "application/json", 400),
        (b"\xff", "application/json", 400),
        (b"[]", "text/plain", 415),
        (b"a=b", "application/x-www-form-urlencoded", 415),
    ],
)
async def test_what_is_no_json_list_is_refused(
    client: httpx.AsyncClient, content: bytes, kind: str, status: int
) -> None:
    answer = await client.post(EVENTS, content=content, headers={"Content-Type": kind})
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


async def test_an_unknown_session_is_not_found(client: httpx.AsyncClient) -> None:
    assert (await client.get(NOWHERE)).status_code == 404
    assert (await client.get("/api/v1/sessions/tonight")).status_code == 404
    assert (await client.post("/api/v1/sessions/tonight/events", json=[])).status_code == 404
    assert (await client.get(f"{NOWHERE}/events")).json()["events"] == []
