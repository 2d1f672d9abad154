"""Signing in and out, who I am, and who is at work on this tablet."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated, Any, Final

import msgspec
from fastapi import APIRouter, Depends, Request, Response
from starlette.concurrency import run_in_threadpool

from server.errors import InvalidRequestError, SignedOutError
from server.people.attempt import Attempt
from server.people.cookie import clear_cookie_header, read_session_id, set_cookie_header
from server.people.current import CurrentPerson, current_person
from server.people.request_body import read_short_json
from server.people.session_limits import NS_PER_S
from server.people.sign_in import SignIn

SIGN_IN_PATH: Final = "/api/v1/sign-in"
SIGN_OUT_PATH: Final = "/api/v1/sign-out"
SELF_PATH: Final = "/api/v1/self"
ACTORS_PATH: Final = "/api/v1/tablet/actors"

_UTC: Final = {"type": "string", "format": "date-time"}
_SELF_SCHEMA: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["user", "role", "actors", "active", "device", "server_utc", "valid_until_utc"],
    "properties": {
        "user": {"type": "string"},
        "role": {"type": "string"},
        "actors": {"type": "array", "items": {"type": "string"}},
        "active": {"type": "string"},
        "device": {"type": ["string", "null"]},
        "server_utc": _UTC,
        "valid_until_utc": _UTC,
    },
}
_RESPONSES: Final[dict[int | str, dict[str, Any]]] = {
    200: {"content": {"application/json": {"schema": _SELF_SCHEMA}}}
}


def _describe_body(**properties: dict[str, Any]) -> dict[str, Any]:
    schema = {"type": "object", "required": ["name"], "properties": properties}
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}


_TEXT: Final = {"type": "string"}
_DEVICE: Final = {"type": ["string", "null"], "pattern": "^[0-9a-f]{16}$"}
_SIGN_IN_BODY: Final = _describe_body(name=_TEXT, password=_TEXT, pin=_TEXT, device=_DEVICE)
_ACTOR_BODY: Final = _describe_body(name=_TEXT, pin=_TEXT)


AdmitAttempt = Callable[[Request, Attempt], None]


def admit_everybody(_request: Request, _attempt: Attempt) -> None:
    """Where no tablet has to be enrolled."""


def build_people_router(sign_in: SignIn, admit: AdmitAttempt = admit_everybody) -> APIRouter:
    """The routes of people about themselves.

    `admit` raises NotPermittedError for an attempt that isn't to be made from there.
    """
    router = APIRouter(tags=["people"])

    @router.post(SIGN_IN_PATH, responses=_RESPONSES, openapi_extra=_SIGN_IN_BODY)
    async def begin(request: Request) -> Response:
        """Sign in with a password, or on a tablet with a PIN; the answer sets the cookie."""
        attempt = Attempt.read(await read_short_json(request))
        await run_in_threadpool(admit, request, attempt)
        source, earlier = read_source(request), read_cookie(request)
        session_id = await run_in_threadpool(sign_in.sign_in, attempt, source, earlier)
        answer = await run_in_threadpool(_describe_session, sign_in, session_id)
        answer.headers.append("Set-Cookie", set_cookie_header(session_id))
        return answer

    @router.post(SIGN_OUT_PATH, status_code=204)
    def end(request: Request) -> Response:
        """Sign out; the session is worthless from now on, whoever holds its cookie."""
        end_current_session(sign_in, request)
        return Response(status_code=204, headers={"Set-Cookie": clear_cookie_header()})

    @router.get(SELF_PATH, responses=_RESPONSES)
    def read_self(person: Annotated[CurrentPerson, Depends(current_person)]) -> Response:
        """Who is signed in, who is at work, and what time it is here."""
        return _describe(person, sign_in.now_ns())

    @router.post(ACTORS_PATH, responses=_RESPONSES, openapi_extra=_ACTOR_BODY)
    async def switch(
        request: Request, person: Annotated[CurrentPerson, Depends(current_person)]
    ) -> Response:
        """Another trainer or assistant gives her PIN on a tablet that a trainer signed in."""
        attempt = Attempt.read(await read_short_json(request))
        if not attempt.is_pin or attempt.device is not None:
            raise InvalidRequestError("name and pin are needed, nothing else")
        await run_in_threadpool(sign_in.switch_actor, person, attempt, read_source(request))
        return await run_in_threadpool(_describe_session, sign_in, read_cookie(request))

    return router


def read_source(request: Request) -> str:
    """Where a request comes from, as the brake counts it."""
    return request.client.host if request.client else "unknown"


def read_cookie(request: Request) -> str | None:
    """The session id that a request carries."""
    return read_session_id(request.headers.getlist("cookie"))


def end_current_session(sign_in: SignIn, request: Request) -> None:
    """End the session of a request's cookie, if it has one."""
    session_id = read_cookie(request)
    if session_id is not None:
        sign_in.sign_out(session_id)


def _describe_session(sign_in: SignIn, session_id: str | None) -> Response:
    person = None if session_id is None else sign_in.find(session_id)
    if person is None:
        raise SignedOutError("signed out in the meantime; sign in again")
    return _describe(person, sign_in.now_ns())


def _describe(person: CurrentPerson, now_ns: int) -> Response:
    content = {
        "user": person.name,
        "role": person.role.value,
        "actors": list(person.actors),
        "active": person.active,
        "device": person.device,
        "server_utc": _format_utc(now_ns),
        "valid_until_utc": _format_utc(person.valid_until_wall_ns),
    }
    return Response(
        msgspec.json.encode(content),
        media_type="application/json",
        headers={"Cache-Control": "no-store"},
    )


def _format_utc(wall_ns: int) -> str:
    instant = datetime.fromtimestamp(wall_ns / NS_PER_S, UTC)
    return instant.isoformat(timespec="milliseconds").replace("+00:00", "Z")
