"""The study of a rehearsal: made whole, or made again; an archive is never removed."""

import shutil
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path

from firmware_sim.errors import ProgramError

DATA, TOKEN = "data", "gateway.token"
GATEWAY_NAME = "gym"  # the live page shows it

# Runs a command of the server on a data directory: (data, *words) -> its standard output.
RunServer = Callable[..., Awaitable[str]]


async def make_study(folder: Path, run_server: RunServer) -> None:
    """An archive in `data` and a gateway's token beside it, unless both are there already.

    The token gets its name last of all, so a study without it was interrupted and is gone on with.
    Raises ProgramError.
    """
    token = folder / TOKEN
    if token.exists():
        return
    if _holds_something(folder / DATA):
        with suppress(ProgramError):  # nobody was enrolled yet
            await run_server(folder / DATA, "gateways", "revoke", GATEWAY_NAME)
    else:
        await _make_archive(folder, run_server)
    unfinished = folder / f"{TOKEN}.new"
    unfinished.unlink(missing_ok=True)
    words = ("gateways", "enrol", GATEWAY_NAME, "--token-file", str(unfinished))
    await run_server(folder / DATA, *words)
    unfinished.replace(token)


async def _make_archive(folder: Path, run_server: RunServer) -> None:
    """It gets its name when it is complete; under the other name nobody ever archived a value."""
    unfinished = folder / f"{DATA}.new"
    if unfinished.exists():
        shutil.rmtree(unfinished)
    await run_server(unfinished, "init")
    unfinished.replace(folder / DATA)


def _holds_something(folder: Path) -> bool:
    return folder.exists() and any(folder.iterdir())
