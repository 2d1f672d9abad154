"""strace around the server: what it asked the kernel for, in order, and what it was refused."""

import re
import shutil
from pathlib import Path
from typing import Final

import pytest

SYNCS: Final = "fsync,fdatasync"
_SYNCED = re.compile(r"\b(fsync|fdatasync)\b.*= 0$")
_SYNC_REFUSED = re.compile(r"\b(fsync|fdatasync)\b.*= -1 EIO")
_ACKNOWLEDGED = re.compile(r'sendto\(.*\{\\"(watermark|results)')  # an upload, a post of entries


def require_strace() -> str:
    """Where strace is; without it the test is skipped loudly."""
    found = shutil.which("strace")
    if found is None:
        pytest.skip("NO STRACE HERE: install Debian's strace to test faults of the kernel")
    return found


def tracer(trace: Path, *words: str) -> list[str]:
    """The command line that goes before the server's."""
    calls = f"trace=sendto,pwrite64,{SYNCS}"
    return [require_strace(), "-f", "-o", str(trace), "-s", "32", "-e", calls, *words]


def count_answers_without_sync(trace: Path) -> int:
    """Acknowledgements before which nothing was synced since the one before."""
    n_bad, synced = 0, False
    for line in trace.read_text(errors="replace").splitlines():
        if _SYNCED.search(line):
            synced = True
        elif _ACKNOWLEDGED.search(line):
            n_bad += not synced
            synced = False
    return n_bad


def count_refused_syncs(trace: Path) -> int:
    """Syncs that the kernel answered with EIO."""
    return len(_SYNC_REFUSED.findall(trace.read_text(errors="replace")))
