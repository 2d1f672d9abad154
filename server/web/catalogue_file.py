"""`/catalogue/LANGUAGE.json`: a language's sentences, for scripts of pages and of the tablet."""

from functools import lru_cache
from typing import Final

import msgspec
from fastapi import APIRouter, Request, Response

from server.errors import NotFoundError
from server.web.catalogue.catalogue import SOURCE_LANGUAGE, read_catalogue
from server.web.language import LANGUAGES
from server.web.lean import pack

CATALOGUE_PATH: Final = "/catalogue/{language}.json"


def list_catalogues() -> dict[str, bytes]:
    """Browser path -> content of every language but the sources' own, for an app to keep."""
    others = (one for one in LANGUAGES if one != SOURCE_LANGUAGE)
    return {CATALOGUE_PATH.format(language=one): render_catalogue(one) for one in others}


def build_catalogue_router() -> APIRouter:
    """The file's route."""
    router = APIRouter(include_in_schema=False)

    @router.get(CATALOGUE_PATH)
    def catalogue(language: str, request: Request) -> Response:
        content = render_catalogue(language)
        headers = {"Vary": "Accept-Encoding"}
        if "gzip" in request.headers.get("accept-encoding", ""):
            content, headers = pack(content), {**headers, "Content-Encoding": "gzip"}
        return Response(content, headers=headers, media_type="application/json")

    return router


@lru_cache(maxsize=8)
def render_catalogue(language: str) -> bytes:
    """Its JSON, the same each time. Raises NotFoundError."""
    found = read_catalogue(language)
    if found is None:
        raise NotFoundError("there is no translation into this language")
    return msgspec.json.encode(found.as_json())
