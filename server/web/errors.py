"""The one place that turns errors into HTTP: RFC 9457 problems with a stable `code`."""

import logging
import math
import uuid
from collections.abc import Mapping
from typing import Any, Final

import msgspec
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from protocol.errors import OversizedMessageError, ProtocolError, UnsupportedMessageError
from protocol.ledger.faults import InvalidEventsError
from server import errors
from server.refusals import NoteRefusal
from server.study.trouble import AnswersRefusedError
from server.web.store_outage import StoreOutage

log = logging.getLogger(__name__)

RETRY_AFTER_S: Final = 2  # a full disk or a restarting database: soon enough, and no storm

# Status by class, the nearest ancestor counts. What each one makes a gateway do: decision table of
# the uplink (401 and 403 keep everything, 413 halves, 400 and 422 bisect, 409 starts a new epoch).
STATUS: Final[Mapping[type[Exception], int]] = {
    errors.NotFoundError: 404,
    errors.MethodNotAllowedError: 405,
    errors.ConflictError: 409,
    errors.RuleError: 409,
    errors.MethodError: 422,
    errors.ArchiveConflictError: 409,
    errors.CredentialError: 401,
    errors.SignedOutError: 401,
    errors.SignInRefusedError: 401,
    errors.TabletUnknownError: 401,
    errors.TabletRevokedError: 401,
    errors.CodeRefusedError: 403,
    errors.NotPermittedError: 403,
    errors.InvalidRequestError: 422,
    AnswersRefusedError: 422,
    errors.InvalidBatchError: 422,
    errors.RequestTooLargeError: 413,
    errors.BatchTooLargeError: 413,
    errors.UnsupportedUploadError: 415,
    errors.SlowUploadError: 408,
    errors.TooManyRequestsError: 429,
    errors.TooManyAttemptsError: 429,
    errors.SignInBusyError: 503,
    errors.NotWorkedOutYetError: 503,
    errors.StorageUnavailableError: 503,
    errors.ViewerLimitError: 503,
    errors.ServerError: 500,
    # The server is older than the gateway: no record is at fault, so none may be given up.
    UnsupportedMessageError: 403,
    InvalidEventsError: 422,
    OversizedMessageError: 413,
    ProtocolError: 400,
}
_PROTOCOL_CODES: Final[Mapping[type[Exception], str]] = {
    UnsupportedMessageError: "message_version_unsupported",
    InvalidEventsError: "events_invalid",
    OversizedMessageError: errors.BatchTooLargeError.code,
    ProtocolError: "message_invalid",
}
_OVER_SOON: Final = (errors.TooManyRequestsError, errors.NotWorkedOutYetError)
_FRAMEWORK_CODES: Final = {404: "not_found", 405: "method_not_allowed"}
_TITLES: Final = {
    400: "Not a message of ours",
    401: "Not signed in",
    403: "Not permitted",
    404: "Not found",
    405: "Method not allowed",
    408: "Too slow",
    409: "Conflict",
    413: "Too large",
    415: "Unsupported media type",
    421: "Misdirected",
    422: "Not valid",
    429: "Too many requests",
    500: "Internal error",
    503: "Unavailable",
}


def add_problem_responses(app: FastAPI, note_refusal: NoteRefusal) -> None:
    """Make every error of the app a problem, and none a traceback."""
    answers = _Answers(note_refusal)
    app.add_exception_handler(errors.ServerError, answers.to_error)
    app.add_exception_handler(ProtocolError, answers.to_error)
    app.add_exception_handler(HTTPException, answers.to_framework_refusal)
    app.add_exception_handler(RequestValidationError, answers.to_malformed_request)
    outage = StoreOutage(answers.to_outage)
    for passing in (OperationalError, InterfaceError, PoolTimeoutError):
        app.add_exception_handler(passing, outage.handle)
    app.add_exception_handler(ClientDisconnect, answers.to_nobody)
    app.add_exception_handler(Exception, answers.to_bug)


def make_problem(
    status: int,
    code: str,
    detail: str,
    members: Mapping[str, Any] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """An `application/problem+json` answer."""
    content = {"type": "about:blank", "title": _TITLES.get(status, "Error"), "status": status}
    content |= {"code": code, "detail": detail, **(members or {})}
    return Response(
        msgspec.json.encode(content),
        status,
        headers={"Cache-Control": "no-store", **(headers or {})},
        media_type="application/problem+json",
    )


def find_status(error: Exception) -> int:
    """The status of the error's class, or of its nearest ancestor in the table."""
    return next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)


def choose_retry_after_s(error: Exception) -> int:
    """Whole seconds after which it is worth trying again."""
    if isinstance(error, errors.TooManyAttemptsError):
        return math.ceil(error.wait_s)
    return 1 if isinstance(error, _OVER_SOON) else RETRY_AFTER_S


def _find_members(error: Exception) -> dict[str, Any]:
    """What a program needs beside the sentence."""
    if isinstance(error, errors.ArchiveConflictError):
        return {"known": error.known, "conflicting": error.conflicting}
    if isinstance(error, errors.ActorNotSignedInError):
        return {"actors": error.actors}
    if isinstance(error, InvalidEventsError):
        return {"errors": error.faults}
    if isinstance(error, AnswersRefusedError):
        return {"errors": [{"field": o.field, "message": str(o.sentence)} for o in error.troubles]}
    return {}


def _find_code(error: Exception) -> str:
    if isinstance(error, errors.ServerError):
        return error.code
    return next(_PROTOCOL_CODES[kind] for kind in type(error).__mro__ if kind in _PROTOCOL_CODES)


class _Answers:
    """The app's exception handlers; each answer is counted by its code."""

    def __init__(self, note_refusal: NoteRefusal) -> None:
        self._note_refusal = note_refusal

    def to_error(self, _request: Request, error: Exception) -> Response:
        status = find_status(error)
        members = _find_members(error)
        headers: dict[str, str] = {}
        if status == 401:  # RFC 9110 11.6.1 wants a scheme; a browser asks nobody for this one
            is_token = isinstance(error, errors.CredentialError)
            headers["WWW-Authenticate"] = "Bearer" if is_token else "Cookie"
        if isinstance(error, errors.MethodNotAllowedError):
            headers["Allow"] = ", ".join(error.methods)
        if status in {429, 503}:
            headers["Retry-After"] = str(choose_retry_after_s(error))
        return self._tell(status, _find_code(error), str(error), members, headers)

    def to_outage(self) -> Response:
        sentence = "the database is away; nothing was changed, try again in a moment"
        error = errors.StorageUnavailableError(sentence)
        headers = {"Retry-After": str(RETRY_AFTER_S)}
        return self._tell(find_status(error), error.code, sentence, headers=headers)

    def to_framework_refusal(self, _request: Request, error: Exception) -> Response:
        """No such path, wrong method."""
        if not isinstance(error, HTTPException):
            raise error
        code = _FRAMEWORK_CODES.get(error.status_code, "request_refused")
        return self._tell(error.status_code, code, str(error.detail), headers=error.headers)

    def to_malformed_request(self, _request: Request, error: Exception) -> Response:
        if not isinstance(error, RequestValidationError):
            raise error
        where = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        return self._tell(422, "request_invalid", where)

    def to_nobody(self, _request: Request, _error: Exception) -> Response:
        """The sender left in the middle of its request: ordinary on a radio, and no bug of ours."""
        return self._tell(400, "request_cut", "the connection was lost before the request's end")

    def to_bug(self, request: Request, error: Exception) -> Response:
        """A bug of ours: the log has the traceback, the answer has the number to find it by."""
        incident = uuid.uuid4().hex[:12]
        log.error("incident %s: %s %s", incident, request.method, request.url.path, exc_info=error)
        sentence = f"Something is wrong here; the log has it as {incident}."
        return self._tell(500, "internal_error", sentence)

    def _tell(
        self,
        status: int,
        code: str,
        detail: str,
        members: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Response:
        self._note_refusal(code)
        return make_problem(status, code, detail, members, headers)
