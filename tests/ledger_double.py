"""A double of the HTTP API that the tablet talks to: memory only, for tests of the tablet alone.

It speaks the contract of `/api/v1` (sign-in, actors, bundle, events) and has switches for trouble.
It is no ledger: nothing is chained or stored, and only what is asked for is folded.
"""

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from fastapi import APIRouter, Request, Response
from starlette.responses import JSONResponse

from protocol.ledger.faults import EventFault
from protocol.ledger.validation import decode_event
from server.sessions.domain.fold import fold_session
from server.web.errors import make_problem
from tests.tablet_evening import PINS, SESSION, format_utc, make_bundle, make_planned

COOKIE = "doseline"
LIMIT = 200
ENVELOPE = {"id", "kind", "about", "value", "actor", "device", "device_seq", "occurred_at",
            "clock_offset_ms", "supersedes", "reason"}  # fmt: skip


Handler = Callable[["LedgerDouble", Request, list[str]], Awaitable[Response]]
Endpoint = Callable[[Request], Awaitable[Response]]


class LedgerDouble:
    """What is on the server, and how it misbehaves."""

    def __init__(self) -> None:
        self.events: dict[str, list[dict[str, Any]]] = {}
        self.sign_ins: dict[str, list[str]] = {}
        self.planned = make_planned()
        self.tonight: str | None = SESSION
        self.n_posts = 0
        self.status: int | None = None  # every API answer is this error
        self.backed_up: int | None = None  # up to here in the ledger
        self.lose_answers = 0  # so many posts are stored and their answers lost
        self.delay_s = 0.0
        self.offset = timedelta()  # how far this server's clock is from the machine's
        self.stopped_at: datetime | None = None  # then only `offset` moves it
        self.refused_ids: dict[str, str] = {}
        self.coverage: list[dict[str, Any]] = []  # rows of domain.coverage
        self.failing: dict[str, int] = {}  # by actor: every post of hers is this error
        self.poison: dict[str, int] = {}  # by id: every post with it is this error
        self.tells_time = True  # beside answers about entries
        self.evening: dict[str, Any] = {}  # keys of the bundle that are otherwise tonight

    @property
    def ids(self) -> list[str]:
        """Of all events of tonight, in the order of their arrival."""
        return [event["id"] for event in self.events.get(SESSION, [])]

    def of_kind(self, kind: str) -> list[dict[str, Any]]:
        return [event for event in self.events.get(SESSION, []) if event["kind"] == kind]

    def tell_now(self) -> str | None:
        return self.now() if self.tells_time else None

    def expire_sign_ins(self) -> None:
        """Every cookie is worthless from now on."""
        self.sign_ins.clear()

    def now(self) -> str:
        return format_utc((self.stopped_at or datetime.now(UTC)) + self.offset)

    def append(self, session: str, event: dict[str, Any]) -> dict[str, Any]:
        stored = self.events.setdefault(session, [])
        known = next((one for one in stored if one["id"] == event["id"]), None)
        if known is not None:
            same = all(known[key] == event[key] for key in ENVELOPE)
            return {"id": event["id"], "result": "known" if same else "conflict", "n": known["n"]}
        n = sum(len(one) for one in self.events.values()) + 1
        stored.append({**event, "n": n, "recorded_at": self.now()})
        return {"id": event["id"], "result": "new", "n": n}

    def restore(self, n_lost: int) -> None:
        """The newest entries are gone, as after a restore of a backup."""
        newest = sorted((one["n"] for own in self.events.values() for one in own), reverse=True)
        gone = set(newest[:n_lost])
        for session, own in self.events.items():
            self.events[session] = [one for one in own if one["n"] not in gone]

    def check(self, event: dict[str, Any]) -> EventFault | None:
        """What is wrong with it, by the shared vocabulary."""
        if event["id"] in self.refused_ids:
            return EventFault(event["id"], "value_invalid", self.refused_ids[event["id"]])
        decoded = decode_event(event)
        return decoded if isinstance(decoded, EventFault) else None


def build_double_router(double: LedgerDouble) -> APIRouter:
    """The routes of the contract over this double."""
    router = APIRouter(prefix="/api/v1")
    routes: tuple[tuple[str, str, Handler, bool], ...] = (
        ("POST", "/sign-in", _sign_in, False),
        ("GET", "/self", _read_self, True),
        ("GET", "/tablet/enrolment", _read_enrolment, False),
        ("POST", "/tablet/actors", _add_actor, True),
        ("GET", "/tablet/bundle", _read_bundle, True),
        ("GET", "/sessions/{session}", _read_session, True),
        ("GET", "/sessions/{session}/events", _read_events, True),
        ("POST", "/sessions/{session}/events", _post_events, True),
        ("GET", "/sessions/{session}/coverage", _read_coverage, True),
    )
    for method, path, handle, signed_in in routes:
        endpoint = _guard(double, handle, signed_in=signed_in)
        router.add_api_route(path, endpoint, methods=[method], response_model=None)
    return router


def _guard(double: LedgerDouble, handle: Handler, *, signed_in: bool) -> Endpoint:
    async def answer(request: Request) -> Response:
        await asyncio.sleep(double.delay_s)
        if double.status is not None:
            headers = {"Retry-After": "0"}
            return make_problem(double.status, "away", "a test said so", headers=headers)
        actors = double.sign_ins.get(request.cookies.get(COOKIE, ""), [])
        if signed_in and not actors:
            return make_problem(401, "signed_out", "sign in first")
        return await handle(double, request, actors)

    return answer


async def _sign_in(double: LedgerDouble, request: Request, _: list[str]) -> Response:
    asked = await request.json()
    if PINS.get(asked["name"]) != asked.get("pin"):
        return make_problem(401, "sign_in_refused", "name or PIN is wrong")
    token = secrets.token_hex(16)
    double.sign_ins[token] = [asked["name"]]
    response = _describe_self(double, [asked["name"]])
    response.set_cookie(COOKIE, token, httponly=True, samesite="lax")
    return response


async def _read_self(double: LedgerDouble, _: Request, actors: list[str]) -> Response:
    return _describe_self(double, actors)


async def _add_actor(double: LedgerDouble, request: Request, actors: list[str]) -> Response:
    asked = await request.json()
    if PINS.get(asked["name"]) != asked["pin"]:
        return make_problem(401, "sign_in_refused", "that PIN is not hers")
    actors[:] = [name for name in actors if name != asked["name"]] + [asked["name"]]
    return _describe_self(double, actors)


async def _read_enrolment(double: LedgerDouble, _: Request, __: list[str]) -> Response:
    return JSONResponse({"name": None, "is_revoked": False, "is_required": False})


async def _read_bundle(double: LedgerDouble, _: Request, actors: list[str]) -> Response:
    bundle = make_bundle(actors, double.planned, double.now()) | {
        "tonight": double.tonight, "server_utc": double.tell_now()}  # fmt: skip
    for line in bundle["sessions"]:
        kinds = [one["kind"] for one in double.events.get(line["id"], [])]
        if "session_closed" in kinds:
            line["state"] = "closed"
    if double.tonight is None:
        bundle["sessions"] = [one for one in bundle["sessions"] if one["id"] != SESSION]
    return JSONResponse(bundle | double.evening)


async def _read_events(double: LedgerDouble, request: Request, _: list[str]) -> Response:
    after = int(request.query_params.get("after", "0"))
    events = double.events.get(request.path_params["session"], [])
    head = max((event["n"] for event in events), default=0)
    newer = [event for event in events if event["n"] > after]
    return JSONResponse({"events": newer, "head": head, "backed_up": double.backed_up,
                         "limits_sha256": double.evening.get("safety", {}).get("sha256"),
                         "signoffs_n": double.evening.get("signoffs_n", 0),
                         "server_utc": double.tell_now()})  # fmt: skip


async def _read_session(double: LedgerDouble, request: Request, _: list[str]) -> Response:
    rows = double.events.get(request.path_params["session"], [])
    events = [decode_event({key: one[key] for key in ENVELOPE}) for one in rows]
    good = [one for one in events if not isinstance(one, EventFault)]
    return JSONResponse(fold_session(good, double.now()))


async def _read_coverage(double: LedgerDouble, _: Request, __: list[str]) -> Response:
    return JSONResponse({"rows": double.coverage, "server_utc": double.tell_now()})


async def _post_events(double: LedgerDouble, request: Request, actors: list[str]) -> Response:
    double.n_posts += 1
    session, events = request.path_params["session"], await request.json()
    if len(events) > LIMIT:
        return make_problem(413, "batch_too_large", f"at most {LIMIT}")
    failures = [
        double.failing.get(event["actor"]) or double.poison.get(event["id"]) for event in events
    ]
    if status := next(filter(None, failures), None):
        return make_problem(status, "broken", "a test said so")
    strangers = sorted({event["actor"] for event in events} - set(actors))
    if strangers:
        return make_problem(403, "actor_not_signed_in", "enter the PIN", {"actors": strangers})
    wrong = [fault for event in events if (fault := double.check(event))]
    if wrong:
        found = [{"id": one.id, "code": one.code, "message": one.message} for one in wrong]
        return make_problem(422, "events_invalid", "nothing was stored", {"errors": found})
    results = [double.append(session, event) for event in events]
    if double.lose_answers > 0:
        double.lose_answers -= 1
        return make_problem(503, "away", "stored, and the answer lost on the way")
    head = max(event["n"] for event in double.events[session])
    return JSONResponse({"results": results, "head": head, "server_utc": double.tell_now()})


def _describe_self(double: LedgerDouble, actors: list[str]) -> JSONResponse:
    about = {"user": actors[0], "role": "trainer", "actors": actors, "active": actors[-1],
             "device": None, "server_utc": double.tell_now()}  # fmt: skip
    return JSONResponse(about)
