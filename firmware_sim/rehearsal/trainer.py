"""The trainer of a simulated study: who signs in to watch what the straps send."""

import json
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from firmware_sim.errors import ProgramError
from firmware_sim.rehearsal.study import DATA, RunServer

NAME: Final = "sara"
FILE: Final = "trainer.json"


@dataclass(frozen=True, slots=True)
class Trainer:
    """What she signs in with; everything in her study is simulated, so it may be printed."""

    name: str
    pin: str


async def make_trainer(folder: Path, run_server: RunServer) -> Trainer:
    """The trainer of the study in `folder`: the one from last time, or a new PIN.

    The file gets its name last of all, so without it the PIN is nobody's. Raises ProgramError.
    """
    kept = folder / FILE
    if kept.exists():
        return read_trainer(folder)
    data = folder / DATA
    try:
        told = await run_server(data, "users", "add", NAME, "--role", "trainer", "--json")
    except ProgramError:  # she is there, and the PIN got lost when this was interrupted
        told = await run_server(data, "users", "pin", NAME, "--json")
    trainer = Trainer(NAME, json.loads(told)["pin"])
    _write(kept, trainer)
    return trainer


def read_trainer(folder: Path) -> Trainer:
    """The trainer that `make_trainer` made."""
    kept = json.loads((folder / FILE).read_text(encoding="utf-8"))
    return Trainer(kept["name"], kept["pin"])


def _write(path: Path, trainer: Trainer) -> None:
    unfinished = path.with_name(path.name + ".new")
    with suppress(FileNotFoundError):
        unfinished.unlink()
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump({"name": trainer.name, "pin": trainer.pin}, file)
    unfinished.replace(path)
