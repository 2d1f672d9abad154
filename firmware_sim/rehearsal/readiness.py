"""Waiting for a program to be ready, with an end to the wait and its last words at that end."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import httpx

from firmware_sim.errors import ProgramError
from firmware_sim.rehearsal.processes import POLL_S, Program

START_PATIENCE_S = 60.0  # a loaded two-core machine imports for several seconds


@asynccontextmanager
async def patience(program: Program, limit_s: float = START_PATIENCE_S) -> AsyncIterator[None]:
    """Turns a wait that takes too long into a ProgramError."""
    try:
        async with asyncio.timeout(limit_s):
            yield
    except TimeoutError:
        raise ProgramError(
            f"the {program.name} did not start within {limit_s:.0f} s;"
            f" its last words:\n{program.last_words()}"
        ) from None


async def wait_for_line(program: Program) -> str:
    """The first line it says. Raises ProgramError if it ends, or says none in time."""
    async with patience(program):
        while "\n" not in (said := program.output):
            program.check()
            await asyncio.sleep(POLL_S)
    return said.partition("\n")[0]


async def wait_for_health(program: Program, url: str) -> None:
    """Until its `/health` says that it can write. Raises ProgramError as above."""
    async with patience(program), httpx.AsyncClient(trust_env=False) as client:
        while True:
            program.check()
            with suppress(httpx.HTTPError):  # not listening yet
                if (await client.get(f"{url}/health")).is_success:
                    return
            await asyncio.sleep(POLL_S)


async def wait_for_uploads(program: Program, url: str) -> None:
    """Until the server has acknowledged all that the gateway's journal holds now.

    For as long as it takes. Raises ProgramError if the gateway ends.
    """
    target, epoch = 0, None
    async with httpx.AsyncClient(trust_env=False) as client:
        while True:
            program.check()
            with suppress(httpx.HTTPError):  # started again a moment ago: no page yet
                journal = await _read_journal_status(client, url)
                if journal["epoch"] != epoch:
                    target, epoch = journal["next_seq"] - 1, journal["epoch"]
                if journal["acknowledged"] >= target:
                    return
            await asyncio.sleep(POLL_S)


async def _read_journal_status(client: httpx.AsyncClient, url: str) -> dict[str, Any]:
    answer = await client.get(f"{url}/status.json")
    status: dict[str, dict[str, Any]] = answer.raise_for_status().json()
    return status["journal"]
