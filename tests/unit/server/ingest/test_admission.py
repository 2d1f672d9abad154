"""Uploads cost a bounded amount before they are understood (promise C4)."""

import time
from collections.abc import AsyncIterator
from contextlib import ExitStack

import pytest

from server.errors import (
    BatchTooLargeError,
    StorageUnavailableError,
    TooManyRequestsError,
    UnsupportedUploadError,
)
from server.ingest.admission import (
    Body,
    RateLimit,
    WaitingBytes,
    check_headers,
)

MSGPACK = {"content-type": "application/msgpack"}
# Promise C4 in its own numbers, not in the program's: a constant that grows must fail here.
MIB = 1024 * 1024


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
    with Body(waiting, "gym") as body:
        read = await body.read(Chunks([MIB - 5, 5]).stream())
        assert len(read) == waiting.taken_bytes == MIB
    assert waiting.taken_bytes == 0


async def test_c4_a_body_over_the_limit_is_refused_while_it_streams() -> None:
    waiting = WaitingBytes()
    chunks = Chunks([65_536] * 1_000)
    with pytest.raises(BatchTooLargeError), Body(waiting, "gym") as body:
        await body.read(chunks.stream())
    assert chunks.n_read == 17  # 16 chunks are 1 MiB
    assert waiting.taken_bytes == 0


async def test_c4_eight_full_uploads_are_in_memory_at_once_and_a_ninth_is_put_off() -> None:
    waiting = WaitingBytes()
    with ExitStack() as held:
        for n in range(8):
            await held.enter_context(Body(waiting, f"gym-{n}")).read(Chunks([MIB]).stream())
        with pytest.raises(StorageUnavailableError), Body(waiting, "hall") as ninth:
            await ninth.read(Chunks([1]).stream())
    assert waiting.taken_bytes == 0


async def test_c4_two_of_them_may_be_of_one_gateway_so_that_none_shuts_others_out() -> None:
    waiting = WaitingBytes()
    with ExitStack() as held:
        for _ in range(2):
            await held.enter_context(Body(waiting, "gym")).read(Chunks([MIB]).stream())
        with pytest.raises(TooManyRequestsError), Body(waiting, "gym") as third:
            await third.read(Chunks([1]).stream())
        with Body(waiting, "hall") as other:
            await other.read(Chunks([MIB]).stream())
        assert waiting.taken_bytes == 2 * MIB
    with Body(waiting, "gym") as again:
        await again.read(Chunks([MIB]).stream())


async def test_c4_many_small_entries_count_for_what_they_take_in_memory() -> None:
    waiting = WaitingBytes()
    with Body(waiting, "gym") as body:
        await body.read(Chunks([80]).stream())
        body.count_entries(500)
        assert waiting.taken_bytes == 80 + 500 * 1024
        with pytest.raises(TooManyRequestsError):
            body.count_entries(2_000)
    assert waiting.taken_bytes == 0


async def test_c4_who_has_nothing_here_is_not_remembered() -> None:
    waiting = WaitingBytes()
    for n in range(1_000):
        with Body(waiting, f"gym-{n}") as body:
            await body.read(Chunks([80]).stream())
    assert len(waiting._taken_by) == 0


async def test_c4_a_body_that_was_handed_on_is_held_once_and_still_counts() -> None:
    waiting = WaitingBytes()
    with Body(waiting, "gym") as body:
        await body.read(Chunks([80]).stream())
        assert (len(body._content), waiting.taken_bytes) == (0, 80)


def test_c4_a_gateway_has_twenty_uploads_a_second_and_a_burst() -> None:
    now_s = [50.0]
    limit = RateLimit(lambda: now_s[0])
    for _ in range(100):
        limit.admit("gym")
    with pytest.raises(TooManyRequestsError):
        limit.admit("gym")
    limit.admit("other")
    now_s[0] += 1.0
    for _ in range(20):
        limit.admit("gym")
    with pytest.raises(TooManyRequestsError):
        limit.admit("gym")


def test_b1_the_rate_is_counted_by_the_monotonic_clock() -> None:
    """Goes red if a wall clock that is set back shuts a gateway out."""
    assert RateLimit()._monotonic_s is time.monotonic


def test_headers_of_a_batch_pass() -> None:
    check_headers(MSGPACK)
    check_headers(MSGPACK | {"content-encoding": "identity", "content-length": str(MIB)})


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
        check_headers(MSGPACK | {"content-length": str(MIB + 1)})
