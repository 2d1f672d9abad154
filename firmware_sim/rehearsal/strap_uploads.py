"""Posts what straps sent to the server's ingest route, as a gateway with its token does."""

import asyncio
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import httpx

from firmware_sim.errors import ProgramError
from protocol.messages.codec import encode_batch
from protocol.messages.uplink import UplinkBatch

INGEST_PATH: Final = "/api/v1/ingest"
ANSWER_WITHIN_S: Final = 30.0
# A gateway may send 20 batches a second (the server's own limit); a little fewer is never refused.
FASTEST_EVERY_S: Final = 1 / 19
TRIES: Final = 20
_TRY_AGAIN: Final = frozenset({429, 503})


class StrapUploads:
    """One gateway's line to the server: one batch at a time, none more often than `every_s`."""

    def __init__(
        self, client: httpx.AsyncClient, url: str, token_file: Path, every_s: float
    ) -> None:
        self._client, self._url, self._every_s = client, url + INGEST_PATH, every_s
        self._token = token_file.read_text(encoding="utf-8").strip()
        self._due_s = 0.0

    async def send(self, batches: Iterable[UplinkBatch]) -> int:
        """All of them, in order; how many entries they were. Raises ProgramError."""
        n_entries = 0
        for batch in batches:
            await self._send(encode_batch(batch))
            n_entries += len(batch.records) + len(batch.gaps)
        return n_entries

    async def _send(self, body: bytes) -> None:
        for number in range(TRIES):
            await asyncio.sleep(self._due_s - time.monotonic())
            self._due_s = time.monotonic() + self._every_s
            answer = await self._post(body)
            if answer.is_success:
                return
            if answer.status_code not in _TRY_AGAIN or number == TRIES - 1:
                said = answer.text[:500]
                raise ProgramError(f"the server refused a batch ({answer.status_code}): {said}")
            self._due_s += 1.0

    async def _post(self, body: bytes) -> httpx.Response:
        headers = {
            "Authorization": f"Bearer {self._token}",
            "Content-Type": "application/msgpack",
        }
        try:
            return await self._client.post(
                self._url, content=body, headers=headers, timeout=ANSWER_WITHIN_S
            )
        except httpx.HTTPError as error:
            raise ProgramError(f"the server gave no answer to a batch: {error!r}") from None
