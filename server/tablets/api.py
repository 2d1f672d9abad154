"""A tablet about itself: becoming one, whether it still is, and its leave when it isn't."""

from typing import TYPE_CHECKING, Annotated, Any, Final

import msgspec
from fastapi import APIRouter, Depends, Request, Response
from starlette.concurrency import run_in_threadpool

from server.errors import ConflictError, InvalidRequestError, NotPermittedError
from server.people.api import read_source
from server.people.attempt import is_device
from server.people.request_body import read_short_body, read_short_json
from server.tablets.credentials import clear_cookie_header, read_credential, set_cookie_header
from server.tablets.current import CurrentTablet, current_tablet, find_current_tablet
from server.tablets.registry import TabletRegistry

if TYPE_CHECKING:
    from collections.abc import Callable

    from server.tablets.last_entries import LastEntries

ENROLMENT_PATH: Final = "/api/v1/tablet/enrolment"
LAST_ENTRIES_PATH: Final = "/api/v1/tablet/last-entries"
LEAVE_PATH: Final = "/api/v1/tablet/leave"
MAX_BODY_BYTES: Final = 256 * 1024
# Only with the leave: before it, the browser's store holds what nobody else has.
ERASE_ALL: Final = '"cache", "cookies", "storage"'


def _describe_body(**properties: dict[str, Any]) -> dict[str, Any]:
    schema = {"type": "object", "required": list(properties), "properties": properties}
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}


_DEVICE: Final = {"type": "string", "pattern": "^[0-9a-f]{16}$"}
_CODE_BODY: Final = _describe_body(code={"type": "string"}, device=_DEVICE)
_ENTRIES_BODY: Final = _describe_body(entries={"type": "array", "items": {"type": "object"}})
_TABLET_SCHEMA: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["is_required", "name", "is_revoked"],
    "properties": {
        "is_required": {"type": "boolean"},
        "name": {"type": ["string", "null"]},
        "is_revoked": {"type": "boolean"},
    },
}
_RESPONSES: Final[dict[int | str, dict[str, Any]]] = {
    200: {"content": {"application/json": {"schema": _TABLET_SCHEMA}}}
}

Tablet = Annotated[CurrentTablet, Depends(current_tablet)]


def build_tablets_router(
    registry: TabletRegistry, open_last_entries: "Callable[[], LastEntries]"
) -> APIRouter:
    """The routes of tablets about themselves."""
    router = APIRouter(tags=["tablet"])

    @router.get(ENROLMENT_PATH, responses=_RESPONSES)
    def read_enrolment(request: Request) -> Response:
        """Whether this browser is a tablet of the study, and whether it has to be one."""
        credential = read_credential(request.headers.getlist("cookie"))
        tablet = None if credential is None else registry.find(credential)
        return _describe(tablet, is_required=registry.is_required())

    @router.post(ENROLMENT_PATH, responses=_RESPONSES, openapi_extra=_CODE_BODY)
    async def enrol(request: Request) -> Response:
        """Become a tablet by a code that somebody made in the console; sets the cookie."""
        code, device = _read_code(await read_short_json(request))
        earlier = find_current_tablet(request)
        if earlier is not None:
            raise ConflictError(f"this tablet is enrolled as {earlier.name!r} already")
        enrol = registry.enrol
        tablet, credential = await run_in_threadpool(enrol, code, device, read_source(request))
        answer = _describe(tablet, is_required=await run_in_threadpool(registry.is_required))
        answer.headers.append("Set-Cookie", set_cookie_header(credential))
        return answer

    @router.post(LAST_ENTRIES_PATH, openapi_extra=_ENTRIES_BODY)
    async def hand_in(request: Request, tablet: Tablet) -> Response:
        """What waits on a revoked tablet; answers with the ids that are kept, once they are."""
        from server.tablets.last_entries import read_handed_in

        _require_revoked(tablet)
        entries = read_handed_in(_decode(await read_short_body(request, MAX_BODY_BYTES)))
        kept = await run_in_threadpool(open_last_entries().take_in, tablet.number, entries)
        return _answer({"kept": kept})

    @router.post(LEAVE_PATH)
    def leave(tablet: Tablet) -> Response:
        """A revoked tablet has nothing left to hand in: its browser erases everything of ours."""
        _require_revoked(tablet)
        registry.note_left(tablet.number)
        answer = _answer({"left": True})
        answer.headers.append("Set-Cookie", clear_cookie_header())
        answer.headers["Clear-Site-Data"] = ERASE_ALL
        return answer

    return router


def _require_revoked(tablet: CurrentTablet) -> None:
    if not tablet.is_revoked:
        raise NotPermittedError("this tablet isn't revoked: its entries go the ordinary way")


def _read_code(content: Any) -> tuple[object, str]:
    """Raises InvalidRequestError."""
    if not isinstance(content, dict) or content.keys() != {"code", "device"}:
        raise InvalidRequestError("an object with code and device is needed")
    if not is_device(content["device"]):
        raise InvalidRequestError("device: 16 digits of 0-9 and a-f")
    return content["code"], content["device"]


def _decode(body: bytes) -> Any:
    try:
        return msgspec.json.decode(body)
    except (msgspec.DecodeError, RecursionError):
        raise InvalidRequestError("the body is not JSON") from None


def _describe(tablet: CurrentTablet | None, *, is_required: bool) -> Response:
    name = None if tablet is None else tablet.name
    is_revoked = tablet is not None and tablet.is_revoked
    return _answer({"is_required": is_required, "name": name, "is_revoked": is_revoked})


def _answer(content: Any) -> Response:
    return Response(
        msgspec.json.encode(content),
        media_type="application/json",
        headers={"Cache-Control": "no-store"},
    )
