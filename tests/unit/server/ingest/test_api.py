"""When an upload arrived: on the server's monotonic clock, with its wall clock beside it (B1)."""

import time
from concurrent.futures import Future
from typing import cast

from prometheus_client import CollectorRegistry
from starlette.requests import Request
from starlette.types import Message

from protocol.messages.codec import encode_batch
from protocol.messages.uplink import SentAt
from server.gateways.authentication import TokenReader
from server.ingest.api import Ingest
from server.ingest.contacts import Contacts
from server.ingest.metrics import IngestMetrics
from server.ingest.upload import Stored, Upload
from server.ingest.writer import ArchiveWriter
from tests.unit.server.batches import GATEWAY, batch, record


class SyncedAtOnce:
    """A writer whose disk is never in the way."""

    def submit(self, upload: Upload) -> Future[Stored]:
        done: Future[Stored] = Future()
        done.set_result(Stored(len(upload.entries), len(upload.entries), 0))
        return done


def upload(body: bytes) -> Request:
    headers = [(b"authorization", b"Bearer t"), (b"content-type", b"application/msgpack")]

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    return Request({"type": "http", "method": "POST", "headers": headers}, receive)


async def test_b1_an_arrival_is_stamped_by_the_monotonic_clock_and_by_the_wall_clock() -> None:
    contacts = Contacts()
    writer = cast(ArchiveWriter, SyncedAtOnce())
    tokens, metrics = TokenReader(lambda _: GATEWAY), IngestMetrics(CollectorRegistry())
    ingest = Ingest(writer, tokens, contacts, metrics)
    sent = batch([record(1)], sent=SentAt("boot", monotonic_ns=0, wall_ns=0))
    before_ns, wall_before_ns = time.monotonic_ns(), time.time_ns()
    await ingest.receive(upload(encode_batch(sent)))
    after_ns, wall_after_ns = time.monotonic_ns(), time.time_ns()
    (contact,) = contacts.all()
    assert before_ns <= contact.heard_monotonic_ns == contact.offset_ns <= after_ns
    assert wall_before_ns <= contact.wall_offset_ns <= wall_after_ns
