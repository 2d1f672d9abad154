"""Programs as a rehearsal starts, stops and kills them, and waits for them."""

import asyncio
import os
import sys
from pathlib import Path

import pytest

from firmware_sim.errors import ProgramError
from firmware_sim.rehearsal.processes import run_to_end
from firmware_sim.rehearsal.readiness import patience, wait_for_line
from tests.contract.rehearsal_programs import POLITE, SLEEP, STUBBORN, make_program, until_up


async def test_a_program_is_asked_to_end(tmp_path: Path) -> None:
    program = make_program(tmp_path, POLITE + SLEEP)
    program.start()
    await until_up(program)
    assert await program.stop() == 7
    assert await program.stop() == 0  # there is nothing to stop


async def test_a_program_that_will_not_end_is_killed(tmp_path: Path) -> None:
    program = make_program(tmp_path, STUBBORN + SLEEP)
    program.start()
    await until_up(program)
    pid = program.pid
    assert pid is not None
    assert await program.stop(patience_s=0.1) is None
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


async def test_a_program_that_ends_by_itself_is_told_with_its_last_words(tmp_path: Path) -> None:
    script = "import sys; sys.exit('a cable is missing')"
    program = make_program(tmp_path, script)
    program.check()  # not started: nothing is wrong
    program.start()
    async with asyncio.timeout(20):
        while not program.has_ended:
            await asyncio.sleep(0.01)
    with pytest.raises(ProgramError, match=r"(?s)straps ended by itself.*1.*a cable is missing"):
        program.check()


async def test_a_killed_program_is_not_missed_and_starts_again(tmp_path: Path) -> None:
    program = make_program(tmp_path, POLITE + SLEEP)
    program.start()
    await until_up(program)
    program.kill()
    program.check()
    program.start()
    await until_up(program)
    assert await program.stop() == 7


async def test_a_line_reaches_its_standard_input(tmp_path: Path) -> None:
    script = "print(input(), 'up', flush=True)"
    program = make_program(tmp_path, script, takes_a_line=True)
    program.start()
    program.say("now")
    await until_up(program)
    assert program.output == "now up\n"
    await program.stop()


async def test_settings_of_the_user_do_not_reach_a_rehearsal(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DOSELINE_BLE_BACKEND", "elsewhere:radio")
    script = "import os; print([k for k in os.environ if k.startswith('DOSELINE_')])"
    assert await run_to_end("a look", [sys.executable, "-c", script]) == "[]\n"


async def test_a_command_that_fails_is_told_with_its_words() -> None:
    command = [sys.executable, "-c", "import sys; sys.exit('no such strap')"]
    with pytest.raises(ProgramError, match="straps add failed with exit code 1: no such strap"):
        await run_to_end("straps add", command)


async def test_a_command_that_takes_too_long_is_ended() -> None:
    command = [sys.executable, "-c", "import time; time.sleep(60)"]
    with pytest.raises(ProgramError, match="took more than"):
        await run_to_end("init", command, patience_s=0.1)


async def test_a_program_is_ready_with_its_first_whole_line(tmp_path: Path) -> None:
    script = "import sys, time; print('rea', end='', flush=True); time.sleep(0.3); print('dy\\nx')"
    program = make_program(tmp_path, script)
    program.start()
    assert await wait_for_line(program) == "ready"
    program.kill()


async def test_a_program_that_ends_before_it_is_ready_is_told_at_once(tmp_path: Path) -> None:
    program = make_program(tmp_path, "import sys; sys.exit('no radio')")
    program.start()
    with pytest.raises(ProgramError, match=r"(?s)straps ended by itself.*no radio"):
        await wait_for_line(program)
    program.kill()


async def test_a_program_that_is_never_ready_is_waited_for_with_an_end(tmp_path: Path) -> None:
    program = make_program(tmp_path, POLITE + SLEEP)
    program.start()
    with pytest.raises(ProgramError, match="straps did not start within 0 s; its last words"):
        async with patience(program, limit_s=0.05):
            await asyncio.sleep(60)
    await program.stop()
