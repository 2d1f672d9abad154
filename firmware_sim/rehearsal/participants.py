"""The participants of a simulated study: fifteen invented women, each with a strap of her own."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from firmware_sim.errors import ProgramError
from firmware_sim.rehearsal.study import DATA, RunServer
from firmware_sim.rehearsal.verdict.evidence import RehearsedStrap

FILE: Final = "participants.csv"
SIGNS: Final = (
    *("Fig", "Tea", "Sea", "Oak", "Sun", "Bell", "Leaf", "Salt"),
    *("Wind", "Rose", "Boat", "Lamp", "Snow", "Bird", "Corn"),
)


async def make_participants(
    folder: Path, straps: Sequence[RehearsedStrap], run_server: RunServer
) -> None:
    """Put all fifteen into the study in `folder`, unless they are in it. Raises ProgramError.

    The list gets its name last of all, so a study without it was interrupted.
    """
    kept = folder / FILE
    if kept.exists():
        return
    unfinished = folder / f"{FILE}.new"
    unfinished.write_text(describe_participants(straps), encoding="utf-8")
    data = folder / DATA
    try:
        await run_server(data, "participants", "add", "--from", str(unfinished))
    except ProgramError:
        listed = json.loads(await run_server(data, "participants", "list", "--json"))
        if len(listed) != len(SIGNS):
            raise
    unfinished.replace(kept)


def describe_participants(straps: Sequence[RehearsedStrap]) -> str:
    """The list as `participants add --from` reads it; nobody wears a strap off the roster."""
    serials = [strap.serial for strap in straps if strap.streams is not None]
    serials += [""] * len(SIGNS)
    rows = [
        f"P{number:02d},{sign},training,,{serial}"
        for number, (sign, serial) in enumerate(zip(SIGNS, serials, strict=False), start=1)
    ]
    return "\n".join(("code,sign,arm,flags,strap", *rows)) + "\n"
