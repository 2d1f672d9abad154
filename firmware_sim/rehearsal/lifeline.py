"""Programs that end with the one that started them, even where that is killed with SIGKILL."""

import subprocess
import sys
from contextlib import suppress
from pathlib import Path

WATCHER = Path(__file__).with_name("lifeline_watcher.py")
PATIENCE_S = 20.0  # between SIGTERM and SIGKILL: a gateway uploads what it holds


class Lifeline:
    """A pipe to a tiny watcher process: when our end closes, it stops the programs it was told.

    Our end closes however we end. Portable, unlike Linux's PR_SET_PDEATHSIG, and the programs need
    not know of it.
    """

    def __init__(self, patience_s: float = PATIENCE_S) -> None:
        self._patience_s = patience_s
        self._watcher: subprocess.Popen[bytes] | None = None

    def hold(self, pid: int) -> None:
        """From now on this program ends when we do."""
        if self._watcher is None:
            self._watcher = subprocess.Popen(
                # -I -S: it needs nothing that is installed, and starts in milliseconds.
                [sys.executable, "-I", "-S", str(WATCHER), str(self._patience_s)],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,  # Ctrl-C is for us, not for it
                bufsize=0,
            )
        self._tell(f"+{pid}")

    def release(self, pid: int) -> None:
        """This program has ended; its number may belong to another soon."""
        self._tell(f"-{pid}")

    def close(self) -> None:
        """Stop what is still held, and the watcher; returns when both have ended."""
        watcher, self._watcher = self._watcher, None
        if watcher and watcher.stdin:
            watcher.stdin.close()
            watcher.wait()

    def _tell(self, line: str) -> None:
        if self._watcher and self._watcher.stdin:
            with suppress(BrokenPipeError):  # somebody killed it: then there is no life-line
                self._watcher.stdin.write(line.encode() + b"\n")
