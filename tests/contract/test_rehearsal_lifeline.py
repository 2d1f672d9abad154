"""Programs end with the one that started them, even where that is killed."""

import asyncio
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from firmware_sim.rehearsal.lifeline import Lifeline
from tests.contract.rehearsal_programs import POLITE, SLEEP, STUBBORN, make_program, until_up

SLEEP_ONLY = "import time; time.sleep(60)"


async def _until_gone(*pids: int) -> None:
    async with asyncio.timeout(20):
        while any(psutil.pid_exists(pid) and not _is_zombie(pid) for pid in pids):
            await asyncio.sleep(0.01)


def _is_zombie(pid: int) -> bool:
    """An orphan that ended, where nobody collects orphans."""
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


@pytest.mark.parametrize("script", [POLITE, STUBBORN])
async def test_programs_end_when_their_owner_is_killed(tmp_path: Path, script: str) -> None:
    owner_script = (
        "import sys, time\n"
        "from pathlib import Path\n"
        "from firmware_sim.rehearsal.lifeline import Lifeline\n"
        "from firmware_sim.rehearsal.processes import Program\n"
        "lifeline = Lifeline(patience_s=0.2)\n"
        f"command = [sys.executable, '-c', {script + SLEEP!r}]\n"
        "for name in 'ab':\n"
        f"    program = Program(name, command, Path({str(tmp_path)!r}), lifeline=lifeline)\n"
        "    program.start()\n"
        "    while 'up' not in program.output: time.sleep(0.01)\n"
        "    print(program.pid, flush=True)\n"
        "time.sleep(60)\n"
    )
    owner = subprocess.Popen([sys.executable, "-c", owner_script], stdout=subprocess.PIPE)
    with owner:
        assert owner.stdout
        pids = [int(owner.stdout.readline()) for _ in "ab"]
        owner.kill()
    await _until_gone(*pids)


async def test_a_program_that_was_stopped_is_nobodys_business_any_more(tmp_path: Path) -> None:
    lifeline = Lifeline(patience_s=0.2)
    kept = subprocess.Popen([sys.executable, "-c", SLEEP_ONLY])
    lifeline.hold(kept.pid)
    lifeline.release(kept.pid)
    lifeline.close()  # returns when its watcher has ended
    assert kept.poll() is None
    kept.kill()
    kept.wait()


async def test_a_lifeline_that_broke_stops_nothing(tmp_path: Path) -> None:
    lifeline = Lifeline()
    program = make_program(tmp_path, POLITE + SLEEP)
    lifeline.hold(1_000_000_000)
    assert lifeline._watcher
    lifeline._watcher.kill()
    lifeline._watcher.wait()
    lifeline.hold(1_000_000_001)
    lifeline.close()
    program.start()
    await until_up(program)
    assert await program.stop() == 7
