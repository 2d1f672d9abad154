"""A double of the HTTP API that the tablet talks to: memory only, for tests of the tablet alone.

It speaks the contract of `/api/v1` (sign-in, actors, bundle, events) and has switches for trouble.
It is no ledger: nothing is folded, chained or stored.
"""

import asyncio
import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

from fastapi import APIRouter, Request, Response

from server.web.errors import make_problem
from tests.tablet_evening import PINS, SESSION, format_utc, make_bundle, make_planned

COOKIE = "doseline"
LIMIT = 200
MAX_AMOUNT = 999
ENVELOPE = {"id", "kind", "about", "value", "actor", "device", "device_seq", "occurred_at",
            "clock_offset_ms", "supersedes", "reason"}  # fmt: skip


class LedgerDouble:
    """What is on the server, and how it misbehaves."""

    def __init__(self) -> None:
        self.events: dict[str, list[dict[str, Any]]] = {}
        self.sign_ins: dict[str, list[str]] = {}
        self.planned = make_planned()
        self.n_posts = 0
        self.status: int | None = None  # every API answer is this error
        self.lose_answers = 0  # so many posts are stored and their answers lost
        self.delay_s = 0.0
        self.offset = timedelta()  # how far this server's clock is from the machine's
        self.refused_ids: dict[str, str] = {}

    @property
    def ids(self) -> list[str]:
        """Of all events of tonight, in the order of their arrival."""
        return [event["id"] for event in self.events.get(SESSION, [])]

    def of_kind(self, kind: str) -> list[dict[str, Any]]:
        return [event for event in self.events.get(SESSION, []) if event["kind"] == kind]

    def expire_sign_ins(self) -> None:
        """Every cookie is worthless from now on."""
        self.sign_ins.clear()

    def now(self) -> str:
        return format_utc(datetime.now(UTC) + self.offset)

    def append(self, session: str, event: dict[str, Any]) -> dict[str, Any]:
        stored = self.events.setdefault(session, [])
        known = next((one for one in stored if one["id"] == event["id"]), None)
        if known is not None:
            same = all(known[key] == event[key] for key in ENVELOPE)
            return {"id": event["id"], "result": "known" if same else "conflict", "n": known["n"]}
        n = sum(len(one) for one in self.events.values()) + 1
        stored.append({**event, "n": n, "recorded_at": self.now()})
        return {"id": event["id"], "result": "new", "n": n}

    def check(self, event: dict[str, Any]) -> str | None:
        """The sentence of the first thing that is wrong, as strict as the contract's examples."""
        if event.keys() != ENVELOPE:
            return "the envelope has other keys"
        if event["id"] in self.refused_ids:
            return self.refused_ids[event["id"]]
        value = event["value"]
        if value is None:
            return None if event["supersedes"] and event["reason"] else "nothing to void"
        if event["kind"] == "rpe" and value["rating"] is not None:
            rating = value["rating"]
            fits = isinstance(rating, int) and 6 <= rating <= 20
            return None if fits else f"effort on Borg 6-20, not {rating!r}"
        if event["kind"] == "set":
            amount = value["performed"]["amount"]
            fits = amount is None or (isinstance(amount, int) and 0 <= amount <= MAX_AMOUNT)
            return None if fits else f"an amount from 0 to {MAX_AMOUNT}, not {amount!r}"
        return None


def build_double_router(double: LedgerDouble) -> APIRouter:
    """The routes of the contract over this double."""
    router = APIRouter(prefix="/api/v1")

    def actors_of(request: Request) -> list[str] | None:
        return double.sign_ins.get(request.cookies.get(COOKIE, ""))

    async def trouble() -> Response | None:
        await asyncio.sleep(double.delay_s)
        if double.status is None:
            return None
        return make_problem(double.status, "away", "a test said so", headers={"Retry-After": "0"})

    def describe(actors: list[str]) -> dict[str, Any]:
        return {"user": actors[0], "role": "trainer", "actors": actors, "active": actors[-1],
                "device": None, "server_utc": double.now()}  # fmt: skip

    @router.post("/sign-in", response_model=None)
    async def sign_in(request: Request, response: Response) -> Response | dict[str, Any]:
        if (answer := await trouble()) is not None:
            return answer
        asked = await request.json()
        if PINS.get(asked["name"]) != asked.get("pin"):
            return make_problem(401, "sign_in_refused", "name or PIN is wrong")
        token = secrets.token_hex(16)
        double.sign_ins[token] = [asked["name"]]
        response.set_cookie(COOKIE, token, httponly=True, samesite="lax")
        return describe([asked["name"]])

    @router.get("/self", response_model=None)
    async def myself(request: Request) -> Response | dict[str, Any]:
        actors = actors_of(request)
        if (answer := await trouble()) is not None:
            return answer
        return describe(actors) if actors else _signed_out()

    @router.post("/tablet/actors", response_model=None)
    async def add_actor(request: Request) -> Response | dict[str, Any]:
        if (answer := await trouble()) is not None:
            return answer
        actors, asked = actors_of(request), await request.json()
        if not actors:
            return _signed_out()
        if PINS.get(asked["name"]) != asked["pin"]:
            return make_problem(401, "sign_in_refused", "that PIN is not hers")
        actors[:] = [name for name in actors if name != asked["name"]] + [asked["name"]]
        return describe(actors)

    @router.get("/tablet/bundle", response_model=None)
    async def bundle(request: Request) -> Response | dict[str, Any]:
        if (answer := await trouble()) is not None:
            return answer
        actors = actors_of(request)
        return make_bundle(actors, double.planned) if actors else _signed_out()

    @router.get("/sessions/{session}/events", response_model=None)
    async def read_events(
        session: str, request: Request, after: int = 0
    ) -> Response | dict[str, Any]:
        if (answer := await trouble()) is not None:
            return answer
        if not actors_of(request):
            return _signed_out()
        events = double.events.get(session, [])
        head = max((event["n"] for event in events), default=0)
        newer = [event for event in events if event["n"] > after]
        return {"events": newer, "head": head, "server_utc": double.now()}

    @router.post("/sessions/{session}/events", response_model=None)
    async def post_events(session: str, request: Request) -> Response | dict[str, Any]:
        if (answer := await trouble()) is not None:
            return answer
        double.n_posts += 1
        actors, events = actors_of(request), await request.json()
        if not actors:
            return _signed_out()
        if len(events) > LIMIT:
            return make_problem(413, "too_many_events", f"at most {LIMIT}")
        if any(event["actor"] not in actors for event in events):
            members = {"actors": [event["actor"] for event in events]}
            return make_problem(403, "actor_not_signed_in", "enter the PIN", members)
        wrong = [(event, said) for event in events if (said := double.check(event))]
        if wrong:
            found = [{"id": event["id"], "code": "value_invalid", "message": said}
                     for event, said in wrong]  # fmt: skip
            return make_problem(422, "events_invalid", "nothing was stored", {"errors": found})
        results = [double.append(session, event) for event in events]
        if double.lose_answers > 0:
            double.lose_answers -= 1
            return make_problem(503, "away", "stored, and the answer lost on the way")
        head = max(event["n"] for event in double.events[session])
        return {"results": results, "head": head, "server_utc": double.now()}

    return router


def _signed_out() -> Response:
    return make_problem(401, "signed_out", "sign in first")
