"""`/sign-in` and `/sign-out`: forms that work without JavaScript, by the API's own rules."""

from typing import Final
from urllib.parse import parse_qs

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, RedirectResponse, Response

from server.ascii_digits import to_ascii_digits
from server.errors import InvalidRequestError, ServerError, TabletNotEnrolledError
from server.people.api import (
    AdmitAttempt,
    admit_everybody,
    end_current_session,
    read_cookie,
    read_source,
)
from server.people.attempt import Attempt
from server.people.cookie import clear_cookie_header, set_cookie_header
from server.people.credentials import is_pin
from server.people.request_body import read_short_body
from server.people.sign_in import SignIn
from server.web.brake_words import describe_brake, mark_refused
from server.web.catalogue.spoken import current_language, t
from server.web.contexts import SignInPageContext
from server.web.pages import make_page
from server.web.paths import SIGN_IN_PAGE, SIGN_OUT_PAGE
from server.web.policy import is_page

_FIELDS: Final = 3  # next, name, secret
_SEE_OTHER: Final = 303  # after a form: GET what it leads to


def build_sign_in_pages_router(sign_in: SignIn, admit: AdmitAttempt = admit_everybody) -> APIRouter:
    """The two forms; `admit` is build_people_router's."""
    router = APIRouter(include_in_schema=False)

    @router.get(SIGN_IN_PAGE)
    def show(next: str = "/") -> HTMLResponse:  # noqa: A002 - the parameter's name in the address
        return make_page(SignInPageContext(current_language(), choose_next(next), "", ""))

    @router.post(SIGN_IN_PAGE)
    async def begin(request: Request) -> Response:
        form = read_form(await read_short_body(request))
        next_path, name = choose_next(form.get("next", "/")), form.get("name", "")
        try:
            attempt = read_attempt(form)
            await run_in_threadpool(admit, request, attempt)
            session_id = await run_in_threadpool(
                sign_in.sign_in, attempt, read_source(request), read_cookie(request)
            )
        except ServerError as error:
            return _ask_again(error, next_path, name)
        answer = RedirectResponse(next_path, _SEE_OTHER)
        answer.headers.append("Set-Cookie", set_cookie_header(session_id))
        return answer

    @router.post(SIGN_OUT_PAGE)
    def end(request: Request) -> RedirectResponse:
        end_current_session(sign_in, request)
        headers = {"Set-Cookie": clear_cookie_header()}
        return RedirectResponse(SIGN_IN_PAGE, _SEE_OTHER, headers)

    return router


def read_form(body: bytes, max_fields: int = _FIELDS) -> dict[str, str]:
    """Fields of an urlencoded form, each once; empty for anything else."""
    try:
        fields = parse_qs(body.decode("utf-8"), keep_blank_values=True, max_num_fields=max_fields)
    except ValueError:
        return {}
    return {name: values[0] for name, values in fields.items() if len(values) == 1}


def read_attempt(form: dict[str, str]) -> Attempt:
    """Six digits are a PIN: a password is longer. Raises InvalidRequestError."""
    secret = form.get("secret", "")
    pin = to_ascii_digits(secret)
    typed = {"pin": pin} if is_pin(pin) else {"password": secret}
    return Attempt.read({"name": form.get("name"), **typed})


def choose_next(wanted: str) -> str:
    """Where to go after signing in: one of our pages, whatever the address said."""
    return wanted if is_page(wanted) else "/"


def _ask_again(error: ServerError, next_path: str, name: str) -> Response:
    page = make_page(SignInPageContext(current_language(), next_path, name, _describe(error)))
    return mark_refused(page, error)


def _describe(error: ServerError) -> str:
    if isinstance(error, InvalidRequestError):
        return t("Fill in both fields, please.")
    if isinstance(error, TabletNotEnrolledError):
        return t("In this study a PIN counts on an enrolled tablet only. Sign in by your password.")
    return describe_brake(error) or t(
        "Name and password or PIN don't belong together. Look at both and try again."
    )
