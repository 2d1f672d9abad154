"""A server of its own for the fan-out benchmark: thirty straps that never fall silent."""

import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from server.db.opening import open_study
from server.live.hub import LiveHub
from server.live.viewers import Viewers
from server.people.hashing import HashingDesk
from server.people.sign_in import SignIn
from server.web.site import add_site
from tests.loopback_site import refuse_session
from tests.memory_feed import MemoryFeed
from tests.staff import add_person, begin_session
from tests.studies import make_study

N_STRAPS = 30


def fill(feed: MemoryFeed) -> None:
    now_ns = time.monotonic_ns()
    for strap in range(N_STRAPS):
        serial = f"8AA87D{strap:02X}"
        feed.upload(
            feed.battery(serial, 80, now_ns), feed.heart_rate(serial, 90 + strap, now_ns, rr=700)
        )
    feed.hear(now_ns)


def main(port: int, folder: Path) -> None:
    """Serve on this port until killed; prints the id of a session that may watch."""
    feed = MemoryFeed()
    fill(feed)
    hub = LiveHub(feed, list, Viewers())

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        async with hub.running():
            yield

    app = FastAPI(lifespan=lifespan)
    database = open_study(make_study(folder / "study").path, None)
    add_site(app, hub.viewers, SignIn(database, HashingDesk()), refuse_session)
    print(begin_session(database, add_person(database, "sara")), flush=True)
    uvicorn.run(app, host="127.0.0.1", port=port, log_config=None)


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
