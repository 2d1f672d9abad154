"""`GET /api/v1/sessions/{id}/live` of the real server: the straps worn in that session."""

import json
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from protocol.ledger.event import LedgerEvent
from protocol.ledger.instants import format_utc_ms
from protocol.messages.codec import encode_batch
from protocol.messages.roster import ConsentedStream, RosterStrap
from protocol.messages.uplink import NotificationRecord, SentAt
from server.errors import NotFoundError
from server.gateways.roster import add_straps
from server.people.roles import Role
from server.sessions.erasing import erase_content
from server.sessions.service import SessionService
from server.sessions.worn_now import WornNow
from server.study.participant import Arm
from tests.contract.test_live_of_archive import watch
from tests.enrolment import enrol_people
from tests.ledger_entries import SESSION, Tablet, minute, planned, to_json, wearing
from tests.server_process import ServerProcess, Uploader, enrol
from tests.sessions_app import SignedIn
from tests.staff import SAME_SITE, add_person, begin_session, cookie
from tests.studies import Study
from tests.unit.server.batches import BOOT, batch

HERS, SPARE, ELSEWHERE = "51ADA001", "51ADA002", "51ADA003"
OTHER_SESSION = "01999999-0000-7000-8000-00000000000f"
NO_SESSION = "01999999-0000-7000-8000-0000000000ff"
WORN = "01999999-0000-7000-8000-0000000000a1"
WORN_NEXT = "01999999-0000-7000-8000-0000000000a2"
WITHIN_FRAMES = 15
BEGAN = format_utc_ms(time.time_ns() // 1_000_000 - 600_000)


@pytest.fixture
def people(study: Study) -> dict[str, str]:
    """Who is signed in, in a study with two women and three straps: a trainer, and the lab."""
    with study.open() as storage:
        enrol_people(storage.database, ("P01", "P02"), ("Fig", "Tea"), Arm.TRAINING)
        agreed = [ConsentedStream.HEART_RATE]
        straps = ((HERS, "01"), (SPARE, "02"), (ELSEWHERE, "03"))
        add_straps(storage.database, [RosterStrap(s, "h10", n, agreed) for s, n in straps])
        return {
            name: begin_session(storage.database, add_person(storage.database, name, role))
            for name, role in (("sara", Role.TRAINER), ("reza", Role.LAB))
        }


@pytest.fixture
def sara(people: dict[str, str]) -> str:
    return people["sara"]


@pytest.fixture
def server(study: Study, people: dict[str, str]) -> Iterator[ServerProcess]:
    token = enrol(study)
    with ServerProcess(study) as running, Uploader(running.url, token) as uploader:
        stamp = SentAt(BOOT, time.monotonic_ns(), time.time_ns())
        at = (BOOT, stamp.monotonic_ns, stamp.wall_ns)
        records = [
            NotificationRecord(seq, strap, "2a37", *at, b"\x06\x70")
            for seq, strap in enumerate((HERS, SPARE, ELSEWHERE), 1)
        ]
        body = encode_batch(batch(records, sent=stamp))
        assert uploader.http.post("/api/v1/ingest", content=body).status_code == 200
        yield running


def post(server: ServerProcess, person: str, *events: LedgerEvent, session: str = SESSION) -> None:
    answer = httpx.post(
        f"{server.url}/api/v1/sessions/{session}/events",
        json=[to_json(one) for one in events],
        headers={**SAME_SITE, **cookie(person)},
        trust_env=False,
    )
    assert answer.status_code == 200, answer.text


def until_tiles(frames: Iterator[dict[str, Any]], *straps: str) -> dict[str, Any]:
    """The first frame that has exactly these tiles."""
    for _, frame in zip(range(WITHIN_FRAMES), frames, strict=False):
        if [tile["strap"] for tile in frame["tiles"]] == list(straps):
            return frame
    raise AssertionError(f"no frame with just {straps} within {WITHIN_FRAMES} frames")


def test_a_sessions_stream_has_the_straps_worn_in_it_as_they_are_put_on_and_taken_off(
    server: ServerProcess, sara: str
) -> None:
    tablet = Tablet()
    post(server, sara, tablet.write("session_planned", "session", planned("P01", "P02"), BEGAN))
    put_on = tablet.write("wearing", WORN, wearing("P01", HERS, BEGAN), BEGAN)
    other = tablet.write("wearing", WORN, wearing("P02", ELSEWHERE, BEGAN), BEGAN)
    post(server, sara, other, session=OTHER_SESSION)
    with (
        watch(server, sara, SESSION) as frames,
        watch(server, sara, OTHER_SESSION) as others,
        watch(server, sara) as everything,
    ):
        until_tiles(frames)
        post(server, sara, put_on)
        (tile,) = until_tiles(frames, HERS)["tiles"]
        assert (tile["label"], tile["bpm_received"]["boot_id"]) == ("01", BOOT)
        until_tiles(others, ELSEWHERE)
        until_tiles(everything, HERS, SPARE, ELSEWHERE)
        off = tablet.correct(
            put_on, wearing("P01", HERS, BEGAN, minute(5, BEGAN)), minute(5, BEGAN)
        )
        spare = tablet.write("wearing", WORN_NEXT, wearing("P01", SPARE, minute(5, BEGAN)), BEGAN)
        post(server, sara, off, spare)
        until_tiles(frames, SPARE)
        post(
            server,
            sara,
            tablet.write("session_closed", "session", {"summary": {}}, minute(8, BEGAN)),
        )
        until_tiles(frames)


def test_a_session_that_nobody_knows_is_a_problem_as_every_other(
    server: ServerProcess, sara: str
) -> None:
    for session in (NO_SESSION, "7", "then"):
        url = f"{server.url}/api/v1/sessions/{session}/live"
        answer = httpx.get(url, headers=cookie(sara), trust_env=False)
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found"), session
        assert answer.headers["content-type"] == "application/problem+json"


def test_who_may_not_read_the_session_may_not_watch_it(
    server: ServerProcess, people: dict[str, str]
) -> None:
    tablet = Tablet()
    post(server, people["sara"], tablet.write("session_planned", "session", planned("P01"), BEGAN))
    for path in ("", "/live"):
        url = f"{server.url}/api/v1/sessions/{SESSION}{path}"
        refused = httpx.get(url, headers=cookie(people["reza"]), trust_env=False)
        signed_out = httpx.get(url, trust_env=False)
        assert (refused.status_code, signed_out.status_code) == (403, 401)


def test_what_is_worn_follows_the_ledger_and_what_is_erased_from_it(
    study: Study, people: dict[str, str]
) -> None:
    assert people
    tablet = Tablet()
    put_on = tablet.write("wearing", WORN, wearing("P01", HERS, BEGAN), BEGAN)
    decided = tablet.write("note", "P01", {"text": "erase the strap"}, BEGAN)
    with study.open() as storage:
        worn = WornNow(storage.database)
        service = SessionService(storage.writer, storage.database, lambda _: ["P01"])
        with pytest.raises(NotFoundError):
            worn.require(SESSION)
        assert worn.read([SESSION]) == {SESSION: {}}
        body = json.dumps([to_json(put_on), to_json(decided)]).encode()
        service.post(SESSION, body, SignedIn()).result()
        worn.require(SESSION)
        assert worn.read([SESSION]) == {SESSION: {HERS: BEGAN}}
        with storage.database.writing() as connection:
            erase_content(connection, put_on.id, decided.id)
        assert worn.read([SESSION]) == {SESSION: {}}
        assert worn.read([]) == {}
