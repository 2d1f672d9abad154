"""The gateway's only conversation with the server, and the only reader of an HTTP status."""

import asyncio
import ssl
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Self, TypeVar

import httpx
import msgspec

from gateway.errors import (
    ArchiveForkError,
    BatchRefusedError,
    BatchTooLargeError,
    CredentialRefusedError,
    ServerUnreachableError,
    UplinkError,
)
from protocol.messages.roster import Roster
from protocol.messages.uplink import BatchReceipt

T = TypeVar("T")

INGEST_PATH = "/api/v1/ingest"
ROSTER_PATH = "/api/v1/gateways/self/roster"
CONNECT_TIMEOUT_S = 5.0
ANSWER_TIMEOUT_S = 15.0  # a synced commit on a busy server's card, with room to spare
REQUEST_LIMIT_S = 30.0  # all of one request: the timeouts above begin anew with every byte
_BATCH_TYPE = "application/msgpack"

_receipt_decoder = msgspec.json.Decoder(BatchReceipt)
_roster_decoder = msgspec.json.Decoder(Roster)


class _Problem(msgspec.Struct):
    """What we read of an `application/problem+json` body (RFC 9457)."""

    title: str = ""
    detail: str = ""
    known: list[tuple[int, int]] = msgspec.field(default_factory=list)


_problem_decoder = msgspec.json.Decoder(_Problem)


class ServerClient:
    """One server, one token. The token file is read again after every refusal."""

    def __init__(
        self,
        server: str,
        token_file: Path,
        transport: httpx.AsyncBaseTransport | None = None,
        limit_s: float = REQUEST_LIMIT_S,
        authority: Path | None = None,
    ) -> None:
        """With an `authority` (a file) no other is believed when a server says who it is."""
        self._token_file = token_file
        self._limit_s = limit_s
        self._token: str | None = None
        timeout = httpx.Timeout(ANSWER_TIMEOUT_S, connect=CONNECT_TIMEOUT_S)
        verify = True if authority is None else ssl.create_default_context(cafile=str(authority))
        self._http = httpx.AsyncClient(
            base_url=server, timeout=timeout, transport=transport, trust_env=False, verify=verify
        )

    async def post_batch(self, body: bytes) -> BatchReceipt:
        """Send one batch. Raises an UplinkError whose class says what to do."""
        response = await self._request("POST", INGEST_PATH, body)
        return _decode(response, _receipt_decoder)

    async def fetch_roster(self) -> Roster:
        """The straps that this gateway may record. Raises UplinkError."""
        response = await self._request("GET", ROSTER_PATH, None)
        return _decode(response, _roster_decoder)

    async def close(self) -> None:
        """Let go of the connections."""
        await self._http.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def _request(self, method: str, path: str, body: bytes | None) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self._read_token()}"}
        if body is not None:
            headers["Content-Type"] = _BATCH_TYPE
        try:
            async with asyncio.timeout(self._limit_s):
                response = await self._http.request(method, path, content=body, headers=headers)
        except TimeoutError as error:
            message = f"no whole answer from {self._http.base_url} in {self._limit_s:g} s"
            raise ServerUnreachableError(message) from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            told = _tell(error)
            address = self._http.base_url
            raise ServerUnreachableError(f"no answer from {address}: {told}") from error
        if response.status_code == httpx.codes.OK:
            return response
        refusal = error_of(response)
        if isinstance(refusal, CredentialRefusedError):
            self._token = None
        raise refusal

    def _read_token(self) -> str:
        if self._token is None:
            try:
                token = self._token_file.read_text(encoding="ascii").strip()
            except (OSError, UnicodeDecodeError) as error:
                message = f"cannot read the token file {self._token_file}: {error}"
                raise CredentialRefusedError(message) from error
            if not token or any(character.isspace() for character in token):
                raise CredentialRefusedError(f"{self._token_file} isn't one line with a token")
            self._token = token
        return self._token


def _tell(error: Exception) -> str:
    """Of an untrusted certificate what to do; else as httpx says it."""
    told = str(error) or type(error).__name__
    if "CERTIFICATE_VERIFY_FAILED" not in told:
        return told
    reason = told.partition("certificate verify failed:")[2].partition("(_ssl")[0].strip()
    return (
        f"its certificate isn't believed ({reason}): give --authority the server's"
        " certs/authority.crt, and --server a name or address that the certificate is for"
    )


def error_of(response: httpx.Response) -> UplinkError:
    """What an answer that isn't 200 asks us to do."""
    problem = _read_problem(response)
    told = problem.detail or problem.title or response.reason_phrase
    message = f"the server answered {response.status_code}: {told}"
    match response.status_code:
        case 401 | 403:
            return CredentialRefusedError(message)
        case 400 | 422:
            return BatchRefusedError(message)
        case 409:
            return ArchiveForkError(message, tuple(problem.known))
        case 413:
            return BatchTooLargeError(message)
        case 408 | 429 | 500 | 502 | 503 | 504:
            return ServerUnreachableError(message, _retry_after_s(response))
    hint = "is the address that of a doseline server?"
    return ServerUnreachableError(f"{message}; {hint}", _retry_after_s(response))


def _retry_after_s(response: httpx.Response) -> float | None:
    """Seconds, also if the server names a date (RFC 9110 10.2.3); measured on its own clock."""
    text = response.headers.get("Retry-After", "").strip()
    if text.isdigit():
        return float(text)
    try:
        until = parsedate_to_datetime(text)
        now = parsedate_to_datetime(response.headers.get("Date", ""))
        return max(0.0, (until - now).total_seconds())
    except (ValueError, TypeError):
        return None


def _read_problem(response: httpx.Response) -> _Problem:
    try:
        return _problem_decoder.decode(response.content)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return _Problem()


def _decode(response: httpx.Response, decoder: msgspec.json.Decoder[T]) -> T:
    """A 200 that isn't ours comes from something in between (a hotel's login page): try again."""
    try:
        return decoder.decode(response.content)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        address = response.url
        raise ServerUnreachableError(f"{address} gave an answer that isn't ours: {error}") from None
