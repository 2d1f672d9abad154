"""Commands of our programs to their end, in processes of their own that start from a warm one."""

import atexit
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from tests.warm_start import Request

ROOT = Path(__file__).resolve().parents[1]
LONGEST_ANSWER_BYTES = 16


class WarmStart:
    """The warm process, from the first command to the end of the tests."""

    def __init__(self) -> None:
        self._folder = tempfile.mkdtemp(prefix="doseline-warm-")
        self.address = f"{self._folder}/ask"
        with _open_line() as listening:
            listening.bind(self.address)
            listening.listen()
            end = listening.fileno()
            command = [sys.executable, "-m", "tests.warm_start", str(end)]
            self._process = subprocess.Popen(command, cwd=ROOT, pass_fds=[end])

    def run(
        self, program: str, words: Sequence[str], environment: Mapping[str, str]
    ) -> subprocess.CompletedProcess[str]:
        """`python -m program words` in the repository's folder, with nothing to read."""
        request = Request(
            program=program, words=list(words), folder=str(ROOT), environment=dict(environment)
        )
        with (
            Path(os.devnull).open("rb") as given,
            tempfile.TemporaryFile() as out,
            tempfile.TemporaryFile() as err,
        ):
            streams = [each.fileno() for each in (given, out, err)]
            with _open_line() as line:
                line.connect(self.address)
                socket.send_fds(line, [json.dumps(request).encode()], streams)
                code = int(line.recv(LONGEST_ANSWER_BYTES))
            told = [_read_whole(out.fileno()), _read_whole(err.fileno())]
        return subprocess.CompletedProcess([program, *words], code, *told)

    def stand_for(self, program: str) -> tuple[str, ...]:
        """Words in the place of `python -m program`, for whoever starts it as a process."""
        ask = str(Path(__file__).with_name("warm_ask.py"))
        return sys.executable, "-I", "-S", ask, self.address, program

    def close(self) -> None:
        self._process.kill()
        self._process.wait()
        shutil.rmtree(self._folder, ignore_errors=True)


def _open_line() -> socket.socket:
    return socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)


def _read_whole(descriptor: int) -> str:
    """As `subprocess` reads text: UTF-8, one kind of line end."""
    content = os.pread(descriptor, os.fstat(descriptor).st_size, 0)
    return content.decode().replace("\r\n", "\n").replace("\r", "\n")


@cache
def warm_start() -> WarmStart:
    """The one of these tests."""
    warm = WarmStart()
    atexit.register(warm.close)
    return warm
