"""When an upload arrived: on the server's monotonic clock, with its wall clock beside it (B1)."""

import logging
import time
from concurrent.futures import Future
from typing import cast

import msgspec
import pytest
from prometheus_client import CollectorRegistry
from starlette.requests import Request
from starlette.types import Message

from protocol.messages.codec import encode_batch
from protocol.messages.uplink import RadioReport, SentAt
from server.gateways.authentication import TokenReader
from server.ingest.api import Ingest
from server.ingest.contacts import Contacts
from server.ingest.metrics import IngestMetrics
from server.ingest.upload import Stored, Upload
from server.ingest.writer import ArchiveWriter
from tests.unit.server.batches import GATEWAY, batch, record


class SyncedAtOnce:
    """A writer whose disk is never in the way."""

    def __init__(self) -> None:
        self.n_entries = 0

    def submit(self, upload: Upload) -> Future[Stored]:
        self.n_entries += len(upload.entries)
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


RADIO = RadioReport(scans=True, n_streaming=7, most_streaming=15)


async def test_a1_the_entries_of_a_batch_are_stored_whatever_it_says_of_its_radio(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """And that it can't be read is told once and counted each time."""
    contacts, writer, registry = Contacts(), SyncedAtOnce(), CollectorRegistry()
    tokens = TokenReader(lambda _: GATEWAY)
    ingest = Ingest(cast(ArchiveWriter, writer), tokens, contacts, IngestMetrics(registry))

    def count_faults() -> float | None:
        return registry.get_sample_value("doseline_ingest_radio_faults_total")

    good = encode_batch(batch([record(1)], radio=RADIO))
    await ingest.receive(upload(good))
    assert contacts.all()[0].radio == RADIO
    odd = msgspec.msgpack.decode(good) | {"radio": {"scans": "yes", "n_streaming": -3}}
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            receipt = await ingest.receive(upload(msgspec.msgpack.encode(odd)))
            assert receipt.watermark > 0
    assert writer.n_entries == 4
    assert contacts.all()[0].radio is None
    assert [row.levelname for row in caplog.records] == ["WARNING"]
    assert f"gateway {GATEWAY} says of its radio what this server can't read" in caplog.text
    assert count_faults() == 3
    await ingest.receive(upload(encode_batch(batch([record(2)]))))  # says nothing: no fault
    assert count_faults() == 3
