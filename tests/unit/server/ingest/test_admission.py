"""Uploads cost a bounded amount before they are understood (promise C4)."""

from collections.abc import AsyncIterator

import pytest

from server.errors import (
    BatchTooLargeError,
    StorageUnavailableError,
    TooManyRequestsError,
    UnsupportedUploadError,
)
from server.ingest.admission import (
    MAX_BODY_BYTES,
    REQUESTS_BURST,
    REQUESTS_PER_S,
    Body,
    RateLimit,
    WaitingBytes,
    check_headers,
)

MSGPACK = {"content-type": "application/msgpack"}


class Chunks:
    """A body that counts how far it was read."""

    def __init__(self, sizes: list[int]) -> None:
        self._sizes = sizes
        self.n_read = 0

    async def stream(self) -> AsyncIterator[bytes]:
        for size in self._sizes:
            self.n_read += 1
            yield bytes(size)


async def test_a_body_up_to_the_limit_is_read_whole() -> None:
    waiting = WaitingBytes()
    with Body(waiting) as body:
        read = await body.read(Chunks([MAX_BODY_BYTES - 5, 5]).stream())
        assert len(read) == waiting.taken_bytes == MAX_BODY_BYTES
    assert waiting.taken_bytes == 0


async def test_c4_a_body_over_the_limit_is_refused_while_it_streams() -> None:
    waiting = WaitingBytes()
    chunks = Chunks([65_536] * 1_000)
    with pytest.raises(BatchTooLargeError), Body(waiting) as body:
        await body.read(chunks.stream())
    assert chunks.n_read == MAX_BODY_BYTES // 65_536 + 1
    assert waiting.taken_bytes == 0


async def test_c4_all_uploads_together_take_bounded_memory() -> None:
    waiting = WaitingBytes(limit_bytes=100)
    with Body(waiting) as first:
        await first.read(Chunks([80]).stream())
        with pytest.raises(StorageUnavailableError), Body(waiting) as second:
            await second.read(Chunks([10, 20]).stream())
        assert waiting.taken_bytes == 80
    assert waiting.taken_bytes == 0


def test_c4_a_gateway_has_its_rate_and_a_burst() -> None:
    now_s = [50.0]
    limit = RateLimit(lambda: now_s[0])
    for _ in range(int(REQUESTS_BURST)):
        limit.admit("gym")
    with pytest.raises(TooManyRequestsError):
        limit.admit("gym")
    limit.admit("other")
    now_s[0] += 1.0
    for _ in range(int(REQUESTS_PER_S)):
        limit.admit("gym")
    with pytest.raises(TooManyRequestsError):
        limit.admit("gym")


def test_headers_of_a_batch_pass() -> None:
    check_headers(MSGPACK)
    check_headers(MSGPACK | {"content-encoding": "identity", "content-length": str(MAX_BODY_BYTES)})


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"content-type": "application/json"},
        {"content-type": "multipart/form-data; boundary=x"},
        MSGPACK | {"content-encoding": "gzip"},
        MSGPACK | {"content-encoding": "zstd"},
    ],
)
def test_c4_compressed_and_other_bodies_are_refused_unread(headers: dict[str, str]) -> None:
    with pytest.raises(UnsupportedUploadError):
        check_headers(headers)


def test_c4_a_length_over_the_limit_is_refused_unread() -> None:
    with pytest.raises(BatchTooLargeError):
        check_headers(MSGPACK | {"content-length": str(MAX_BODY_BYTES + 1)})
