"""Sessions over HTTP: post events, read them back, read the session that they fold to."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any, Final

import msgspec
from fastapi import APIRouter, Depends, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from server.errors import UnsupportedUploadError
from server.ingest.admission import Body, WaitingBytes, too_large
from server.sessions.signer import MAX_EVENTS, Signer

if TYPE_CHECKING:
    from server.sessions.service import Posted, SessionService
    from server.sessions.stored import StoredEvent

SESSIONS_PATH: Final = "/api/v1/sessions"
SESSION_PATH: Final = "/api/v1/sessions/{session_id}"
COVERAGE_PATH: Final = "/api/v1/sessions/{session_id}/coverage"
EVENTS_PATH: Final = "/api/v1/sessions/{session_id}/events"

MAX_BODY_BYTES: Final = 256 * 1024

_POST_OPENAPI: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": f"at most {MAX_EVENTS} events, see protocol/ledger/events.schema.json",
        "content": {"application/json": {"schema": {"type": "array", "items": {"type": "object"}}}},
    }
}
_RESULT: Final = {
    "type": "object",
    "required": ["id", "result", "n"],
    "properties": {
        "id": {"type": "string"},
        "result": {"type": "string", "enum": ["new", "known", "conflict"]},
        "n": {"type": "integer"},
    },
}


def build_sessions_router(
    open_service: "Callable[[], SessionService]", current_person: Callable[..., Signer]
) -> APIRouter:
    """The routes of sessions. `current_person` is the dependency that names who is signed in.

    The service is opened with the first request: vocabulary, plan and fold load with it.
    """
    router = APIRouter(tags=["sessions"])
    waiting = WaitingBytes()  # posts of thirty tablets at once, of eight with one person
    Person = Annotated[Signer, Depends(current_person)]  # noqa: N806 (a type)

    @router.post(EVENTS_PATH, openapi_extra=_POST_OPENAPI, responses=_describe("results", _RESULT))
    async def post_events(session_id: str, request: Request, person: Person) -> Response:
        """Store events of a tablet or a script; answers after a synced commit."""
        check_headers(request.headers)
        with Body(waiting, person.name, MAX_BODY_BYTES) as body:
            content = await body.read(request.stream())
            storing = await run_in_threadpool(
                lambda: open_service().post(session_id, content, person)
            )
            posted = await asyncio.wrap_future(storing)
        return _answer(view_posted(posted, open_service().now()))

    @router.get(EVENTS_PATH, responses=_describe("events", {"type": "object"}))
    def read_events(
        session_id: str, _person: Person, after: Annotated[int, Query(ge=0, lt=2**63)] = 0
    ) -> Response:
        """Events of a session after a place in the study's ledger, in its order."""
        service = open_service()
        page = service.read_events(session_id, after)
        rows = [view_event(one, is_late=one.n in page.late) for one in page.events]
        answer = {"events": rows, "head": page.head, **asdict(service.read_marks())}
        return _answer(answer | {"server_utc": service.now()})

    @router.get(SESSIONS_PATH, response_class=Response)
    def list_sessions(_person: Person) -> Response:
        """Every session in one line, by planned start."""
        service = open_service()
        return _answer({"sessions": service.list_sessions(), "server_utc": service.now()})

    @router.get(SESSION_PATH, response_class=Response)
    def read_session(session_id: str, _person: Person) -> Response:
        """The session folded from its events, as tablets fold it."""
        return _answer(open_service().read_state(session_id))

    @router.get(COVERAGE_PATH, response_class=Response)
    def read_coverage(session_id: str, _person: Person) -> Response:
        """How much of each strap's time its heart rate came, and when it was lost."""
        return _answer(open_service().read_coverage(session_id))

    return router


def check_headers(headers: Mapping[str, str]) -> None:
    """Refuse by the headers what needn't be read.

    Raises UnsupportedUploadError or BatchTooLargeError.
    """
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    encoding = headers.get("content-encoding", "identity").strip().lower()
    length = headers.get("content-length", "")
    if kind != "application/json":
        raise UnsupportedUploadError("events are JSON: Content-Type: application/json")
    if encoding != "identity":
        raise UnsupportedUploadError("events are sent as they are: no Content-Encoding")
    if length.isdecimal() and int(length) > MAX_BODY_BYTES:
        raise too_large(MAX_BODY_BYTES)


def view_posted(posted: "Posted", server_utc: str) -> dict[str, Any]:
    """The answer to a post."""
    results = [{"id": o.id, "result": o.result.value, "n": o.n} for o in posted.outcomes]
    return {"results": results, "head": posted.head, "server_utc": server_utc}


def view_event(stored: "StoredEvent", *, is_late: bool) -> dict[str, Any]:
    """An event as it is read back: as its maker made it, and what the server knows of it.

    `late`: it came after its session's end.
    """
    return {
        **msgspec.to_builtins(stored.event),
        "n": stored.n,
        "recorded_at": stored.recorded_at,
        "recorded_by": stored.recorded_by,
        "erased": stored.is_erased,
        "late": is_late,
    }


def _answer(content: Any) -> Response:
    return Response(
        msgspec.json.encode(content),
        headers={"Cache-Control": "no-store"},
        media_type="application/json",
    )


def _describe(name: str, item: dict[str, Any]) -> dict[int | str, dict[str, Any]]:
    schema = {
        "type": "object",
        "required": [name, "head", "server_utc"],
        "properties": {
            name: {"type": "array", "items": item},
            "head": {"type": "integer"},
            "server_utc": {"type": "string", "format": "date-time"},
        },
    }
    return {200: {"content": {"application/json": {"schema": schema}}}}
