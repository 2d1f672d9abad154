"""Whole rehearsals for tests: three real programs, one verdict, the evidence in a folder."""

from collections.abc import Awaitable, Callable, Collection, Sequence
from pathlib import Path
from typing import Any

from firmware_sim.rehearsal.chain_plan import PROGRAMS, ChainPlan
from firmware_sim.rehearsal.lookout import Patience
from firmware_sim.rehearsal.rehearsal import Rehearsal
from firmware_sim.rehearsal.verdict.verdict import Verdict
from firmware_sim.scenario.faults import Fault
from tests.warm_commands import warm_start

SPEED = {"live within 2 s"}  # `make bench` judges it; a busy machine is slow and loses nothing
Rehearse = Callable[
    ..., Awaitable[Verdict]
]  # (seconds, faults=(), patience, **fields of ChainPlan)


def list_programs() -> dict[str, tuple[str, ...]]:
    """The three, with the server's commands from the warm process: six a rehearsal."""
    programs = {name: tuple(words) for name, words in PROGRAMS.items()}
    return {**programs, "server": warm_start().stand_for("server")}


def make_rehearse(folder: Path) -> Rehearse:
    """`await rehearse(seconds, faults, **plan)` leaves its evidence in `folder`."""

    async def rehearse(
        seconds: float,
        faults: Sequence[Fault] = (),
        patience: Patience = Patience(),  # noqa: B008 (frozen)
        **plan: Any,
    ) -> Verdict:
        chain = ChainPlan(**{"programs": list_programs(), **plan})
        return await Rehearsal(chain, faults, seconds, folder, lambda _: None, patience).run()

    return rehearse


def failed(verdict: Verdict, ignoring: Collection[str] = SPEED) -> dict[str, str]:
    """Names and details of the checks that failed."""
    broken = [check for check in verdict.checks if not check.passed]
    return {check.name: check.detail for check in broken if check.name not in ignoring}
