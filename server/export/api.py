"""`GET /api/v1/exports`: every dataset that was handed out."""

from typing import TYPE_CHECKING, Annotated, Any, Final

import msgspec
from fastapi import APIRouter, Depends, Response

from protocol.ledger.instants import format_utc_ms
from server.db.database import Database
from server.people.current import CurrentPerson, current_person

if TYPE_CHECKING:
    from server.study.recipients import Noted

EXPORTS_API: Final = "/api/v1/exports"
_NS_PER_MS: Final = 1_000_000

Person = Annotated[CurrentPerson, Depends(current_person)]


def build_exports_router(study: Database) -> APIRouter:
    """The route."""
    router = APIRouter(tags=["study"])

    @router.get(EXPORTS_API, response_class=Response)
    def list_exports(_person: Person) -> Response:
        """Datasets that were handed out, by command or console, the oldest first: number,
        recipient, profile, what was approved, why, who asked and who approved it, the manifest's
        SHA-256, when and by whom, and who took the file from the console.
        """
        from server.study.recipients import read_noted

        with study.reading() as connection:
            told = [_view(one) for one in read_noted(connection)]
        return Response(
            msgspec.json.encode({"exports": told}),
            headers={"Cache-Control": "no-store"},
            media_type="application/json",
        )

    return router


def _view(noted: "Noted") -> dict[str, Any]:
    return {
        "number": noted.number,
        "recipient": noted.one.recipient,
        "profile": noted.one.profile,
        "approved": list(noted.one.approved),
        "reason": noted.one.reason,
        "approval": None
        if noted.approval is None
        else {
            "number": noted.approval.number,
            "asked_by": noted.approval.asked_by,
            "approved_by": noted.approval.approved_by,
        },
        "manifest_sha256": noted.one.manifest_sha256,
        "recorded_by": noted.recorded_by,
        "recorded_utc": _tell(noted.recorded_wall_ns),
        "taken": [{"by": name, "utc": _tell(wall_ns)} for name, wall_ns in noted.taken],
    }


def _tell(wall_ns: int) -> str:
    return format_utc_ms(wall_ns // _NS_PER_MS)
