"""`/language`: the switch between languages, a form that works without JavaScript."""

from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse

from server.errors import InvalidRequestError
from server.people.request_body import read_short_body
from server.web.language import LANGUAGES, set_choice_header
from server.web.paths import LANGUAGE_PATH, SIGN_IN_PAGE
from server.web.sign_in_page import choose_next, read_form

_SEE_OTHER: Final = 303


def build_language_router() -> APIRouter:
    """The form's route."""
    router = APIRouter(include_in_schema=False)

    @router.post(LANGUAGE_PATH)
    async def choose(request: Request) -> RedirectResponse:
        """Keep the choice on this device, and back to where she was."""
        form = read_form(await read_short_body(request))
        language, wanted = form.get("language", ""), form.get("next", "")
        if language not in LANGUAGES:
            raise InvalidRequestError(f"language: one of {', '.join(LANGUAGES)} is needed")
        there = SIGN_IN_PAGE if wanted == SIGN_IN_PAGE else choose_next(wanted)
        answer = RedirectResponse(there, _SEE_OTHER)
        answer.headers.append("Set-Cookie", set_choice_header(language))
        return answer

    return router
