"""Every error of ours has a status, and the answer is a problem with a code."""

import json

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient
from starlette.requests import ClientDisconnect

from protocol.errors import InvalidMessageError, ProtocolError, UnsupportedMessageError
from server import errors
from server.web.errors import add_problem_responses, find_status, make_problem


def _all_subclasses(kind: type[Exception]) -> list[type[Exception]]:
    return [kind, *(deeper for child in kind.__subclasses__() for deeper in _all_subclasses(child))]


SERVER_ERRORS = [
    kind for kind in _all_subclasses(errors.ServerError) if "server" in kind.__module__
]


@pytest.mark.parametrize("kind", SERVER_ERRORS, ids=lambda kind: kind.__name__)
def test_every_error_has_a_code_of_its_own(kind: type[errors.ServerError]) -> None:
    assert [other for other in SERVER_ERRORS if vars(other).get("code") == kind.code] == [kind]


# The statuses that the gateway's decision table tells apart (house rules, uplink step 5).
@pytest.mark.parametrize(
    ("error", "status"),
    [
        (errors.CredentialError("x"), 401),
        (errors.NotPermittedError("x"), 403),
        (errors.NotFoundError("x"), 404),
        (errors.SlowUploadError("x"), 408),
        (errors.ArchiveConflictError("x", (), ((1, 1),)), 409),
        (errors.BatchTooLargeError("x"), 413),
        (errors.UnsupportedUploadError("x"), 415),
        (errors.InvalidBatchError("x"), 422),
        (errors.TooManyRequestsError("x"), 429),
        (errors.SettingsError("x"), 500),
        (errors.StorageUnavailableError("x"), 503),
        (InvalidMessageError("x"), 400),
        # 400 would make the gateway give up record after record, though none is at fault.
        (UnsupportedMessageError(2), 403),
        (ProtocolError("x"), 400),
    ],
)
def test_status_by_class(error: Exception, status: int) -> None:
    assert find_status(error) == status


def test_a_problem_has_the_members_of_rfc_9457() -> None:
    answer = make_problem(409, "archive_conflict", "why", {"known": [[1, 2]]})
    assert answer.media_type == "application/problem+json"
    assert json.loads(bytes(answer.body)) == {
        "type": "about:blank",
        "title": "Conflict",
        "status": 409,
        "code": "archive_conflict",
        "detail": "why",
        "known": [[1, 2]],
    }


def _app_that_raises(error: Exception, noted: list[str]) -> FastAPI:
    app = FastAPI()
    add_problem_responses(app, noted.append)

    @app.get("/raise")
    def raise_it(number: int = 0) -> None:
        raise error

    return app


async def _get(error: Exception, path: str = "/raise") -> tuple[int, dict[str, object], str]:
    noted: list[str] = []
    transport = ASGITransport(app=_app_that_raises(error, noted), raise_app_exceptions=False)
    async with AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        answer = await client.get(path)
    assert answer.headers["content-type"] == "application/problem+json"
    assert noted == [answer.json()["code"]]  # each answer is counted, once
    return answer.status_code, answer.json(), answer.headers.get("retry-after", "")


async def test_unavailable_says_when_to_come_back() -> None:
    status, problem, retry_after = await _get(errors.StorageUnavailableError("full"))
    assert (status, problem["code"], retry_after) == (503, "storage_unavailable", "2")


async def test_a_conflict_carries_what_is_known_and_what_conflicts() -> None:
    error = errors.ArchiveConflictError("x", ((1, 4), (7, 7)), ((5, 6),))
    _, problem, _ = await _get(error)
    assert problem["known"] == [[1, 4], [7, 7]]
    assert problem["conflicting"] == [[5, 6]]


async def test_f11_a_bug_shows_a_number_and_no_traceback() -> None:
    status, problem, _ = await _get(ZeroDivisionError("secret detail"))
    assert (status, problem["code"]) == (500, "internal_error")
    assert "secret" not in json.dumps(problem)


async def test_a_sender_that_leaves_is_no_bug(caplog: pytest.LogCaptureFixture) -> None:
    """A radio that drops out in the middle of an upload is an ordinary evening."""
    status, problem, _ = await _get(ClientDisconnect())
    assert (status, problem["code"]) == (400, "request_cut")
    assert caplog.records == []


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [("/nowhere", 404, "not_found"), ("/raise?number=x", 422, "request_invalid")],
)
async def test_the_frameworks_refusals_are_problems_too(path: str, status: int, code: str) -> None:
    answered, problem, _ = await _get(ZeroDivisionError(), path)
    assert (answered, problem["code"]) == (status, code)
