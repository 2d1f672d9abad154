"""A simulated study has one trainer, whose PIN is known again the next time."""

import json
import stat
from pathlib import Path

import pytest

from firmware_sim.errors import ProgramError
from firmware_sim.rehearsal.trainer import FILE, Trainer, make_trainer, read_trainer


class FakeServer:
    """`users add` once, then only `users pin`; both tell a PIN."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.is_interrupted = False

    async def run(self, data: Path, *words: str) -> str:
        assert data.name == "data"
        self.asked.append(" ".join(words[:2]))
        if self.asked.count("users add") > 1 and words[1] == "add":
            raise ProgramError("'sara' is somebody already")
        if self.is_interrupted:
            raise KeyboardInterrupt
        return json.dumps({"name": words[2], "pin": f"27182{len(self.asked)}"})


async def test_a_new_trainer_is_kept_for_next_time(tmp_path: Path) -> None:
    server = FakeServer()
    trainer = await make_trainer(tmp_path, server.run)
    assert trainer == Trainer("sara", "271821") == read_trainer(tmp_path)
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600
    assert await make_trainer(tmp_path, server.run) == trainer
    assert server.asked == ["users add"]
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


async def test_a_pin_that_got_lost_is_made_again(tmp_path: Path) -> None:
    server = FakeServer()
    server.is_interrupted = True
    with pytest.raises(KeyboardInterrupt):
        await make_trainer(tmp_path, server.run)
    server.is_interrupted = False
    assert await make_trainer(tmp_path, server.run) == Trainer("sara", "271823")
    assert server.asked == ["users add", "users add", "users pin"]
