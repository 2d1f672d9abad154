"""See the live page without straps, gateway or archive: `python -m tests.show_live`.

Fifteen invented straps upload to an archive in memory; strap 12 loses contact, strap 13 goes out
of reach, strap 8 is far away, strap 15 is nearly empty, strap 16 has never been heard.
"""

import asyncio
import math
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import uvicorn
from fastapi import FastAPI

from protocol.ble import uuids
from protocol.messages.uplink import NotificationRecord
from server.db.opening import open_study
from server.live.hub import LiveHub
from server.live.tile_view import StrapCard
from server.live.viewers import Viewers
from server.people.hashing import HashingDesk
from server.people.sign_in import SignIn
from server.web.site import add_site
from tests.loopback_site import refuse_session
from tests.memory_feed import MemoryFeed
from tests.staff import PIN, add_person
from tests.studies import make_study
from tests.unit.server.decoding.frame_bytes import head, raw_frame

PORT = 8123
N_STRAPS = 15


def serial(strap: int) -> str:
    return f"51ADA{strap:03X}"


def record_second(feed: MemoryFeed, strap: int, second: int) -> Iterator[NotificationRecord]:
    """What one strap sends in one second; nothing while it is out of reach."""
    now_ns = time.monotonic_ns()
    if (strap == 13 and second % 60 > 20) or (strap == 8 and second % 5 == 0):
        return
    bpm = round(105 + 20 * math.sin(second / 40 + strap) + strap)
    record = feed.heart_rate(serial(strap), bpm, now_ns, rr=61_440 // bpm + second % 7)
    if strap == 12 and second % 60 > 20:
        record = feed.record(serial(strap), uuids.HEART_RATE_MEASUREMENT, b"\x04\x50", now_ns)
    yield record
    swing_mg = 20 * strap * abs(math.sin(second / 15 + strap))
    samples = [(0, 0, round(1000 + swing_mg * math.sin(n))) for n in range(36)]
    payload = head(0x01, now_ns) + raw_frame(samples)[10:]
    yield feed.record(serial(strap), uuids.PMD_DATA, payload, now_ns)
    if second % 30 == 0:
        yield feed.battery(serial(strap), 8 if strap == 15 else 100 - 3 * strap, now_ns)


async def wear(feed: MemoryFeed) -> None:
    """Upload a second of all straps, every second."""
    second = 0
    while True:
        for strap in range(1, N_STRAPS + 1):
            records = list(record_second(feed, strap, second))
            if records:
                feed.upload(*records)
        feed.hear(time.monotonic_ns())
        second += 1
        await asyncio.sleep(1)


def main() -> None:
    """Serve until interrupted."""
    feed = MemoryFeed()
    roster = [StrapCard(serial(n), "h10", f"{n:02d}") for n in range(1, N_STRAPS + 2)]
    hub = LiveHub(feed, lambda: roster, Viewers())

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        wearing = asyncio.create_task(wear(feed))
        async with hub.running():
            yield
        wearing.cancel()

    app = FastAPI(lifespan=lifespan)
    with TemporaryDirectory() as folder:
        study = make_study(Path(folder) / "study")
        with open_study(study.path, None) as database:
            add_site(app, hub.viewers, SignIn(database, HashingDesk()), refuse_session)
            name = add_person(database, "sara")
            print(f"http://127.0.0.1:{PORT}/live  name {name}  PIN {PIN}")
            uvicorn.run(app, port=PORT, log_level="warning", timeout_graceful_shutdown=1)


if __name__ == "__main__":
    main()
