import base64
import hashlib

import httpx
import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from server.web.security_headers import (
    REPORT_POLICY,
    SecurityHeaders,
    build_content_security_policy,
    hash_import_map,
)

POLICY = build_content_security_policy()


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
    assert headers["content-security-policy"] == POLICY
    assert headers["x-content-type-options"] == "nosniff"


async def test_an_answer_that_may_not_be_stored_keeps_its_word() -> None:
    assert (await fetch_headers("/stored"))["cache-control"] == "no-store"
    assert (await fetch_headers("/plain"))["cache-control"] == "no-cache"


@pytest.mark.parametrize("path", ["/plain", "/tablet", "/tablet/app/main.js", "/live"])
async def test_no_page_but_the_tablets_may_use_a_camera(path: str) -> None:
    assert (await fetch_headers(path))["permissions-policy"].startswith("camera=(), ")
    tablets = (await fetch_headers("/tablet/"))["permissions-policy"]
    assert tablets == "camera=(self), geolocation=(), microphone=()"


def test_f4_the_policy_allows_nothing_but_our_own_files() -> None:
    directives = dict(part.split(" ", 1) for part in POLICY.split("; "))
    assert directives["default-src"] == "'none'"
    assert directives["frame-ancestors"] == "'none'"
    assert directives["form-action"] == "'self'"
    assert set(directives["script-src"].split()) == {"'self'"}
    assert "unsafe" not in POLICY


def test_an_import_map_is_allowed_by_its_hash() -> None:
    # Example of w3.org/TR/CSP3, 8.3: "alert('Hello, world.');"
    expected = "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='"
    assert hash_import_map("alert('Hello, world.');") == expected
    text = '{"imports": {"preact": "/static/vendor/preact.js"}}'
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    policy = build_content_security_policy([text])
    assert f"script-src 'self' 'sha256-{digest}';" in policy


async def test_a_report_is_shown_in_a_sandbox_without_scripts_and_loads_nothing() -> None:
    headers = await fetch_headers("/analysis/runs/x/report.html")
    assert headers["content-security-policy"] == REPORT_POLICY
    directives = dict((part + " ").split(" ", 1) for part in REPORT_POLICY.split("; "))
    assert directives["default-src"].strip() == "'none'"
    assert directives["sandbox"] == ""  # nothing is allowed back in
    assert set(directives) - {"style-src"} == {
        "default-src", "base-uri", "form-action", "frame-ancestors", "sandbox",
    }  # fmt: skip
    for other in ("/analysis/runs/x/report.pdf", "/analysis/runs/x", "/x/report.html"):
        assert (await fetch_headers(other))["content-security-policy"] == POLICY
