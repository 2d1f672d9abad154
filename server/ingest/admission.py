"""Bounds what uploads may cost before they are understood: rate, size, time and memory."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping
from typing import Final

from server.errors import (
    BatchTooLargeError,
    SlowUploadError,
    StorageUnavailableError,
    TooManyRequestsError,
    UnsupportedUploadError,
)

MAX_BODY_BYTES: Final = 1024 * 1024  # promise C4
BODY_DEADLINE_S: Final = 30.0  # promise C3
# Of all uploads from their first byte to their commit. Numbered, packed and read again an upload
# takes some five times its bytes, so that floods stay below the 100 MB of promise C4.
MAX_WAITING_BYTES: Final = 8 * 1024 * 1024
# A gateway has one upload under way; another that it gave up may still be here.
MAX_WAITING_BYTES_OF_ONE: Final = 2 * 1024 * 1024
ENTRY_BYTES: Final = 1024  # what an entry takes besides its bytes, measured: decoded and numbered
REQUESTS_PER_S: Final = 20.0  # of one gateway (C4); live upload needs two
REQUESTS_BURST: Final = 100.0  # lets a journal of some hours drain without a pause
MESSAGE_TYPES: Final = frozenset(
    {"application/msgpack", "application/vnd.msgpack", "application/x-msgpack"}
)


class RateLimit:
    """A token bucket a gateway."""

    def __init__(self, monotonic_s: Callable[[], float] = time.monotonic) -> None:
        self._monotonic_s = monotonic_s
        self._buckets: dict[str, tuple[float, float]] = {}  # requests left, at which instant

    def admit(self, gateway: str) -> None:
        """Count a request. Raises TooManyRequestsError."""
        now_s = self._monotonic_s()
        left, since_s = self._buckets.get(gateway, (REQUESTS_BURST, now_s))
        left = min(REQUESTS_BURST, left + (now_s - since_s) * REQUESTS_PER_S)
        if left < 1:
            raise TooManyRequestsError(f"more than {REQUESTS_PER_S:.0f} uploads a second")
        self._buckets[gateway] = (left - 1, now_s)


class WaitingBytes:
    """Who has taken how much of the memory for uploads. Used on the event loop only."""

    def __init__(self) -> None:
        self.taken_bytes = 0
        self._taken_by: Counter[str] = Counter()  # senders with an upload here, and nobody else

    def take(self, sender: str, n_bytes: int) -> None:
        """Raises TooManyRequestsError or StorageUnavailableError when that is more than there is.

        One sender alone can't take it all: others go on uploading while it floods.
        """
        if self._taken_by[sender] + n_bytes > MAX_WAITING_BYTES_OF_ONE:
            raise TooManyRequestsError("too many uploads of one sender at once; send one at a time")
        if self.taken_bytes + n_bytes > MAX_WAITING_BYTES:
            raise StorageUnavailableError("too many uploads at once; try again in a moment")
        self._taken_by[sender] += n_bytes
        self.taken_bytes += n_bytes

    def give_back(self, sender: str, n_bytes: int) -> None:
        self.taken_bytes -= n_bytes
        self._taken_by[sender] -= n_bytes
        if not self._taken_by[sender]:
            del self._taken_by[sender]


class Body:
    """One upload's bytes. A context manager: at its end they no longer count as waiting."""

    def __init__(self, waiting: WaitingBytes, sender: str, max_bytes: int = MAX_BODY_BYTES) -> None:
        self._waiting = waiting
        self._sender = sender
        self._max_bytes = max_bytes
        self._content = bytearray()
        self._taken_bytes = 0  # outlives the content, which moves to whoever reads it

    def __enter__(self) -> "Body":
        return self

    def __exit__(self, *_: object) -> None:
        self._waiting.give_back(self._sender, self._taken_bytes)

    async def read(self, chunks: AsyncIterator[bytes]) -> bytes:
        """All bytes, read no further than the limits allow.

        Raises BatchTooLargeError, SlowUploadError, and what WaitingBytes raises.
        """
        try:
            async with asyncio.timeout(BODY_DEADLINE_S):
                async for chunk in chunks:
                    self._add(chunk)
        except TimeoutError:
            raise SlowUploadError(f"the batch took longer than {BODY_DEADLINE_S:.0f} s") from None
        content = bytes(self._content)
        self._content.clear()
        return content

    def count_entries(self, n_entries: int) -> None:
        """What was read turned out to hold so many. Raises what WaitingBytes raises."""
        self._take(n_entries * ENTRY_BYTES)

    def _add(self, chunk: bytes) -> None:
        if len(self._content) + len(chunk) > self._max_bytes:
            raise too_large(self._max_bytes)
        self._take(len(chunk))
        self._content += chunk

    def _take(self, n_bytes: int) -> None:
        self._waiting.take(self._sender, n_bytes)
        self._taken_bytes += n_bytes


def check_headers(headers: Mapping[str, str]) -> None:
    """Refuse by the headers what needn't be read.

    Raises UnsupportedUploadError or BatchTooLargeError.
    """
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    encoding = headers.get("content-encoding", "identity").strip().lower()
    length = headers.get("content-length", "")
    if kind not in MESSAGE_TYPES:
        raise UnsupportedUploadError("a batch is MessagePack: Content-Type: application/msgpack")
    if encoding != "identity":
        raise UnsupportedUploadError("a batch is sent as it is: no Content-Encoding")
    if length.isdecimal() and int(length) > MAX_BODY_BYTES:
        raise too_large(MAX_BODY_BYTES)


def too_large(max_bytes: int) -> BatchTooLargeError:
    """The sender halves what it sends."""
    return BatchTooLargeError(f"a batch has at most {max_bytes} bytes; send half of it")
