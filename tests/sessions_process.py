"""The routes of sessions as a process of its own, to be killed."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

ROOT = Path(__file__).resolve().parents[1]


class SessionsProcess:
    """Serves a study's sessions on a free port; killed at the end if it still runs."""

    def __init__(self, data: Path, *, dies_after_commit: bool = False) -> None:
        words = [sys.executable, "-m", "tests.sessions_process", str(data)]
        self._process = subprocess.Popen(
            [*words, "die"] if dies_after_commit else words,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        self._stdout = self._process.stdout
        self.url = self._stdout.readline().strip()

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

    def kill(self) -> None:
        """kill -9."""
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()

    def wait(self, timeout_s: float) -> int:
        return self._process.wait(timeout_s)


def _serve(data: Path, *, dies_after_commit: bool) -> None:
    import uvicorn

    import server.sessions.api
    from server.settings import read_settings
    from server.storage import open_storage
    from tests.sessions_app import SignedIn, create_sessions_app

    def die(*_: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    if dies_after_commit:  # the answer is made when the commit is done
        server.sessions.api.view_posted = die  # type: ignore[assignment]
    with socket.socket() as listener, open_storage(read_settings(data=data)) as storage:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        sys.stdout.write(f"http://127.0.0.1:{listener.getsockname()[1]}\n")
        sys.stdout.flush()
        app = create_sessions_app(storage, SignedIn())
        uvicorn.Server(uvicorn.Config(app, log_config=None)).run(sockets=[listener])


if __name__ == "__main__":
    _serve(Path(sys.argv[1]), dies_after_commit=len(sys.argv) > 2)
