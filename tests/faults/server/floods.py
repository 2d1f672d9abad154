"""The worst that can be sent to a server with a valid token, with a lie, or with none."""

import socket
import time
from collections.abc import Callable, Mapping
from typing import Final
from urllib.parse import urlsplit

import msgspec

from protocol.messages.codec import encode_batch
from protocol.messages.uplink import NotificationRecord
from tests.server_process import MSGPACK
from tests.unit.server.batches import Entry, batch, gap, record

MIB: Final = 1024 * 1024
STALL_S: Final = 2.0  # how long a stranger keeps an unfinished body open

Body = Callable[[int, str], bytes]  # of a gateway's n-th upload
Lie = Callable[[socket.socket, bytes], None]  # sends a request in its own way, given its headers

_GAP = {"strap": "51ADA001", "reason": "link_lost", "from_ns": 1, "to_ns": 1, "first_seq": 2}


def _repeat(body: bytes) -> Body:
    assert len(body) <= MIB
    return lambda _n, _gateway: body


def _list_of(field: str, n: int, element: object) -> bytes:
    """A map whose last field is a list, never built here but by whoever decodes it."""
    head = msgspec.msgpack.encode({"v": None} if field == "v" else {"v": 1, field: None})
    return head[:-1] + b"\xdd" + n.to_bytes(4) + msgspec.msgpack.encode(element) * n


def _full(make: Callable[[int], Entry], step: int = 1) -> Body:
    """500 entries a body, new ones each time, their numbers `step` apart."""

    def body(n: int, gateway: str) -> bytes:
        first = 500 * step * (n + 1)
        numbers = range(first, first + 500 * step, step)
        return encode_batch(batch(map(make, numbers), gateway=gateway))

    return body


def _on_one_strap(seq: int) -> NotificationRecord:
    return record(seq, bytes(1800), "51ADA001")


FULL: Final = _full(_on_one_strap)
BODIES: Final[Mapping[str, Body]] = {
    "a version of a million arrays": _repeat(_list_of("v", 1_000_000, [])),
    "60,000 records": _repeat(_list_of("records", 60_000, [1, "A1", "2a37", "b", 1, 1, b""])),
    "9,000 gaps": _repeat(_list_of("gaps", 9_000, _GAP | {"last_seq": 2})),
    "90,000 keys": _repeat(msgspec.msgpack.encode({"v": 1} | {f"k{n}": n for n in range(90_000)})),
    "a name that takes four times its bytes": lambda _, gateway: encode_batch(
        batch([record(1)], gateway=gateway, epoch="x" * 1_000_000 + "\U0001f600")
    ),
    "uploads as full as can be": FULL,
    "as many gaps as can be": _full(gap),
    "straps that nobody knows": _full(lambda seq: record(seq, strap=f"S{seq}")),
    "journals that nobody knows": lambda n, gateway: encode_batch(
        batch([record(1)], gateway=gateway, epoch=f"e{n}")
    ),
    "numbers with holes between": _full(record, step=2),
    "other bytes for stored numbers": lambda n, gateway: encode_batch(
        batch([record(seq, bytes([n % 256]) * 1800) for seq in range(1, 501)], gateway=gateway)
    ),
}


def _stall(to: socket.socket, head: bytes) -> None:
    """A body in chunks that never ends: eight of them leave 8 KiB of the room for all."""
    to.sendall(head + b"Transfer-Encoding: chunked\r\n\r\n" + b"FFC00\r\n" + bytes(0xFFC00))
    time.sleep(STALL_S)


def _trickle(to: socket.socket, head: bytes) -> None:
    """A megabyte announced, a byte at a time."""
    to.sendall(head + b"Content-Length: 1048576\r\n\r\n")
    for _ in range(10):
        to.sendall(b"\x81")
        time.sleep(STALL_S / 10)


def _promise_more(to: socket.socket, head: bytes) -> None:
    """Half of what was announced, then silence for ever."""
    to.sendall(head + b"Content-Length: 1048576\r\n\r\n" + bytes(MIB // 2))


def _send_more(to: socket.socket, head: bytes) -> None:
    """A hundred bytes announced, a megabyte sent."""
    to.sendall(head + b"Content-Length: 100\r\n\r\n" + bytes(MIB))


def _send_without_end(to: socket.socket, head: bytes) -> None:
    to.sendall(head + b"Transfer-Encoding: chunked\r\n\r\n")
    for _ in range(64):
        to.sendall(b"10000\r\n" + bytes(0x10000) + b"\r\n")


LIES: Final[Mapping[str, Lie]] = {
    "bodies that never end": _stall,
    "a byte at a time": _trickle,
    "half of what was announced": _promise_more,
    "more than was announced": _send_more,
    "four megabytes in chunks": _send_without_end,
}


def tell_lie(url: str, token: str, lie: Lie) -> None:
    """One connection; how the server takes it is its affair: it may cut us off."""
    where = urlsplit(url)
    assert where.hostname is not None
    authorization = f"Authorization: Bearer {token}\r\n" if token else ""
    head = (
        f"POST /api/v1/ingest HTTP/1.1\r\nHost: {where.netloc}\r\n{authorization}"
        f"Content-Type: {MSGPACK}\r\n"
    ).encode()
    with socket.create_connection((where.hostname, where.port), timeout=20) as to:
        try:
            lie(to, head)
        except (BrokenPipeError, ConnectionResetError):
            return
