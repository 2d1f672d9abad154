"""Pages of derived numbers, as a researcher's browser asks for them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

import httpx

from server.app import create_app
from server.storage import Storage
from tests.staff import SAME_SITE, begin_session, cookie

TRIES = 120  # each page waits a moment itself while something is being worked out


@asynccontextmanager
async def as_researcher(storage: Storage, now: datetime) -> AsyncIterator[httpx.AsyncClient]:
    """Signed in, at a server whose clock stands still."""
    app = create_app(storage, wall_ns=lambda: round(now.timestamp() * 1e9))
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    headers = {**SAME_SITE, **cookie(begin_session(storage.database, "researcher"))}
    async with httpx.AsyncClient(
        transport=transport, base_url="http://127.0.0.1", headers=headers
    ) as made:
        yield made


async def read_settled_page(client: httpx.AsyncClient, path: str) -> str:
    """The page once nothing is being worked out any more."""
    for _ in range(TRIES):
        answer = await client.get(path)
        assert answer.status_code == 200, answer.text
        if "reload in a moment" not in answer.text.lower():
            return answer.text
    raise TimeoutError(answer.text)
