"""Commands of our programs to their end, in processes of their own that start from a warm one."""

import atexit
import json
import os
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
        kind = socket.SOCK_SEQPACKET
        self._line, theirs = socket.socketpair(socket.AF_UNIX, kind)
        with theirs:
            end = theirs.fileno()
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
            socket.send_fds(self._line, [json.dumps(request).encode()], streams)
            code = int(self._line.recv(LONGEST_ANSWER_BYTES))
            told = [_read_whole(out.fileno()), _read_whole(err.fileno())]
        return subprocess.CompletedProcess([program, *words], code, *told)

    def close(self) -> None:
        self._line.close()
        self._process.wait()


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
