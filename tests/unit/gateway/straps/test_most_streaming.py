"""The most straps at one moment outlive a restart, and belong to one adapter."""

import asyncio
import logging
from pathlib import Path

import pytest

from gateway.straps.capacity import Radio
from gateway.straps.most_streaming import SAVE_AFTER_NS, MostStreaming, load_most, name_radio
from tests.unit.gateway.hand_clock import HandClock, settle

STICK = name_radio("", [Radio("hci0", "CSR")])


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "most-streaming"


async def test_the_most_is_kept_and_less_changes_nothing(file: Path) -> None:
    clock = HandClock()
    counting = MostStreaming(file, STICK, clock)
    assert counting.most == 0
    keeping = asyncio.create_task(counting.run())
    for n_streaming in (3, 15, 7):
        counting.note(n_streaming)
    await settle()
    assert not file.exists()  # one write for all that come within ten seconds
    async with asyncio.timeout(10):
        while load_most(file, STICK) != 15:
            await clock.crank(SAVE_AFTER_NS)
    keeping.cancel()
    await asyncio.wait({keeping})
    assert counting.most == 15
    assert MostStreaming(file, STICK, clock).most == 15


async def test_the_end_of_the_program_keeps_what_waits(file: Path) -> None:
    counting = MostStreaming(file, STICK, HandClock())
    counting.note(9)
    await counting.save()
    assert load_most(file, STICK) == 9


@pytest.mark.parametrize(
    "other",
    [
        name_radio("", [Radio("hci0", None)]),
        name_radio("", [Radio("hci0", "CSR"), Radio("hci1", "CSR")]),
        name_radio("", []),
        name_radio("sim.radio:make", [Radio("hci0", "CSR")]),
    ],
)
async def test_with_another_adapter_it_begins_anew(file: Path, other: str) -> None:
    counting = MostStreaming(file, STICK, HandClock())
    counting.note(15)
    await counting.save()
    assert load_most(file, other) == 0


async def test_a_damaged_file_says_nothing(file: Path) -> None:
    counting = MostStreaming(file, STICK, HandClock())
    counting.note(15)
    await counting.save()
    file.write_bytes(file.read_bytes().replace(b"15", b"95"))
    assert load_most(file, STICK) == 0


async def test_a_disk_that_takes_nothing_costs_no_more_than_the_number(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    counting = MostStreaming(tmp_path / "absent" / "file", STICK, HandClock())
    counting.note(4)
    with caplog.at_level(logging.WARNING):
        await counting.save()
    assert "can't be kept" in caplog.text
    assert counting.most == 4
