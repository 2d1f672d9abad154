"""The truth log: every value a strap sends, written before it is handed to the radio.

JSON lines: `{"kind": "sent", …}` for notifications and indications, `{"kind": "overflow", …}` for
a value the strap had no room to keep (it was never sent), `{"kind": "answer", …}` for what a strap
answers to a read (named `read/…`, as a gateway archives it), `{"kind": "link", …}` for a central
that connected, `{"kind": "fault_begins", …}` and `{"kind": "fault", …}` for ordered trouble. Each
line is one write to a file opened for appending, so what was sent is on record even if this program
is killed in the next instant.
"""

import json
import os
import time
from pathlib import Path
from typing import Protocol

from firmware_sim.errors import SimulatorError


class Truth(Protocol):
    """What the radio tells while it runs."""

    def sent(self, strap: str, characteristic: str, payload: bytes) -> None: ...
    def overflowed(self, strap: str, characteristic: str, payload: bytes) -> None: ...
    def answered(self, strap: str, characteristic: str, payload: bytes) -> None: ...
    def linked(self, strap: str) -> None: ...
    def fault_begins(self, strap: str | None, fault: str, from_ns: int) -> None: ...
    def fault_ended(self, strap: str | None, fault: str, from_ns: int, to_ns: int) -> None: ...


class NoTruth:
    """For runs that nobody compares."""

    def sent(self, strap: str, characteristic: str, payload: bytes) -> None:
        """Nothing is written."""

    def overflowed(self, strap: str, characteristic: str, payload: bytes) -> None:
        """Nothing is written."""

    def answered(self, strap: str, characteristic: str, payload: bytes) -> None:
        """Nothing is written."""

    def linked(self, strap: str) -> None:
        """Nothing is written."""

    def fault_begins(self, strap: str | None, fault: str, from_ns: int) -> None:
        """Nothing is written."""

    def fault_ended(self, strap: str | None, fault: str, from_ns: int, to_ns: int) -> None:
        """Nothing is written."""


class TruthLog:
    """Truth in a file. Stamps are taken here, the moment before the value leaves."""

    def __init__(self, path: Path) -> None:
        """Append to `path`. Raises SimulatorError if it can't be opened."""
        try:
            self._file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise SimulatorError(f"truth file {path} can't be written: {error.strerror}") from error

    def close(self) -> None:
        """Close the file."""
        os.close(self._file)

    def sent(self, strap: str, characteristic: str, payload: bytes) -> None:
        """This value is about to be handed to the link."""
        self._value("sent", strap, characteristic, payload)

    def overflowed(self, strap: str, characteristic: str, payload: bytes) -> None:
        """This value found the strap's queue full and is not sent."""
        self._value("overflow", strap, characteristic, payload)

    def answered(self, strap: str, characteristic: str, payload: bytes) -> None:
        """A read of this characteristic is about to be answered with these bytes."""
        self._value("answer", strap, f"read/{characteristic}", payload)

    def linked(self, strap: str) -> None:
        """A central has connected to this strap."""
        self._write({"kind": "link", "strap": strap, "monotonic_ns": time.monotonic_ns()})

    def fault_begins(self, strap: str | None, fault: str, from_ns: int) -> None:
        """Ordered trouble starts; None means no strap in particular."""
        line = {"kind": "fault_begins", "strap": strap, "fault": fault}
        self._write(line | {"from_monotonic_ns": from_ns})

    def fault_ended(self, strap: str | None, fault: str, from_ns: int, to_ns: int) -> None:
        """Ordered trouble is over."""
        line = {"kind": "fault", "strap": strap, "fault": fault}
        self._write(line | {"from_monotonic_ns": from_ns, "to_monotonic_ns": to_ns})

    def _value(self, kind: str, strap: str, characteristic: str, payload: bytes) -> None:
        # By hand: 400 lines a second with 64 straps, and no field needs escaping.
        os.write(
            self._file,
            (
                f'{{"kind":"{kind}","strap":"{strap}","characteristic":"{characteristic}",'
                f'"monotonic_ns":{time.monotonic_ns()},"wall_ns":{time.time_ns()},'
                f'"payload_hex":"{payload.hex()}"}}\n'
            ).encode(),
        )

    def _write(self, line: dict[str, object]) -> None:
        os.write(self._file, (json.dumps(line, separators=(",", ":")) + "\n").encode())
