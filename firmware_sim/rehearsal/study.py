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


async def make_archive(folder: Path, run_server: RunServer) -> bool:
    """An archive in `data`; False where one is there already. Raises ProgramError.

    It gets its name when it is complete; under the other name nobody ever archived a value.
    """
    if _holds_something(folder / DATA):
        return False
    unfinished = folder / f"{DATA}.new"
    if unfinished.exists():
        shutil.rmtree(unfinished)
    await run_server(unfinished, "init")
    unfinished.replace(folder / DATA)
    return True


async def enrol_gateway(
    folder: Path,
    run_server: RunServer,
    *,
    is_new: bool,
    name: str = GATEWAY_NAME,
    token_file: str = TOKEN,
) -> None:
    """The gateway's token beside the archive, unless it is there already. Raises ProgramError.

    The token gets its name last of all: without it somebody was interrupted. In an archive that
    isn't new the gateway may be enrolled, with a token that nobody has.
    """
    token = folder / token_file
    if token.exists():
        return
    if not is_new:
        with suppress(ProgramError):  # nobody was enrolled yet
            await run_server(folder / DATA, "gateways", "revoke", name)
    unfinished = folder / f"{token_file}.new"
    unfinished.unlink(missing_ok=True)
    words = ("gateways", "enrol", name, "--token-file", str(unfinished))
    await run_server(folder / DATA, *words)
    unfinished.replace(token)


def _holds_something(folder: Path) -> bool:
    return folder.exists() and any(folder.iterdir())
