"""A wall clock that can be moved under a running program, built from clock_shift.c."""

import mmap
import shutil
import struct
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import pytest

SOURCE = Path(__file__).with_name("clock_shift.c")
FIELDS = struct.Struct("=qqq")  # offset_ns, slope_ppb, since_ns
PPB_PER_PPM = 1000


def build_clock_shift(folder: Path) -> Path:
    """The library for LD_PRELOAD; without a compiler the test is skipped loudly."""
    compiler = shutil.which("gcc")
    if compiler is None:
        pytest.skip("NO GCC HERE: install Debian's gcc and libc6-dev to test moved clocks")
    library = folder / "clock_shift.so"
    words = ["-O2", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", str(SOURCE), "-ldl"]
    subprocess.run([compiler, *words, "-o", str(library)], check=True)
    return library


class WallClock:
    """What programs started with `words` before their own see as the wall clock."""

    def __init__(self, folder: Path) -> None:
        self._library = build_clock_shift(folder)
        self._path = folder / "clock_shift"
        self._path.write_bytes(FIELDS.pack(0, 0, 0))
        self._file = self._path.open("r+b")
        self._shift = mmap.mmap(self._file.fileno(), FIELDS.size)

    @property
    def words(self) -> Sequence[str]:
        """The first words of a program's command."""
        return ("env", f"LD_PRELOAD={self._library}", f"CLOCK_SHIFT_FILE={self._path}")

    def move(self, offset_s: float, slope_ppm: int = 0) -> None:
        """From now on: this far from true time, and running away from it at this slope."""
        since_ns = time.monotonic_ns()
        self._shift[:] = FIELDS.pack(round(offset_s * 1e9), slope_ppm * PPB_PER_PPM, since_ns)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._shift.close()
        self._file.close()
