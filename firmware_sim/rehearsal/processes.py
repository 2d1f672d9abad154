"""One of the three programs as a process: start, stop, kill, and its last words."""

import asyncio
import os
import signal
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from firmware_sim.errors import ProgramError
from firmware_sim.rehearsal.lifeline import Lifeline

LAST_WORDS_LINES = 12
POLL_S = 0.05
STOP_PATIENCE_S = 20.0  # a gateway stops its streams and uploads the rest; others are quick
SETTINGS_PREFIX = "DOSELINE_"  # settings of the user's own installation don't reach a rehearsal


class Program:
    """A program and its log files: `NAME.out` of its last start, `NAME.log` of all of them.

    It runs in a session of its own, so that Ctrl-C reaches only us and the order of stopping is
    ours.
    """

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        logs: Path,
        *,
        takes_a_line: bool = False,
        lifeline: Lifeline | None = None,
    ) -> None:
        self.name, self._lifeline = name, lifeline
        self._stdin = subprocess.PIPE if takes_a_line else subprocess.DEVNULL
        self.command = list(command)
        self._out, self._log = logs / f"{name}.out", logs / f"{name}.log"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, or start it again."""
        self.kill()  # or only collect it, where it ended by itself
        with self._out.open("wb") as out, self._log.open("ab") as log:
            self._process = subprocess.Popen(
                self.command,
                stdin=self._stdin,
                stdout=out,
                stderr=log,
                env=_clean_environment(),
                start_new_session=True,
            )
        if self._lifeline:
            self._lifeline.hold(self._process.pid)

    def say(self, line: str) -> None:
        """Write the one line it takes to its standard input."""
        if self._process and self._process.stdin:
            with suppress(BrokenPipeError), self._process.stdin as pipe:
                pipe.write(line.encode() + b"\n")

    @property
    def pid(self) -> int | None:
        """The process id while it runs."""
        return self._process.pid if self._process and self._process.poll() is None else None

    @property
    def has_ended(self) -> bool:
        """Whether it should run and has ended by itself."""
        return self._process is not None and self._process.poll() is not None

    @property
    def output(self) -> str:
        """What it wrote to standard output since its last start."""
        return self._out.read_text(encoding="utf-8", errors="replace")

    def check(self) -> None:
        """Raises ProgramError, with its last words, if it should run and has ended by itself."""
        if self._process and self.has_ended:
            raise ProgramError(
                f"the {self.name} ended by itself with exit code {self._process.returncode};"
                f" its last words ({self._log}):\n{self.last_words()}"
            )

    def last_words(self) -> str:
        """The end of its log."""
        text = self._log.read_text(encoding="utf-8", errors="replace")
        return "\n".join(text.splitlines()[-LAST_WORDS_LINES:]) or "(it said nothing)"

    def kill(self) -> None:
        """SIGKILL, as a power switch would; returns when it is gone."""
        process, self._process = self._process, None
        if process:
            self._end_at_once(process)

    async def stop(self, patience_s: float = STOP_PATIENCE_S) -> int | None:
        """SIGTERM, wait, and kill it if it won't end; its exit code, None if it was killed."""
        process, self._process = self._process, None
        if process is None:
            return 0
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        try:
            return await _wait_for_end(process, patience_s)
        except TimeoutError:
            return None
        finally:
            self._end_at_once(process)

    def _end_at_once(self, process: subprocess.Popen[bytes]) -> None:
        process.kill()  # does nothing to a process that has ended
        process.wait()
        if self._lifeline:
            self._lifeline.release(process.pid)
        if process.stdin:
            with suppress(BrokenPipeError):
                process.stdin.close()


async def _wait_for_end(process: subprocess.Popen[bytes], patience_s: float) -> int:
    async with asyncio.timeout(patience_s):
        while (code := process.poll()) is None:
            await asyncio.sleep(POLL_S)
    return code


async def run_to_end(name: str, command: Sequence[str], patience_s: float = 120.0) -> str:
    """Run a command that ends by itself; its standard output. Raises ProgramError if it fails."""
    process = await asyncio.create_subprocess_exec(
        *command,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env=_clean_environment(),
        start_new_session=True,
    )
    try:
        async with asyncio.timeout(patience_s):
            out, err = await process.communicate()
    except TimeoutError:
        raise ProgramError(f"{name} took more than {patience_s:.0f} s") from None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode != 0:
        words = err.decode(errors="replace").strip() or "(it said nothing)"
        raise ProgramError(f"{name} failed with exit code {process.returncode}: {words}")
    return out.decode()


def _clean_environment() -> dict[str, str]:
    return {k: v for k, v in os.environ.items() if not k.startswith(SETTINGS_PREFIX)}
