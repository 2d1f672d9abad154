"""The one line that a rehearsal may write to the straps."""

import pytest

from firmware_sim.commands.start_line import read_start_line
from firmware_sim.errors import SimulatorError


def test_a_moment() -> None:
    assert read_start_line(b'{"start_monotonic_ns": 123}\n') == 123


@pytest.mark.parametrize(
    "line", [b"now\n", b"{}\n", b"[]\n", b'{"start_monotonic_ns": "1"}\n', b"\xff\n",
             b'{"start_monotonic_ns": true}\n', b'{"start_monotonic_ns": 1.5}\n'],
)  # fmt: skip
def test_anything_else_is_told(line: bytes) -> None:
    with pytest.raises(SimulatorError, match="start_monotonic_ns"):
        read_start_line(line)
