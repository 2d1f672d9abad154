"""A viewer of the live page: signs in, takes every frame and stamps its arrival."""

import asyncio
import json
import time
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import httpx

from firmware_sim.rehearsal.trainer import Trainer
from firmware_sim.rehearsal.verdict.evidence import LiveFrame

SIGN_IN_PATH = "/api/v1/sign-in"
LIVE_PATH = "/api/v1/sessions/now/live"
RECONNECT_AFTER_S = 0.2
SILENCE_LIMIT_S = 5.0  # five frames missed: the stream is dead, connect again


class LiveWatch:
    """Keeps every frame it saw; `newest` is the last one as it came."""

    def __init__(self, base_url: str) -> None:
        self._base_url = base_url
        self._cookie = ""
        self.frames: list[LiveFrame] = []
        self.newest: dict[str, Any] = {}

    async def run(self, trainer: Trainer) -> None:
        """Watch until cancelled; a server that is away is tried again and again."""
        timeout = httpx.Timeout(SILENCE_LIMIT_S)
        async with httpx.AsyncClient(timeout=timeout, trust_env=False) as client:
            while True:
                with suppress(httpx.HTTPError):  # killed or away, as ordered: frames tell how long
                    if not self._cookie:
                        self._cookie = await sign_in(client, self._base_url, trainer)
                    await self._watch(client)
                await asyncio.sleep(RECONNECT_AFTER_S)

    async def _watch(self, client: httpx.AsyncClient) -> None:
        url, headers = self._base_url + LIVE_PATH, {"Cookie": self._cookie}
        async with client.stream("GET", url, headers=headers) as response:
            if response.status_code == httpx.codes.UNAUTHORIZED:
                self._cookie = ""
            response.raise_for_status()
            async for line in response.aiter_lines():
                arrived_ns = time.monotonic_ns()
                if line.startswith("data:"):
                    self.newest = json.loads(line.removeprefix("data:"))
                    self.frames.append(read_frame(self.newest, arrived_ns))

    def shows(self, last_ns: Mapping[str, int]) -> bool:
        """Whether the newest frame has, for each of these straps, a heart rate of then or later."""
        newest = self.frames[-1].newest_monotonic_ns if self.frames else {}
        return all(newest.get(strap, -1) >= at_ns for strap, at_ns in last_ns.items())

    @property
    def n_live_tiles(self) -> int:
        """Tiles of the newest frame that show a fresh heart rate."""
        return sum(tile.get("bpm_shown") == "fresh" for tile in self.newest.get("tiles", ()))


async def sign_in(client: httpx.AsyncClient, base_url: str, trainer: Trainer) -> str:
    """What to send as Cookie. By hand: a cookie jar sends Secure cookies over https only,
    while browsers trust loopback as well. Raises httpx.HTTPError.
    """
    content = {"name": trainer.name, "pin": trainer.pin, "device": None}
    response = await client.post(base_url + SIGN_IN_PATH, json=content)
    response.raise_for_status()
    return read_cookie(response)


def read_cookie(response: httpx.Response) -> str:
    """What a sign-in's answer wants to be sent from now on."""
    return response.headers["Set-Cookie"].partition(";")[0]


def read_boot_id(document: Mapping[str, Any]) -> str | None:
    """Of the gateway that heard a heart rate in a frame; None where there is none."""
    told = [tile["bpm_received"] for tile in document.get("tiles", ()) if tile.get("bpm_received")]
    boot_id: str | None = told[0]["boot_id"] if told else None
    return boot_id


def read_frame(document: dict[str, Any], arrived_monotonic_ns: int) -> LiveFrame:
    """What latency and ages are judged by: each strap's newest heart-rate stamp, and its age."""
    told = {tile["strap"]: tile for tile in document["tiles"] if tile.get("bpm_received")}
    return LiveFrame(
        arrived_monotonic_ns,
        {strap: tile["bpm_received"]["monotonic_ns"] for strap, tile in told.items()},
        {strap: tile["bpm_age_s"] for strap, tile in told.items()},
    )
