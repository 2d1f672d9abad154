"""What gateways may ask and what they are answered, through the whole app."""

import asyncio
import re
import threading
import time
import traceback
import tracemalloc
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import msgspec
import pytest
from fastapi import Request, Response

from protocol.errors import ProtocolError
from protocol.messages.codec import encode_batch
from protocol.messages.roster import ConsentedStream, Roster, RosterStrap
from protocol.messages.uplink import SentAt, UplinkBatch
from server.app import create_app
from server.db.ballast import Ballast
from server.errors import ArchiveConflictError, ServerError
from server.gateways.authentication import TokenReader
from server.gateways.enrolment import enrol_gateway, revoke_gateway
from server.gateways.roster import add_strap
from server.ingest.api import Ingest
from server.storage import Storage
from tests.studies import Study
from tests.unit.server.batches import GATEWAY, batch, gap, record

INGEST = "/api/v1/ingest"
MIB = 1024 * 1024  # promise C4 in its own number
ROSTER = "/api/v1/gateways/self/roster"
PROBLEM = "application/problem+json"


@pytest.fixture
def storage(study: Study) -> Iterator[Storage]:
    with study.open() as opened:
        yield opened


@pytest.fixture
def token(storage: Storage, study: Study) -> str:
    token_file = study.path.parent / "gym.token"
    enrol_gateway(storage.database, GATEWAY, token_file)
    return token_file.read_text().strip()


@pytest.fixture
async def client(storage: Storage) -> AsyncIterator[httpx.AsyncClient]:
    """Someone without a token."""
    transport = httpx.ASGITransport(app=create_app(storage), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as made:
        yield made


@pytest.fixture
def gateway(client: httpx.AsyncClient, token: str) -> httpx.AsyncClient:
    """The gateway `gym`."""
    client.headers["Authorization"] = f"Bearer {token}"
    client.headers["Content-Type"] = "application/msgpack"
    return client


@contextmanager
def busy_writer(storage: Storage) -> Iterator[None]:
    """Whatever is submitted inside waits for the end of it."""
    let_go = threading.Event()
    busy = storage.writer.write(lambda _: let_go.wait(30))
    try:
        yield
    finally:
        let_go.set()
        busy.result()


async def test_a_batch_is_answered_with_watermark_and_time(gateway: httpx.AsyncClient) -> None:
    answer = await gateway.post(INGEST, content=encode_batch(batch([record(1), gap(2)])))
    assert answer.status_code == 200
    assert answer.json().keys() == {"watermark", "server_utc"}
    assert answer.json()["watermark"] == 2
    assert answer.json()["server_utc"].endswith("Z")


async def test_an_empty_batch_asks_for_the_watermark(gateway: httpx.AsyncClient) -> None:
    answer = await gateway.post(INGEST, content=encode_batch(batch([])))
    assert answer.json()["watermark"] == 0


async def test_a6_the_served_study_watches_its_disk(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    watched: list[tuple[Path, Ballast]] = []

    async def watch(path: Path, ballast: Ballast) -> None:
        watched.append((path, ballast))

    monkeypatch.setattr("server.app.watch_disk", watch)
    app = create_app(storage)
    async with app.router.lifespan_context(app):
        await asyncio.sleep(0)
    assert watched == [(storage.directory.path, storage.ballast)]


async def test_a_conflict_alarms_once_a_stream(
    gateway: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    await gateway.post(INGEST, content=encode_batch(batch([record(1)])))
    for _ in range(3):
        await gateway.post(INGEST, content=encode_batch(batch([record(1, b"other")])))
    (alarm,) = [one.getMessage() for one in caplog.records if one.levelname == "ERROR"]
    assert GATEWAY in alarm
    assert "numbers 1-1" in alarm


async def test_a_conflict_is_a_problem_that_names_the_numbers(gateway: httpx.AsyncClient) -> None:
    await gateway.post(INGEST, content=encode_batch(batch([record(1), record(2), record(3)])))
    other = batch([record(1), record(2, b"other"), record(3), record(4)])
    answer = await gateway.post(INGEST, content=encode_batch(other))
    assert (answer.status_code, answer.headers["content-type"]) == (409, PROBLEM)
    problem = answer.json()
    assert (problem["code"], problem["known"]) == ("archive_conflict", [[1, 1], [3, 3]])
    assert problem["conflicting"] == [[2, 2]]


async def test_c4_a_conflicting_gap_is_answered_as_one_run(gateway: httpx.AsyncClient) -> None:
    end = 1_000_000
    await gateway.post(INGEST, content=encode_batch(batch([record(1)])))
    answer = await gateway.post(INGEST, content=encode_batch(batch([gap(1, end)])))
    assert (answer.status_code, answer.json()["conflicting"]) == (409, [[1, end]])
    assert len(answer.content) < 1000


def _with(**changes: object) -> bytes:
    good = msgspec.msgpack.decode(encode_batch(batch([record(1)])))
    return msgspec.msgpack.encode(good | changes)


async def test_c4_uploads_of_many_small_entries_that_wait_count_for_their_memory(
    gateway: httpx.AsyncClient, storage: Storage
) -> None:
    """Four times 500 entries take more than 2 MiB, though hardly a hundred kB came."""
    await gateway.get(ROSTER)
    content = encode_batch(batch([record(seq) for seq in range(1, 501)]))
    assert len(content) < 50_000
    with busy_writer(storage):
        uploads = [asyncio.create_task(gateway.post(INGEST, content=content)) for _ in range(4)]
        answered, _ = await asyncio.wait(uploads, timeout=5, return_when=asyncio.FIRST_COMPLETED)
    answers = await asyncio.gather(*uploads)
    assert [one.result().status_code for one in answered] == [429]
    assert sorted(one.status_code for one in answers) == [200, 200, 200, 429]


DEEP = b"\x81\xa1v" + b"\x91" * 100_000 + b"\x01"


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 400, "message_invalid"),
        (b"\xc1", 400, "message_invalid"),
        (b'{"v": 1}', 400, "message_invalid"),
        (msgspec.msgpack.encode({"v": 1}), 400, "message_invalid"),
        (msgspec.msgpack.encode([1, 2]), 400, "message_invalid"),
        (_with(records="no"), 400, "message_invalid"),
        (_with(v=2), 403, "message_version_unsupported"),
        (_with(gateway="hall"), 403, "not_permitted"),
        (_with(epoch=""), 422, "batch_invalid"),
        (_with(first_seq=9), 422, "batch_invalid"),
        (msgspec.msgpack.encode({"v": 1} | {f"k{n}": n for n in range(60_000)}), 400, None),
        (DEEP, 400, "message_invalid"),
        (b"\x81\xa1v\xdd\xff\xff\xff\xff", 400, "message_invalid"),
        (b"\xdf\xff\xff\xff\xff", 400, "message_invalid"),
    ],
)
async def test_c4_bad_bodies_are_problems(
    gateway: httpx.AsyncClient, storage: Storage, body: bytes, status: int, code: str | None
) -> None:
    answer = await gateway.post(INGEST, content=body)
    assert (answer.status_code, answer.headers["content-type"]) == (status, PROBLEM)
    assert code in {None, answer.json()["code"]}
    assert storage.feed.newest_cursor() == 0


async def test_c4_neither_a_version_nor_a_long_list_is_built_or_repeated(
    gateway: httpx.AsyncClient,
) -> None:
    """500 entries at most (promise C4); the answer to a strange body is short, whatever it held."""
    empty = _with(records=[], gaps=[])
    assert (await gateway.post(INGEST, content=empty)).status_code == 200
    map_of_one, many = b"\x81\xa1v", b"\xdd\x00\x0f\x00\x00" + b"\x90" * 0x0F0000
    answer = await gateway.post(INGEST, content=map_of_one + many)
    assert (answer.status_code, len(answer.content) < 1000) == (400, True)
    listed = _with(records=[[]] * 60_000)
    answer = await gateway.post(INGEST, content=listed)
    assert (answer.status_code, answer.json()["code"]) == (413, "batch_too_large")
    assert len(answer.content) < 1000


async def test_c4_a_body_over_the_limit_is_refused_while_it_streams(
    gateway: httpx.AsyncClient,
) -> None:
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while sent < 64 * MIB:
            sent += 65_536
            yield bytes(65_536)

    answer = await gateway.post(INGEST, content=endless())
    assert (answer.status_code, answer.json()["code"]) == (413, "batch_too_large")
    assert sent <= MIB + 65_536


async def test_c4_a_flood_of_bad_bodies_keeps_no_memory(gateway: httpx.AsyncClient) -> None:
    bodies = [DEEP, bytes(MIB), b"\xc4" * MIB]
    for body in bodies:
        await gateway.post(INGEST, content=body)
    tracemalloc.start()
    for body in bodies * 10:
        await gateway.post(INGEST, content=body)
    kept_bytes, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert kept_bytes < 2 * MIB


def _list_held(error: BaseException | None) -> Iterator[object]:
    """Whatever an error keeps in memory by its frames and by those of the errors below it."""
    while error is not None:
        for frame, _ in traceback.walk_tb(error.__traceback__):
            yield from frame.f_locals.values()
        error = error.__cause__ or error.__context__


@pytest.mark.parametrize(
    "body", [DEEP, _with(records="no"), _with(v=2), _with(gateway="hall"), _with(epoch="")]
)
async def test_c4_a_refusal_holds_nothing_of_the_upload(
    storage: Storage, token: str, body: bytes
) -> None:
    kept: list[Exception] = []

    async def keep(_request: Request, error: Exception) -> Response:
        kept.append(error)
        return Response(status_code=400)

    app = create_app(storage)
    app.add_exception_handler(ServerError, keep)
    app.add_exception_handler(ProtocolError, keep)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://[::1]") as to:
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/msgpack"}
        await to.post(INGEST, content=body, headers=headers)
    (refused,) = kept
    held = [one for one in _list_held(refused) if isinstance(one, bytes | bytearray | UplinkBatch)]
    assert held == []


async def test_c4_more_uploads_than_any_gateway_sends_are_put_off(
    gateway: httpx.AsyncClient,
) -> None:
    answers = [await gateway.post(INGEST, content=b"") for _ in range(140)]
    put_off = [answer for answer in answers if answer.status_code == 429]
    assert put_off
    assert {answer.headers["retry-after"] for answer in put_off} == {"1"}


@pytest.mark.parametrize(
    "headers",
    [{"Content-Encoding": "gzip"}, {"Content-Encoding": "zstd"}, {"Content-Type": "text/plain"}],
)
async def test_c4_compressed_bodies_are_refused_with_a_sentence(
    gateway: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    answer = await gateway.post(INGEST, content=b"\x80", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (415, "media_type_unsupported")


async def test_the_roster_names_straps_and_streams(
    gateway: httpx.AsyncClient, storage: Storage
) -> None:
    strap = RosterStrap("51ADA001", "h10", "07", [ConsentedStream.HEART_RATE])
    add_strap(storage.database, strap)
    answer = await gateway.get(ROSTER)
    roster = msgspec.json.decode(answer.content, type=Roster)
    assert (roster.gateway, roster.straps) == (GATEWAY, [strap])


@pytest.mark.parametrize("header", [None, "Bearer wrong", "Basic x", "Bearer"])
@pytest.mark.parametrize(("method", "path"), [("POST", INGEST), ("GET", ROSTER)])
async def test_f12_without_a_valid_token_nothing_opens(
    client: httpx.AsyncClient, header: str | None, method: str, path: str
) -> None:
    headers = {} if header is None else {"Authorization": header}
    answer = await client.request(method, path, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (401, "credential_refused")
    assert answer.headers["www-authenticate"] == "Bearer"


async def test_f12_a_token_opens_its_two_routes_and_no_other(
    gateway: httpx.AsyncClient, storage: Storage
) -> None:
    schema = create_app(storage).openapi()
    routes = {(method.upper(), path) for path, item in schema["paths"].items() for method in item}
    routes |= {("GET", "/api/v1/openapi.json"), ("GET", "/nowhere"), ("GET", INGEST)}
    others = routes - {("POST", INGEST), ("GET", ROSTER)}
    assert ("GET", "/health") in others
    for method, path in sorted(others):
        answer = await gateway.request(method, path.replace("{id}", "now"))
        assert (answer.status_code, answer.json()["code"]) == (403, "not_permitted"), path


async def test_f12_a_revoked_token_is_refused(
    client: httpx.AsyncClient, storage: Storage, token: str
) -> None:
    revoke_gateway(storage.database, GATEWAY)
    answer = await client.get(ROSTER, headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 401


async def test_health_is_ok_when_a_row_can_be_written(client: httpx.AsyncClient) -> None:
    answer = await client.get("/health")
    told = {"status": "ok", "ballast": "laid", "ledger": "not checked yet", "certificate": "none"}
    assert (answer.status_code, answer.json()) == (200, told)


async def test_a6_health_is_not_ok_when_no_row_can_be_written(
    client: httpx.AsyncClient, storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No upload was refused yet: only a row that is really written tells."""
    monkeypatch.setattr("server.web.health.PROBE_TIMEOUT_S", 0.1)
    with busy_writer(storage):
        assert (await client.get("/health")).status_code == 503
    assert (await client.get("/health")).status_code == 200


async def test_metrics_count_uploads_and_conflicts(
    gateway: httpx.AsyncClient, client: httpx.AsyncClient, storage: Storage
) -> None:
    for payload in (b"1", b"2"):
        await gateway.post(INGEST, content=encode_batch(batch([record(1, payload)])))
    del gateway.headers["Authorization"]
    text = (await client.get("/metrics")).text
    assert 'doseline_ingest_uploads_total{outcome="stored"} 1.0' in text
    assert "doseline_archive_conflicts_total 1.0" in text


async def _read_refusals(storage: Storage) -> dict[str, float]:
    transport = httpx.ASGITransport(app=create_app(storage))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as anyone:
        text = (await anyone.get("/metrics")).text
    found = re.findall(r"^doseline_refusals_total\{(.*)\} (.*)$", text, re.MULTILINE)
    return {label.removeprefix('code="').removesuffix('"'): float(n) for label, n in found}


async def test_refusals_are_counted_by_code(
    gateway: httpx.AsyncClient, storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def never() -> AsyncIterator[bytes]:
        yield b"\x80"
        await asyncio.Event().wait()

    monkeypatch.setattr("server.ingest.admission.BODY_DEADLINE_S", 0.05)
    assert set((await _read_refusals(storage)).values()) == {0}
    await gateway.post(INGEST, content=encode_batch(batch([record(1)])))
    for content, headers in (
        (encode_batch(batch([record(1, b"other")])), {}),
        (_with(epoch=""), {}),
        (bytes(MIB + 1), {}),
        (b"\x80", {"Content-Type": "text/plain"}),
        (b"\x80", {"Authorization": "Bearer wrong"}),
        (never(), {}),
        (b"\xc1", {}),
        (_with(v=2), {}),
        (b"", {"Host": "rebound.example"}),
    ):
        await gateway.post(INGEST, content=content, headers=headers)
    await gateway.get("/health")  # not open to a gateway's token
    counts = await _read_refusals(storage)
    assert {code: n for code, n in counts.items() if n} == {
        "archive_conflict": 1,
        "batch_invalid": 1,
        "batch_too_large": 1,
        "media_type_unsupported": 1,
        "credential_refused": 1,
        "upload_too_slow": 1,
        "message_invalid": 1,
        "message_version_unsupported": 1,
        "misdirected": 1,
        "not_permitted": 1,
    }
    for _ in range(140):
        await gateway.post(INGEST, content=b"")
    assert (await _read_refusals(storage))["too_many_requests"] > 0


async def test_f11_nothing_that_a_sender_wrote_becomes_a_label(
    client: httpx.AsyncClient, storage: Storage
) -> None:
    codes = (await _read_refusals(storage)).keys()
    for path in ("/canary", "/api/v1/sessions/canary/live", INGEST + "/canary?canary=canary"):
        for method in ("GET", "CANARY"):
            await client.request(method, path, headers={"X-Canary": "canary", "Host": "canary"})
            await client.request(method, path, headers={"Authorization": "canary"})
            await client.request(method, path)
    counts = await _read_refusals(storage)
    assert counts.keys() == codes
    assert sum(counts.values()) == 18
    assert "canary" not in str(counts)


async def test_the_feed_knows_when_each_gateway_was_heard(
    gateway: httpx.AsyncClient, storage: Storage
) -> None:
    made: UplinkBatch = batch([record(1)], sent=SentAt("b1", 5, 6))
    await gateway.post(INGEST, content=encode_batch(made))
    (contact,) = storage.feed.contacts()
    assert (contact.gateway, contact.boot_id) == (GATEWAY, "b1")
    assert contact.heard_monotonic_ns - contact.offset_ns == 5


async def test_the_api_describes_itself_and_shows_no_other_documentation(
    client: httpx.AsyncClient,
) -> None:
    assert INGEST in (await client.get("/api/v1/openapi.json")).json()["paths"]
    for path in ("/docs", "/redoc", "/openapi.json"):
        answer = await client.get(path)
        assert (answer.status_code, answer.headers["content-type"]) == (404, PROBLEM)


async def test_f13_another_hosts_name_is_not_answered(client: httpx.AsyncClient) -> None:
    for path in ("/live", "/health", INGEST):
        answer = await client.get(path, headers={"Host": "rebound.example"})
        assert (answer.status_code, answer.json()["code"]) == (421, "misdirected")


async def test_c4_conflicts_of_ever_new_journals_are_told_and_not_all_remembered(
    storage: Storage, caplog: pytest.LogCaptureFixture
) -> None:
    ingest = Ingest(storage.writer, TokenReader(lambda _: None), storage.contacts, storage.metrics)
    conflict = ArchiveConflictError("x", (), ((1, 1),))
    for n in range(1_500):
        ingest._alarm(batch([record(1)], epoch=f"e{n}"), conflict)
    assert len(ingest._alarmed) <= 1_000
    assert sum(entry.levelname == "ERROR" for entry in caplog.records) == 1_500


async def test_a6_health_is_not_ok_while_uploads_are_refused(
    gateway: httpx.AsyncClient, storage: Storage
) -> None:
    """Goes red if a probe's single row, which still fits, is taken for room."""
    token = gateway.headers.pop("Authorization")
    storage.writer.refused_upload_s = time.monotonic()
    assert (await gateway.get("/health")).status_code == 503
    storage.writer.refused_upload_s = time.monotonic() - 61
    assert (await gateway.get("/health")).status_code == 200
    storage.writer.refused_upload_s = time.monotonic()
    whole = encode_batch(batch([record(1)]))
    headers = {"Authorization": token}
    assert (await gateway.post(INGEST, content=whole, headers=headers)).status_code == 200
    assert (await gateway.get("/health")).status_code == 200
