"""Small programs to start, stop and kill, in place of straps, server and gateway."""

import asyncio
import sys
from pathlib import Path

from firmware_sim.rehearsal.processes import Program

POLITE = "import signal, time; signal.signal(15, lambda *_: exit(7)); print('up', flush=True)\n"
STUBBORN = "import signal, time; signal.signal(15, signal.SIG_IGN); print('up', flush=True)\n"
SLEEP = "while True: time.sleep(0.01)"


def make_program(folder: Path, script: str, *, takes_a_line: bool = False) -> Program:
    """This script as the straps' program; it isn't started."""
    command = [sys.executable, "-c", script]
    return Program("straps", command, folder, takes_a_line=takes_a_line)


async def until_up(program: Program) -> None:
    """Wait until it says so."""
    async with asyncio.timeout(20):
        while "up" not in program.output:
            await asyncio.sleep(0.01)
