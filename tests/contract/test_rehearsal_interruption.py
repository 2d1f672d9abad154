"""Ctrl-C, SIGTERM and a closed terminal end a command once, and it cleans up."""

import signal
import sys

import pytest

from firmware_sim.errors import ProgramError
from firmware_sim.rehearsal.interruption import run_interruptibly
from firmware_sim.rehearsal.processes import run_to_end

CLEANING_UP = (
    "import asyncio, os, signal, sys\n"
    "from firmware_sim.rehearsal.interruption import run_interruptibly\n"
    "async def main():\n"
    "    try:\n"
    "        os.kill(os.getpid(), int(sys.argv[1]))\n"
    "        await asyncio.sleep(60)\n"
    "    finally:\n"
    "        os.kill(os.getpid(), int(sys.argv[1]))\n"
    "        await asyncio.sleep(0.05)\n"
    "        print('cleaned up', flush=True)\n"
    "try:\n"
    "    run_interruptibly(main())\n"
    "except KeyboardInterrupt:\n"
    "    print('interrupted')\n"
)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
async def test_two_signals_end_a_command_once_and_it_cleans_up(number: signal.Signals) -> None:
    command = [sys.executable, "-c", CLEANING_UP, str(int(number))]
    assert await run_to_end("a command", command) == "cleaned up\ninterrupted\n"


async def test_sigterm_ends_a_command_that_a_script_started_in_the_background() -> None:
    """A shell without job control starts `command &` with SIGINT ignored."""
    ignoring = "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)\n"
    command = [sys.executable, "-c", ignoring + CLEANING_UP, str(int(signal.SIGTERM))]
    assert await run_to_end("a command", command) == "cleaned up\ninterrupted\n"


async def test_nohup_outlives_the_terminal() -> None:
    script = (
        "import asyncio, os, signal\n"
        "signal.signal(signal.SIGHUP, signal.SIG_IGN)\n"
        "from firmware_sim.rehearsal.interruption import run_interruptibly\n"
        "async def main():\n"
        "    os.kill(os.getpid(), signal.SIGHUP)\n"
        "    await asyncio.sleep(0.05)\n"
        "    print('still here')\n"
        "run_interruptibly(main())\n"
    )
    assert await run_to_end("a command", [sys.executable, "-c", script]) == "still here\n"


def test_a_mistake_inside_a_command_comes_out_as_it_is() -> None:
    async def fail() -> None:
        raise ProgramError("no straps")

    with pytest.raises(ProgramError, match="no straps"):
        run_interruptibly(fail())
