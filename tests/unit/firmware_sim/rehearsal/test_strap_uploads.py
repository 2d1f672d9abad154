"""Batches in their order, again where the server asks for patience, never where it says no."""

from pathlib import Path

import httpx
import pytest

from firmware_sim.errors import ProgramError
from firmware_sim.rehearsal.strap_uploads import StrapUploads
from protocol.messages.codec import decode_batch
from protocol.messages.uplink import NotificationRecord, UplinkBatch


def _batch(seq: int) -> UplinkBatch:
    record = NotificationRecord(seq, "51ADA001", "2a37", "boot", seq, seq, b"\x00\x46")
    return UplinkBatch(1, "gym", "e", seq, [record], [])


class FakeIngest:
    """Answers with these statuses, one after the other, then with 200."""

    def __init__(self, *statuses: int) -> None:
        self._statuses = [*statuses]
        self.seqs: list[int] = []
        self.tokens: set[str] = set()

    def answer(self, request: httpx.Request) -> httpx.Response:
        self.seqs.append(decode_batch(request.content).first_seq)
        self.tokens.add(request.headers["Authorization"])
        return httpx.Response(self._statuses.pop(0) if self._statuses else 200)


async def _send(ingest: FakeIngest, folder: Path) -> int:
    token = folder / "token"
    token.write_text("secret\n", encoding="utf-8")
    async with httpx.AsyncClient(transport=httpx.MockTransport(ingest.answer)) as client:
        uploads = StrapUploads(client, "http://127.0.0.1:1", token, every_s=0.0)
        return await uploads.send([_batch(1), _batch(2)])


async def test_each_batch_is_sent_once_with_the_token(tmp_path: Path) -> None:
    ingest = FakeIngest()
    assert await _send(ingest, tmp_path) == 2
    assert (ingest.seqs, ingest.tokens) == ([1, 2], {"Bearer secret"})


async def test_a_server_that_is_busy_is_asked_again(tmp_path: Path) -> None:
    ingest = FakeIngest(429)
    await _send(ingest, tmp_path)
    assert ingest.seqs == [1, 1, 2]


async def test_a_refusal_is_the_end(tmp_path: Path) -> None:
    ingest = FakeIngest(409)
    with pytest.raises(ProgramError, match="refused a batch \\(409\\)"):
        await _send(ingest, tmp_path)
    assert ingest.seqs == [1]
