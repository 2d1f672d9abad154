"""Programs as a rehearsal starts, stops and kills them, and the careless wire between two."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import psutil
import pytest

from firmware_sim.errors import ProgramError
from firmware_sim.rehearsal.interruption import run_interruptibly
from firmware_sim.rehearsal.lifeline import Lifeline
from firmware_sim.rehearsal.processes import Program, run_to_end
from firmware_sim.rehearsal.relay import CarelessRelay

POLITE = "import signal, time; signal.signal(15, lambda *_: exit(7)); print('up', flush=True)\n"
STUBBORN = "import signal, time; signal.signal(15, signal.SIG_IGN); print('up', flush=True)\n"
SLEEP_ONLY = "import time; time.sleep(60)"
SLEEP = "while True: time.sleep(0.01)"


def _program(folder: Path, script: str, *, takes_a_line: bool = False) -> Program:
    command = [sys.executable, "-c", script]
    return Program("straps", command, folder, takes_a_line=takes_a_line)


async def _until_up(program: Program) -> None:
    async with asyncio.timeout(20):
        while "up" not in program.output:
            await asyncio.sleep(0.01)


async def test_a_program_is_asked_to_end(tmp_path: Path) -> None:
    program = _program(tmp_path, POLITE + SLEEP)
    program.start()
    await _until_up(program)
    assert await program.stop() == 7
    assert await program.stop() == 0  # there is nothing to stop


async def test_a_program_that_will_not_end_is_killed(tmp_path: Path) -> None:
    program = _program(tmp_path, STUBBORN + SLEEP)
    program.start()
    await _until_up(program)
    pid = program.pid
    assert pid is not None
    assert await program.stop(patience_s=0.1) is None
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


async def test_a_program_that_ends_by_itself_is_told_with_its_last_words(tmp_path: Path) -> None:
    script = "import sys; sys.exit('a cable is missing')"
    program = _program(tmp_path, script)
    program.check()  # not started: nothing is wrong
    program.start()
    async with asyncio.timeout(20):
        while not program.has_ended:
            await asyncio.sleep(0.01)
    with pytest.raises(ProgramError, match=r"(?s)straps ended by itself.*1.*a cable is missing"):
        program.check()


async def test_a_killed_program_is_not_missed_and_starts_again(tmp_path: Path) -> None:
    program = _program(tmp_path, POLITE + SLEEP)
    program.start()
    await _until_up(program)
    program.kill()
    program.check()
    program.start()
    await _until_up(program)
    assert await program.stop() == 7


async def test_a_line_reaches_its_standard_input(tmp_path: Path) -> None:
    script = "print(input(), 'up', flush=True)"
    program = _program(tmp_path, script, takes_a_line=True)
    program.start()
    program.say("now")
    await _until_up(program)
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


@asynccontextmanager
async def _server_and_relay() -> AsyncIterator[tuple[CarelessRelay, int, list[bytes]]]:
    """A server that answers each request with its number, and a relay before it."""
    asked: list[bytes] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        asked.append(head.split(b" ")[0] + b" " + await reader.readexactly(2))
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\n%d" % len(asked))
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    relay = CarelessRelay(server.sockets[0].getsockname()[1])
    try:
        yield relay, await relay.open(), asked
    finally:
        await relay.close()
        server.close()


async def _ask(port: int, method: bytes) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(method + b" / HTTP/1.1\r\nContent-Length: 2\r\n\r\nhi")
    writer.write_eof()
    answer = await reader.read()
    writer.close()
    return answer[-1:]


async def test_the_relay_passes_on_what_it_gets() -> None:
    async with _server_and_relay() as (_, port, asked):
        assert await _ask(port, b"POST") == b"1"
        assert await _ask(port, b"GET") == b"2"
    assert asked == [b"POST hi", b"GET hi"]


async def test_a10_the_relay_repeats_posts_and_loses_answers_on_order() -> None:
    async with _server_and_relay() as (relay, port, asked):
        relay.copies_due, relay.answers_to_lose = 2, 1
        assert await _ask(port, b"GET") == b"1"  # only uploads are troubled
        assert await _ask(port, b"POST") == b""  # stored three times, and never told
        assert await _ask(port, b"POST") == b"5"
    assert asked == [b"GET hi", b"POST hi", b"POST hi", b"POST hi", b"POST hi"]
    assert (relay.n_copied, relay.n_answers_lost) == (2, 1)


async def test_a_server_that_is_away_breaks_the_connection() -> None:
    async with _server_and_relay() as (relay, port, _):
        relay._server_port = 1
        assert await _ask(port, b"POST") == b""


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
    program = _program(tmp_path, POLITE + SLEEP)
    lifeline.hold(1_000_000_000)
    assert lifeline._watcher
    lifeline._watcher.kill()
    lifeline._watcher.wait()
    lifeline.hold(1_000_000_001)
    lifeline.close()
    program.start()
    await _until_up(program)
    assert await program.stop() == 7


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
