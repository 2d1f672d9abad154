"""`GET /api/v1/gateways/self/roster`."""

from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Header, Response

from server.db.database import Database
from server.gateways.authentication import TokenReader
from server.gateways.roster import make_roster, read_straps

ROSTER_PATH = "/api/v1/gateways/self/roster"

_ROSTER_SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["gateway", "version", "straps"],
    "properties": {
        "gateway": {"type": "string"},
        "version": {"type": "string"},
        "straps": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["serial", "model", "label", "streams"],
                "properties": {
                    "serial": {"type": "string"},
                    "model": {"type": "string"},
                    "label": {"type": ["string", "null"]},
                    "streams": {
                        "type": "array",
                        "items": {"type": "string", "enum": ["heart_rate", "movement"]},
                    },
                },
            },
        },
    },
}


def build_gateways_router(database: Database, tokens: TokenReader) -> APIRouter:
    """The routes of a gateway about itself."""
    router = APIRouter(tags=["gateways"])

    @router.get(
        ROSTER_PATH,
        responses={200: {"content": {"application/json": {"schema": _ROSTER_SCHEMA}}}},
    )
    def read_own_roster(authorization: Annotated[str | None, Header()] = None) -> Response:
        """The straps this gateway may record: serial, model, streams agreed to; no people."""
        gateway = tokens.look_up(authorization)
        roster = make_roster(gateway, read_straps(database))
        return Response(msgspec.json.encode(roster), media_type="application/json")

    return router
