"""The server as a process of its own, as people start it."""

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import httpx

from protocol.messages.codec import encode_batch
from server.gateways.enrolment import enrol_gateway
from tests.studies import Study
from tests.unit.server.batches import GATEWAY, Entry, batch
from tests.warm_commands import ROOT, warm_start

MSGPACK = "application/msgpack"


def run_command(*words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """One `doseline-server` command, to its end, with these settings in its environment alone."""
    return warm_start().run("server", words, _environment() | settings)


def run_cold_command(*words: str) -> subprocess.CompletedProcess[str]:
    """The same from nothing, with hashes of its own: where the order of a set could show."""
    command = [sys.executable, "-m", "server", *words]
    return subprocess.run(
        command, cwd=ROOT, env=_environment(), capture_output=True, text=True, check=False
    )


def _environment() -> dict[str, str]:
    return {k: v for k, v in os.environ.items() if not k.startswith("DOSELINE_")}


def enrol(study: Study, gateway: str = GATEWAY) -> str:
    """Enrol a gateway; its token."""
    token_file = study.path.parent / f"{gateway}.token"
    with study.open() as storage:
        enrol_gateway(storage.database, gateway, token_file)
    return token_file.read_text().strip()


class ServerProcess:
    """`serve` on a free port. A context manager; killed at the end if it still runs."""

    def __init__(
        self,
        study: Study,
        *,
        prefix: Sequence[str] = (),
        mutant: str = "",
        more: Sequence[str] = (),
    ) -> None:
        """`prefix` is a tracer around it; `mutant` is Python that breaks the server first; `more`
        are arguments of `serve`.
        """
        program = ["-m", "server"]
        if mutant:
            start = "import sys, server.cli; sys.exit(server.cli.main(sys.argv[1:]))"
            program = ["-c", f"{mutant}\n{start}"]
        self._log_path = study.path.parent / "server.log"
        self._log = self._log_path.open("ab")
        self._process = subprocess.Popen(
            [*prefix, sys.executable, *program, "serve", *study.arguments, "--port", "0", *more],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
            start_new_session=True,
        )
        if self._process.stdout is None:
            raise RuntimeError("no standard output")
        self._stdout = self._process.stdout
        line = self._stdout.readline()
        if "listening on" not in line:
            self.__exit__(None, None, None)
            raise RuntimeError(self.read_log())
        self.url = line.split()[-1]

    def read_line(self) -> str:
        """The next line that it prints."""
        return self._stdout.readline()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.kill()
        self._stdout.close()
        self._log.close()

    def kill(self) -> None:
        """kill -9, with the tracer around it if there is one."""
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def read_peak_memory_bytes(self) -> int:
        """The most memory that it has held at once (VmHWM of proc(5))."""
        status = Path(f"/proc/{self._process.pid}/status").read_text()
        return int(status.partition("VmHWM:")[2].split()[0]) * 1024

    def read_log(self) -> str:
        """What it has told so far, and every server before it on this study."""
        return self._log_path.read_text()

    def stop(self) -> int:
        """SIGTERM; the exit code."""
        os.killpg(self._process.pid, signal.SIGTERM)
        return self._process.wait(20)

    def wait(self, timeout_s: float) -> int:
        """The exit code, once it ends by itself."""
        return self._process.wait(timeout_s)


class Uploader:
    """A gateway's side of the conversation."""

    def __init__(self, url: str, token: str) -> None:
        headers = {"Authorization": f"Bearer {token}", "Content-Type": MSGPACK}
        self.http = httpx.Client(base_url=url, headers=headers, trust_env=False, timeout=20)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.http.close()

    def send(self, *entries: Entry) -> httpx.Response:
        return self.http.post("/api/v1/ingest", content=encode_batch(batch(entries)))
