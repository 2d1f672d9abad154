"""Promise F1's first half: what each role may ask for, generated from the policy table."""

from collections.abc import AsyncIterator, Iterator
from typing import Any

import httpx
import pytest
from starlette.routing import Mount

from server.app import create_app
from server.people.roles import Role
from server.storage import Storage
from server.web.policy import PAGES, POLICY, Door
from tests.staff import SAME_SITE, add_person, begin_session, cookie
from tests.studies import make_study


@pytest.fixture(scope="module")
def storage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Storage]:
    with make_study(tmp_path_factory.mktemp("access") / "study").open() as opened:
        for role in Role:
            add_person(opened.database, role.value, role)
        yield opened


@pytest.fixture
async def client(storage: Storage) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app=create_app(storage), raise_app_exceptions=False)
    async with httpx.AsyncClient(
        transport=transport, base_url="http://127.0.0.1", headers=SAME_SITE
    ) as made:
        yield made


def walk_routes(routes: list[Any]) -> Iterator[tuple[str, str]]:
    """(method, path as in the policy) of everything that an app answers."""
    for route in routes:
        inner = getattr(route, "original_router", None)
        if inner is not None:
            yield from walk_routes(inner.routes)
        elif isinstance(route, Mount):
            yield "GET", f"{route.path}/{{file:path}}"
        else:
            yield from ((method, route.path) for method in route.methods - {"HEAD"})


def test_f1_a_route_without_a_policy_fails_the_build(storage: Storage) -> None:
    """And a policy without a route is a promise about nothing."""
    assert set(walk_routes(create_app(storage).router.routes)) == set(POLICY)


async def test_f1_a_route_without_a_policy_is_not_served(storage: Storage) -> None:
    app = create_app(storage)

    @app.get("/api/v1/forgotten")
    def forgotten() -> str:
        return "everything about everybody"

    transport = httpx.ASGITransport(app=app)
    session_id = begin_session(storage.database, "admin")
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        answer = await client.get("/api/v1/forgotten", headers=cookie(session_id))
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def concrete(path: str) -> str:
    return (
        path.replace("{session_id}", "7")
        .replace("{code}", "P07")
        .replace("{time_point}", "post")
        .replace("{job}", "none")
        .replace("{run}", "none")
        .replace("{language}", "xx")
        .replace("{file:path}", "x")
        .replace("{path:path}", "x")
    )


ROWS = sorted(POLICY)


@pytest.mark.parametrize(("method", "path"), ROWS)
async def test_f1_who_is_not_signed_in_reaches_only_what_is_open(
    client: httpx.AsyncClient, method: str, path: str
) -> None:
    answer = await client.request(method, concrete(path))
    if POLICY[method, path] is Door.GATEWAY:
        assert (answer.status_code, answer.json()["code"]) == (401, "credential_refused")
    elif POLICY[method, path] is Door.TABLET:
        assert (answer.status_code, answer.json()["code"]) == (401, "tablet_unknown")
    elif POLICY[method, path] is Door.OPEN:
        assert answer.status_code not in {401, 403}
    elif path in PAGES:
        assert (answer.status_code, answer.headers["location"]) == (
            303,
            f"/sign-in?next={concrete(path)}",
        )
    else:
        assert (answer.status_code, answer.json()["code"]) == (401, "signed_out")


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize(
    ("method", "path"), [row for row in ROWS if not isinstance(POLICY[row], Door)]
)
async def test_f1_role_by_route(
    client: httpx.AsyncClient, storage: Storage, method: str, path: str, role: Role
) -> None:
    hers = cookie(begin_session(storage.database, role.value))
    answer = await client.request(method, concrete(path), headers=hers)
    access = POLICY[method, path]
    assert isinstance(access, frozenset)
    if role in access:
        assert answer.status_code not in {401, 403, 405}
    elif path in PAGES:
        assert (answer.status_code, answer.headers["location"]) == (303, "/home")
    else:
        assert (answer.status_code, answer.json()["code"]) == (403, "not_permitted")


async def test_a_method_that_an_address_does_not_take_is_told(client: httpx.AsyncClient) -> None:
    answer = await client.delete("/live")
    assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed")
    assert answer.headers["allow"] == "GET"


async def test_f1_authorisation_comes_before_the_body_is_read(storage: Storage) -> None:
    """A million bytes from nobody are not taken in."""
    app, asked = create_app(storage), []

    async def receive() -> dict[str, Any]:
        asked.append("body")
        return {"type": "http.request", "body": b"x" * 1_000_000, "more_body": True}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            assert message["status"] == 401

    scope = {
        "type": "http", "method": "POST", "path": "/api/v1/tablet/actors", "scheme": "http",
        "headers": [(b"host", b"127.0.0.1")], "query_string": b"", "client": ("127.0.0.1", 1),
    }  # fmt: skip
    await app(scope, receive, send)
    assert asked == []
