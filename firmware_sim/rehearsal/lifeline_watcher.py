"""The far end of a life-line: reads `+PID` and `-PID`; at the end stops every PID still held.

Started as a file, outside any package: only the standard library is there.
"""

import os
import signal
import sys
import time
from collections.abc import Iterable

POLL_S = 0.05


def read_held(lines: Iterable[str]) -> list[int]:
    """The process ids still held where the lines end, the last one first: as they are stopped."""
    held: list[int] = []
    for line in lines:
        pid = int(line[1:])
        if line.startswith("+"):
            held.append(pid)
        elif pid in held:
            held.remove(pid)
    return held[::-1]


def _stop(pids: list[int], patience_s: float) -> None:
    """SIGTERM to all, and SIGKILL to those that haven't ended when patience has."""
    left = [pid for pid in pids if _send(pid, signal.SIGTERM)]
    deadline_s = time.monotonic() + patience_s
    while left and time.monotonic() < deadline_s:
        time.sleep(POLL_S)
        left = [pid for pid in left if _send(pid, 0)]
    for pid in left:
        _send(pid, signal.SIGKILL)


def _send(pid: int, number: int) -> bool:
    """Whether there is such a process of ours."""
    try:
        os.kill(pid, number)
    except (ProcessLookupError, PermissionError, OverflowError):
        return False
    return True


if __name__ == "__main__":
    _stop(read_held(sys.stdin), float(sys.argv[1]))
