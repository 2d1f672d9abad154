"""The gateway's clocks, as arguments: production reads the machine, tests crank by hand."""

import asyncio
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from protocol.identifiers import BootId
from protocol.moments import ReceivedAt

NS_PER_S = 1_000_000_000
BOOT_ID_FILE = Path("/proc/sys/kernel/random/boot_id")  # Linux: one UUID per boot, see random(4)


class Clock(Protocol):
    """Something that stamps."""

    def now(self) -> ReceivedAt:
        """Monotonic and wall time of this very moment, with the boot that both belong to."""


class AlarmClock(Clock, Protocol):
    """A clock that can also wake somebody up, on its monotonic side only."""

    def call_at(self, monotonic_ns: int, callback: Callable[[], None]) -> Callable[[], None]:
        """Call back once that moment is reached; the answer cancels it."""


def read_boot_id(boot_id_file: Path = BOOT_ID_FILE) -> BootId:
    """The boot that CLOCK_MONOTONIC counts from; a UUID of this start where the system has none.

    With the system's own id, stamps before and after a restart of the gateway stay comparable.
    """
    try:
        text = boot_id_file.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        text = ""
    return BootId(text or str(uuid.uuid4()))


class SystemClock:
    """The machine's clocks. Stamps need no event loop; alarms need a running one."""

    def __init__(self, boot_id: BootId | None = None) -> None:
        self._boot_id = boot_id or read_boot_id()

    def now(self) -> ReceivedAt:
        return ReceivedAt(self._boot_id, time.monotonic_ns(), time.time_ns())

    def call_at(self, monotonic_ns: int, callback: Callable[[], None]) -> Callable[[], None]:
        delay_s = max(0, monotonic_ns - time.monotonic_ns()) / NS_PER_S
        return asyncio.get_running_loop().call_later(delay_s, callback).cancel
