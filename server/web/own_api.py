"""`/api/v1/own…`: a participant's own way in and her own routes. Nobody else's data are near."""

import asyncio
from typing import TYPE_CHECKING, Annotated, Any, Final

import msgspec
from fastapi import APIRouter, Depends, Request, Response
from starlette.concurrency import run_in_threadpool

from server.errors import InvalidRequestError
from server.participant_access.access import ParticipantAccess
from server.participant_access.cookie import (
    clear_cookie_header,
    read_own_session_id,
    set_cookie_header,
)
from server.participant_access.current import CurrentParticipant, current_participant
from server.participant_access.pins import ParticipantPins
from server.people.api import read_cookie, read_source
from server.people.cookie import clear_cookie_header as clear_staff_cookie_header
from server.people.request_body import read_short_body, read_short_json
from server.sessions.api import check_headers, view_posted
from server.web.plan_words import say_path, say_plan

if TYPE_CHECKING:
    from collections.abc import Callable

    from server.web.own_desk import OwnDesk

OWN_PATH: Final = "/api/v1/own"
OWN_SIGN_IN_PATH: Final = "/api/v1/own/sign-in"
OWN_SIGN_OUT_PATH: Final = "/api/v1/own/sign-out"
OWN_PIN_PATH: Final = "/api/v1/own/pin"
OWN_WAY_PATH: Final = "/api/v1/own/path"
OWN_EVENTS_PATH: Final = "/api/v1/own/sessions/{session_id}/events"
OWN_NEXT_DAY_PATH: Final = "/api/v1/own/next-day"

MAX_EVENTS_BYTES: Final = 32 * 1024  # an evening of hers is a dozen entries

Who = Annotated[CurrentParticipant, Depends(current_participant)]


def build_own_router(
    access: ParticipantAccess, pins: ParticipantPins, open_desk: "Callable[[], OwnDesk]"
) -> APIRouter:
    """Her routes. The desk is opened with the first request."""
    router = APIRouter(tags=["participant"])
    _add_way_in(router, access, pins)

    @router.get(OWN_PATH, response_class=Response)
    def read_own(who: Who) -> Response:
        """What her own screens show: today, her clock, what she was asked."""
        return _answer(say_plan(open_desk().read(who)))

    @router.get(OWN_WAY_PATH, response_class=Response)
    def read_way(who: Who) -> Response:
        """Her own path through the course, once her PIN was given in this session."""
        return _answer(say_path(open_desk().read_path(who)))

    @router.post(OWN_EVENTS_PATH, response_class=Response)
    async def post_events(session_id: str, request: Request, who: Who) -> Response:
        """Entries of hers about herself; each may be sent for ever."""
        check_headers(request.headers)
        body = await read_short_body(request, MAX_EVENTS_BYTES)
        desk = await run_in_threadpool(open_desk)
        storing = await run_in_threadpool(desk.post, who, session_id, body)
        return _answer(view_posted(await asyncio.wrap_future(storing), desk.now()))

    @router.post(OWN_NEXT_DAY_PATH, response_class=Response)
    async def answer_next_day(request: Request, who: Who) -> Response:
        """Whether anything is new or worse since the last session's day."""
        content = await read_short_json(request)
        desk = await run_in_threadpool(open_desk)
        return _answer(await run_in_threadpool(desk.answer_next_day, who, content))

    return router


def _add_way_in(router: APIRouter, access: ParticipantAccess, pins: ParticipantPins) -> None:
    @router.post(OWN_SIGN_IN_PATH, status_code=204)
    async def begin(request: Request) -> Response:
        """A code from a card, used once; the answer sets the cookie.

        On a tablet that is handed over it ends what staff are signed in by there.
        """
        content = await read_short_json(request)
        code = content.get("code") if isinstance(content, dict) else None
        earlier = read_own_session_id(request.headers.getlist("cookie"))
        session_id, handed_over = await run_in_threadpool(
            access.redeem, code, read_source(request), earlier, read_cookie(request)
        )
        answer = _set_cookie(set_cookie_header(session_id, handed_over=handed_over))
        if handed_over:
            answer.headers.append("Set-Cookie", clear_staff_cookie_header())
        return answer

    @router.post(OWN_SIGN_OUT_PATH, status_code=204)
    def end(request: Request) -> Response:
        """This phone or tablet is nobody's any more."""
        session_id = read_own_session_id(request.headers.getlist("cookie"))
        if session_id is not None:
            access.sign_out(session_id)
        return _set_cookie(clear_cookie_header())

    @router.post(OWN_PIN_PATH, status_code=204)
    async def open_or_set(request: Request, who: Who) -> Response:
        """Her PIN opens her own data for ten minutes; with `new` it is her first one."""
        content = await read_short_json(request)
        pin, is_new = _read_pin(content)
        judge = pins.set if is_new else pins.check
        await run_in_threadpool(judge, who.code, pin)
        await run_in_threadpool(lambda: access.note_unlocked(who.session, is_open=True))
        return Response(status_code=204, headers={"Cache-Control": "no-store"})


def _read_pin(content: Any) -> tuple[str, bool]:
    """Raises InvalidRequestError, without what was sent."""
    if isinstance(content, dict) and content.keys() == {"pin", "new"}:
        pin, is_new = content["pin"], content["new"]
        if isinstance(pin, str) and isinstance(is_new, bool) and len(pin) <= _MAX_PIN:
            return pin, is_new
    raise InvalidRequestError("an object with pin, and new that is true or false, is needed")


_MAX_PIN: Final = 16


def _set_cookie(header: str) -> Response:
    headers = {"Set-Cookie": header, "Cache-Control": "no-store"}
    return Response(status_code=204, headers=headers)


def _answer(content: Any) -> Response:
    return Response(
        msgspec.json.encode(content),
        headers={"Cache-Control": "no-store"},
        media_type="application/json",
    )
