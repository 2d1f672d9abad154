"""`POST /api/v1/ingest`: one batch in, one receipt out, after the commit."""

import asyncio
import logging
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import msgspec
from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from protocol.errors import ProtocolError
from protocol.messages.codec import read_batch
from protocol.messages.uplink import BatchReceipt, UplinkBatch
from server.errors import ArchiveConflictError, NotPermittedError, ServerError
from server.gateways.authentication import TokenReader
from server.ingest.admission import Body, RateLimit, WaitingBytes, check_headers
from server.ingest.contacts import Contacts
from server.ingest.domain.coverage import count_numbers
from server.ingest.domain.entries import number_entries
from server.ingest.domain.validation import validate_batch
from server.ingest.upload import Stored, Upload

if TYPE_CHECKING:
    from server.ingest.metrics import IngestMetrics
    from server.ingest.writer import ArchiveWriter

log = logging.getLogger(__name__)

INGEST_PATH = "/api/v1/ingest"

MAX_ALARMED = 1_000  # streams; a token can name ever new ones
MAX_RUNS_TOLD = 10  # enough to find them; the upload itself lies in quarantine

_OPENAPI: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": "MessagePack map, see protocol/messages/uplink.py",
        "content": {"application/msgpack": {"schema": {"type": "string", "format": "binary"}}},
    }
}
_RECEIPT_SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["watermark", "server_utc"],
    "properties": {
        "watermark": {"type": "integer", "minimum": 0},
        "server_utc": {"type": "string", "format": "date-time"},
    },
}


class Ingest:
    """What one upload needs, from its headers to its receipt."""

    def __init__(
        self,
        writer: "ArchiveWriter",
        tokens: TokenReader,
        contacts: Contacts,
        metrics: "IngestMetrics",
    ) -> None:
        self._writer = writer
        self._tokens = tokens
        self._contacts = contacts
        self._metrics = metrics
        self._rate = RateLimit()
        self._waiting = WaitingBytes()
        self._alarmed: set[tuple[str, str]] = set()  # streams whose conflict is told
        self._radio_told: set[str] = set()  # gateways whose radio report can't be read

    async def receive(self, request: Request) -> BatchReceipt:
        """Raises ServerError or ProtocolError; web/errors.py says which status each one is."""
        try:
            return await self._take(request)
        except (ServerError, ProtocolError) as error:
            # Frames of its traceback hold the refused upload, for as long as the error lives.
            error.__context__ = None
            raise error.with_traceback(None) from None

    async def _take(self, request: Request) -> BatchReceipt:
        headers = request.headers
        gateway = await self._authenticate(headers.get("authorization"))
        self._rate.admit(gateway)
        check_headers(headers)
        with Body(self._waiting, gateway) as body:
            upload = self._understand(gateway, await body.read(request.stream()))
            body.count_entries(len(upload.entries))
            return await self._store(upload)

    async def _authenticate(self, authorization: str | None) -> str:
        known = self._tokens.remembered(authorization)
        if known is not None:
            return known
        return await run_in_threadpool(self._tokens.look_up, authorization)

    def _understand(self, gateway: str, body: bytes) -> Upload:
        """On the event loop, so one at a time: what decoding takes is never taken twice."""
        arrived_monotonic_ns, arrived_wall_ns = time.monotonic_ns(), time.time_ns()
        batch, fault = read_batch(body)
        validate_batch(batch, gateway)
        self._contacts.note(
            batch, arrived_monotonic_ns, arrived_wall_ns, is_radio_known=fault is None
        )
        if fault is not None:
            self._tell_radio_fault(gateway, fault)
        entries = number_entries(batch)  # from here on they stand for the lists, which may go
        return Upload(msgspec.structs.replace(batch, records=[], gaps=[]), entries, body)

    def _tell_radio_fault(self, gateway: str, fault: str) -> None:
        """Once a gateway: it says it with each batch, and its entries are stored all the same."""
        self._metrics.note_radio_fault()
        if gateway not in self._radio_told:
            self._radio_told.add(gateway)
            sentence = (
                "gateway %s says of its radio what this server can't read; its values are stored,"
                " its radio isn't shown; run the same version on both (%s)"
            )
            log.warning(sentence, gateway, fault)

    async def _store(self, upload: Upload) -> BatchReceipt:
        outcome = await asyncio.wrap_future(self._writer.submit(upload))
        if isinstance(outcome, ArchiveConflictError):
            self._alarm(upload.batch, outcome)
            raise outcome
        if isinstance(outcome, NotPermittedError):
            raise outcome
        self._metrics.note_stored(outcome)
        return make_receipt(outcome)

    def _alarm(self, batch: UplinkBatch, conflict: ArchiveConflictError) -> None:
        """A person must look: two journals have used the same numbers, or bytes were changed."""
        self._metrics.note_conflict(count_numbers(conflict.conflicting))
        stream = (batch.gateway, batch.epoch)
        level = logging.DEBUG if stream in self._alarmed else logging.ERROR
        if len(self._alarmed) >= MAX_ALARMED:
            self._alarmed.clear()
        self._alarmed.add(stream)
        runs = ", ".join(f"{a}-{b}" for a, b in conflict.conflicting[:MAX_RUNS_TOLD])
        sentence = "archive: gateway %s, epoch %s sent other bytes for numbers %s; kept aside"
        log.log(level, sentence, *stream, runs)


def make_receipt(stored: Stored) -> BatchReceipt:
    """What the gateway may forget, and what time it is here."""
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    return BatchReceipt(stored.watermark, now.replace("+00:00", "Z"))


def build_ingest_router(ingest: Ingest) -> APIRouter:
    """The route that gateways upload to."""
    router = APIRouter(tags=["ingest"])

    @router.post(
        INGEST_PATH,
        openapi_extra=_OPENAPI,
        responses={200: {"content": {"application/json": {"schema": _RECEIPT_SCHEMA}}}},
    )
    async def post_batch(request: Request) -> Response:
        """Store one uplink batch; answers after a synced commit, as often as it is sent."""
        receipt = await ingest.receive(request)
        return Response(msgspec.json.encode(receipt), media_type="application/json")

    return router
