import httpx
import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from server.web.security_headers import CONTENT_SECURITY_POLICY, SecurityHeaders


async def fetch_headers(path: str) -> httpx.Headers:
    async def plain(_request: object) -> PlainTextResponse:
        return PlainTextResponse("x")

    async def stored(_request: object) -> PlainTextResponse:
        return PlainTextResponse("x", headers={"Cache-Control": "no-store"})

    app = Starlette(routes=[Route("/plain", plain), Route("/stored", stored)])
    app.add_middleware(SecurityHeaders)
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://here") as client:
        return (await client.get(path)).headers


@pytest.mark.parametrize("path", ["/plain", "/stored", "/absent"])
async def test_every_answer_carries_them(path: str) -> None:
    headers = await fetch_headers(path)
    assert headers["content-security-policy"] == CONTENT_SECURITY_POLICY
    assert headers["x-content-type-options"] == "nosniff"


async def test_an_answer_that_may_not_be_stored_keeps_its_word() -> None:
    assert (await fetch_headers("/stored"))["cache-control"] == "no-store"
    assert (await fetch_headers("/plain"))["cache-control"] == "no-cache"


def test_the_policy_allows_nothing_but_our_own_files() -> None:
    directives = dict(part.split(" ", 1) for part in CONTENT_SECURITY_POLICY.split("; "))
    assert directives["default-src"] == "'none'"
    assert set(directives["script-src"].split()) == {"'self'"}
    assert "unsafe" not in CONTENT_SECURITY_POLICY
