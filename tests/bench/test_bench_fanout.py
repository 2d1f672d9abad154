"""One frame a second of thirty straps to twenty viewers: what watching costs the server."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from server.live.hub import LiveHub
from server.live.viewers import Viewers
from server.people.cookie import COOKIE_NAME
from tests.bench.conftest import REPOSITORY, BenchReport, best_seconds
from tests.bench.fanout_server import N_STRAPS, fill
from tests.memory_feed import MemoryFeed

pytestmark = pytest.mark.bench

N_VIEWERS = 20
WATCH_S = 15.0
CORE_SHARE_TARGET = 0.01
REQUEST = "GET /api/v1/sessions/now/live HTTP/1.1\r\nHost: here\r\nCookie: {}={}\r\n\r\n"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[int, int, bytes]]:
    """Process id and port of a server with its own interpreter, and what a viewer asks."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "tests.bench.fanout_server", str(port), str(tmp_path)]
    process = subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    request = REQUEST.format(COOKIE_NAME, process.stdout.readline().strip()).encode()
    process.stdout.close()
    try:
        _wait_until_open(port)
        yield process.pid, port, request
    finally:
        process.terminate()
        process.wait()


def _wait_until_open(port: int) -> None:
    until_s = time.monotonic() + 20
    while time.monotonic() < until_s:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.05)
        else:
            time.sleep(2)  # numpy and the first frames are not what is measured
            return
    raise TimeoutError("the server did not start")


def core_share(pid: int) -> float:
    """Processor time over wall time for WATCH_S, all threads."""
    start_ns, start_s = _cpu_ns(pid), time.perf_counter()
    time.sleep(WATCH_S)
    return (_cpu_ns(pid) - start_ns) / 1e9 / (time.perf_counter() - start_s)


def _cpu_ns(pid: int) -> int:
    tasks = Path(f"/proc/{pid}/task").iterdir()
    return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks)


def test_twenty_viewers(server: tuple[int, int, bytes], bench_report: BenchReport) -> None:
    pid, port, request = server
    alone = core_share(pid)
    with ExitStack() as stack:
        viewers = [
            stack.enter_context(socket.create_connection(("127.0.0.1", port)))
            for _ in range(N_VIEWERS)
        ]
        for viewer in viewers:
            viewer.sendall(request)
        time.sleep(2)
        watched = core_share(pid)
        n_frames = [_read_all(viewer).count(b"event: frame") for viewer in viewers]
    assert min(n_frames) >= WATCH_S - 1
    bench_report.write(
        f"{N_STRAPS} straps to {N_VIEWERS} viewers, a frame a second",
        core_share_pct_fanout=100 * (watched - alone),
        core_share_pct_whole_hub_alone=100 * alone,
        core_share_pct_whole_hub_watched=100 * watched,
    )
    assert watched - alone <= CORE_SHARE_TARGET


def _read_all(viewer: socket.socket) -> bytes:
    viewer.setblocking(False)
    parts = []
    try:
        while part := viewer.recv(1 << 20):
            parts.append(part)
    except BlockingIOError:
        pass
    return b"".join(parts)


def test_encoded_once_against_once_a_viewer(bench_report: BenchReport) -> None:
    feed = MemoryFeed()
    fill(feed)
    hub = LiveHub(feed, list, Viewers())
    hub.poll()
    viewers = [hub.viewers.open() for _ in range(N_VIEWERS)]

    def once() -> None:
        hub.viewers.publish(hub.build_events()[None])

    def once_a_viewer() -> None:
        for viewer in viewers:
            viewer.offer(hub.build_events()[None])

    ours_s, peer_s = best_seconds(once), best_seconds(once_a_viewer)
    bench_report.write(
        "a frame built and encoded once, against once a viewer",
        ours_us=ours_s * 1e6,
        peer_us=peer_s * 1e6,
        times_peer=peer_s / ours_s,
    )
    assert peer_s / ours_s >= N_VIEWERS / 2
