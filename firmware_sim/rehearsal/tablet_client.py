"""A tablet of a simulated trainer: signs in, fetches an evening, posts what was written."""

from collections.abc import Sequence
from typing import Any

import httpx

from firmware_sim.errors import ProgramError
from firmware_sim.rehearsal.live_watch import SIGN_IN_PATH, read_cookie
from firmware_sim.rehearsal.trainer import Trainer

DEVICE = "51ada51ada51ada0"  # sixteen hexadecimal digits, as a tablet makes up once
BUNDLE_PATH = "/api/v1/tablet/bundle"
SESSIONS_PATH = "/api/v1/sessions"
ANSWER_WITHIN_S = 30.0  # a bundle late in a course folds all sessions before it
MOST_AT_ONCE = 200  # events of one post


class TabletClient:
    """Speaks the API that the tablet's app speaks, and nothing else."""

    def __init__(self, client: httpx.AsyncClient, base_url: str) -> None:
        self._client, self._base_url = client, base_url
        self._cookie = ""

    async def sign_in(self, trainer: Trainer) -> None:
        """As on a tablet: with a PIN, from a device. Raises ProgramError."""
        content = {"name": trainer.name, "pin": trainer.pin, "device": DEVICE}
        answer = await self._ask("POST", SIGN_IN_PATH, content)
        self._cookie = read_cookie(answer)

    async def read_sessions(self) -> list[dict[str, Any]]:
        """Every session in one line, by planned start. Raises ProgramError."""
        lines: list[dict[str, Any]] = (await self._ask("GET", SESSIONS_PATH)).json()["sessions"]
        return lines

    async def read_bundle(self, session: str) -> dict[str, Any]:
        """All that a tablet gets for that evening. Raises ProgramError."""
        answer = await self._ask("GET", f"{BUNDLE_PATH}?session={session}")
        bundle: dict[str, Any] = answer.json()
        return bundle

    async def read_state(self, session: str) -> dict[str, Any]:
        """What the server makes of its entries. Raises ProgramError."""
        state: dict[str, Any] = (await self._ask("GET", f"{SESSIONS_PATH}/{session}")).json()
        return state

    async def read_events(self, session: str) -> list[dict[str, Any]]:
        """All entries of a session. Raises ProgramError."""
        events: list[dict[str, Any]] = []
        after = 0
        while True:
            path = f"{SESSIONS_PATH}/{session}/events?after={after}"
            page = (await self._ask("GET", path)).json()
            events += page["events"]
            if not page["events"] or page["head"] == after:
                return events
            after = page["head"]

    async def post(self, session: str, events: Sequence[dict[str, Any]]) -> dict[str, int]:
        """How many of the events were new, known, in conflict. Raises ProgramError."""
        results: dict[str, int] = {}
        for first in range(0, len(events), MOST_AT_ONCE):
            part = list(events[first : first + MOST_AT_ONCE])
            answer = await self._ask("POST", f"{SESSIONS_PATH}/{session}/events", part)
            for one in answer.json()["results"]:
                results[one["result"]] = results.get(one["result"], 0) + 1
        return results

    async def _ask(self, method: str, path: str, content: Any = None) -> httpx.Response:
        headers = {
            "Cookie": self._cookie,
            "Origin": self._base_url,
            "Sec-Fetch-Site": "same-origin",
        }
        url = self._base_url + path
        try:
            answer = await self._client.request(method, url, headers=headers, json=content)
        except httpx.HTTPError as error:
            raise ProgramError(f"the server gave no answer to {method} {path}: {error!r}") from None
        if answer.is_error:
            said = answer.text[:500]
            raise ProgramError(f"the server refused {method} {path} ({answer.status_code}): {said}")
        return answer
