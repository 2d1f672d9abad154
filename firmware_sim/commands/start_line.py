"""The one line a rehearsal may write to the straps: from which moment faults count."""

import asyncio
import json
import os
import stat
import sys
import time

from firmware_sim.errors import SimulatorError


def read_start_line(line: bytes) -> int:
    """The moment in `{"start_monotonic_ns": N}`. Raises SimulatorError."""
    try:
        start_ns = json.loads(line)["start_monotonic_ns"]
    except (ValueError, KeyError, TypeError):
        start_ns = None
    if isinstance(start_ns, bool) or not isinstance(start_ns, int):
        raise SimulatorError(
            f"standard input says {line.decode(errors='replace').strip()!r};"
            ' the one line it may say is {"start_monotonic_ns": NUMBER}'
        )
    return start_ns


async def wait_for_start() -> int:
    """The moment faults count from, in nanoseconds of the monotonic clock.

    Standard input that is a pipe or a socket may name it; until it does, or ends, nothing begins.
    Anything else (a terminal, /dev/null) means now.
    """
    if not _is_pipe(sys.stdin.fileno()):
        return time.monotonic_ns()
    reader = asyncio.StreamReader()
    loop = asyncio.get_running_loop()
    transport, _ = await loop.connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), sys.stdin
    )
    try:
        line = await reader.readline()
    finally:
        transport.close()
    return read_start_line(line) if line.strip() else time.monotonic_ns()


def _is_pipe(file: int) -> bool:
    mode = os.fstat(file).st_mode
    return stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)
