"""The participants of a simulated study: invented women; those who train have a strap each."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
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
CONTROL_SIGNS: Final = (
    *("Moon", "Pear", "Kite", "Drum", "Shell", "Fern", "Cup", "Door"),
    *("Harp", "Nut", "Owl", "Pine", "Reed", "Ship", "Wool"),
)


@dataclass(frozen=True, slots=True)
class Arms:
    """How many there are in each arm."""

    n_training: int = len(SIGNS)
    n_control: int = 0

    @property
    def n(self) -> int:
        """All of them."""
        return self.n_training + self.n_control


ONE_SESSION: Final = Arms()  # as many as train together


async def make_participants(
    folder: Path,
    straps: Sequence[RehearsedStrap],
    run_server: RunServer,
    arms: Arms = ONE_SESSION,
) -> None:
    """Put all of them into the study in `folder`, unless they are in it. Raises ProgramError.

    The list gets its name last of all, so a study without it was interrupted.
    """
    kept = folder / FILE
    if kept.exists():
        return
    unfinished = folder / f"{FILE}.new"
    unfinished.write_text(describe_participants(straps, arms), encoding="utf-8")
    data = folder / DATA
    try:
        await run_server(data, "participants", "add", "--from", str(unfinished))
    except ProgramError:
        listed = json.loads(await run_server(data, "participants", "list", "--json"))
        if len(listed) != arms.n:
            raise
    unfinished.replace(kept)


def describe_participants(straps: Sequence[RehearsedStrap], arms: Arms = ONE_SESSION) -> str:
    """The list as `participants add --from` reads it; nobody wears a strap off the roster."""
    serials = [strap.serial for strap in straps if strap.streams is not None]
    trained, control = SIGNS[: arms.n_training], CONTROL_SIGNS[: arms.n_control]
    serials = [*serials, *[""] * len(SIGNS)][: len(trained)] + [""] * len(control)
    named = [(sign, "training") for sign in trained] + [(sign, "control") for sign in control]
    rows = [
        f"P{number:02d},{sign},{arm},,{serial}"
        for number, ((sign, arm), serial) in enumerate(zip(named, serials, strict=True), start=1)
    ]
    return "\n".join(("code,sign,arm,flags,strap", *rows)) + "\n"
