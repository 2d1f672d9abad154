"""The live stream over real HTTP on loopback."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest

from server.live.viewers import MAX_VIEWERS
from server.people.registry import Registry
from server.people.roles import Role
from tests.live_scene import circuit_tiles
from tests.live_site import LiveSite
from tests.staff import SAME_SITE, cookie

LIVE = "/api/v1/sessions/now/live"
WITHIN_S = 20


@pytest.fixture
def site(tmp_path: Path) -> Iterator[LiveSite]:
    site = LiveSite(tmp_path)
    site.start()
    yield site
    site.close()


@pytest.fixture
async def client(site: LiveSite) -> AsyncIterator[httpx.AsyncClient]:
    limits = httpx.Limits(max_connections=None)
    """A trainer who is signed in."""
    async with httpx.AsyncClient(
        base_url=site.url,
        timeout=WITHIN_S,
        trust_env=False,
        limits=limits,
        headers=cookie(site.sign_in()),
    ) as client:
        yield client


async def until_viewers(site: LiveSite, n_viewers: int) -> None:
    async with asyncio.timeout(WITHIN_S):
        while site.n_viewers != n_viewers:
            await asyncio.sleep(0.01)


async def read_data(lines: AsyncIterator[str]) -> dict[str, object]:
    async for line in lines:
        if line.startswith("data:"):
            document: dict[str, object] = json.loads(line.removeprefix("data:"))
            return document
    raise EOFError("the stream ended")


async def test_frames_as_server_sent_events(site: LiveSite, client: httpx.AsyncClient) -> None:
    async with client.stream("GET", LIVE) as response:
        assert response.status_code == 200
        assert response.headers["content-type"].startswith("text/event-stream")
        assert response.headers["content-security-policy"].startswith("default-src 'none'")
        await until_viewers(site, 1)
        site.show(circuit_tiles())
        lines = response.aiter_lines()
        assert await anext(lines) == "retry: 2000"
        frame = await read_data(lines)
        assert frame["v"] == 1
        assert [tile["label"] for tile in frame["tiles"]][:2] == ["01", "02"]  # type: ignore[attr-defined]
    await until_viewers(site, 0)


async def test_a_session_that_nobody_knows_has_no_stream(
    site: LiveSite, client: httpx.AsyncClient
) -> None:
    response = await client.get("/api/v1/sessions/7/live")
    assert site.n_viewers == 0
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["code"] == "not_found"


async def test_too_many_viewers_are_told_so(site: LiveSite, client: httpx.AsyncClient) -> None:
    opened = [client.stream("GET", LIVE) for _ in range(MAX_VIEWERS)]
    for stream in opened:
        await stream.__aenter__()
    await until_viewers(site, MAX_VIEWERS)
    response = await client.get(LIVE)
    assert response.status_code == 503
    assert response.json()["code"] == "too_many_viewers"
    for stream in opened:
        await stream.__aexit__(None, None, None)
    await until_viewers(site, 0)


async def test_a_viewer_that_reads_nothing_holds_nobody_up(
    site: LiveSite, client: httpx.AsyncClient
) -> None:
    host, port = site.url.removeprefix("http://").split(":")
    _reader, writer = await asyncio.open_connection(host, int(port), limit=1)
    who = f"Cookie: {client.headers['Cookie']}"
    writer.write(f"GET {LIVE} HTTP/1.1\r\nHost: x\r\n{who}\r\n\r\n".encode())
    async with client.stream("GET", LIVE) as response:
        await until_viewers(site, 2)
        lines = response.aiter_lines()
        tiles = circuit_tiles() * 20  # 100 kB a frame: its buffers are soon full
        for number in range(60):
            site.show(tiles)
            frame = await read_data(lines)
            assert frame["frame"] == number + 1
    writer.close()
    await until_viewers(site, 0)


async def test_streams_end_properly_when_the_server_stops(
    site: LiveSite, client: httpx.AsyncClient
) -> None:
    async with client.stream("GET", LIVE) as response:
        await until_viewers(site, 1)
        await asyncio.to_thread(site.stop)
        assert [line async for line in response.aiter_lines()][:1] == ["retry: 2000"]


async def test_the_start_page_leads_to_the_live_page(client: httpx.AsyncClient) -> None:
    response = await client.get("/")
    assert (response.status_code, response.headers["location"]) == (303, "/live")
    page = await client.get("/live")
    assert page.status_code == 200
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert f'data-stream="{LIVE}"' in page.text


async def test_no_file_outside_the_static_folder(client: httpx.AsyncClient) -> None:
    for path in ("/static/../pages.py", "/static/%2e%2e/pages.py", "/static/"):
        assert (await client.get(path)).status_code == 404


async def test_nobody_watches_who_is_not_signed_in(
    site: LiveSite, client: httpx.AsyncClient
) -> None:
    del client.headers["Cookie"]
    stream = await client.get(LIVE)
    assert (stream.status_code, stream.json()["code"]) == (401, "signed_out")
    page = await client.get("/live")
    assert (page.status_code, page.headers["location"]) == (303, "/sign-in?next=/live")
    assert site.n_viewers == 0


@pytest.mark.parametrize("how", ["signed out", "disabled"])
async def test_f2_an_open_stream_ends_within_a_second(
    site: LiveSite, client: httpx.AsyncClient, how: str
) -> None:
    async with client.stream("GET", LIVE) as response:
        await until_viewers(site, 1)
        if how == "disabled":
            await asyncio.to_thread(Registry(site.database, "test").disable, "sara")
        else:
            assert (await client.post("/api/v1/sign-out", headers=SAME_SITE)).status_code == 204
        async with asyncio.timeout(1.0):
            assert [line async for line in response.aiter_lines()][:1] == ["retry: 2000"]
    await until_viewers(site, 0)


async def test_a_stream_of_somebody_else_goes_on(site: LiveSite, client: httpx.AsyncClient) -> None:
    other = site.sign_in("nour", Role.MONITOR)
    async with client.stream("GET", LIVE, headers=cookie(other)) as response:
        await until_viewers(site, 1)
        await client.post("/api/v1/sign-out", headers=SAME_SITE)
        await asyncio.sleep(1.2)
        site.show(circuit_tiles())
        lines = response.aiter_lines()
        assert (await read_data(lines))["v"] == 1
