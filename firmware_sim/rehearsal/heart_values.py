"""Puts everybody's resting and maximum heart rate into a simulated study."""

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from firmware_sim.evening.woman import make_woman
from firmware_sim.physiology.kinetics import HeartTraits
from firmware_sim.rehearsal.study import RunServer
from firmware_sim.trial.body import draw_heart_traits

AT_ONCE: Final = 2  # commands: each starts a program


def draw_hearts(codes: Sequence[str], seed: int) -> dict[str, HeartTraits]:
    """Of each participant; at rest as her evenings have it."""
    return {
        code: draw_heart_traits(seed, code, make_woman(code, "", None, seed).resting_bpm)
        for code in codes
    }


async def enter_hearts(
    data: Path, hearts: Mapping[str, HeartTraits], run_server: RunServer
) -> None:
    """As measured before the first session: once for each. Raises ProgramError."""
    limit = asyncio.Semaphore(AT_ONCE)

    async def enter(code: str, traits: HeartTraits) -> None:
        async with limit:
            await run_server(data, *list_heart_words(code, traits))

    await asyncio.gather(*[enter(code, traits) for code, traits in sorted(hearts.items())])


def list_heart_words(code: str, traits: HeartTraits) -> list[str]:
    """The server's command for one of them."""
    values = ("--rest", f"{traits.resting_bpm:g}", "--max", f"{traits.peak_bpm:g}")
    return ["participants", "heart", code, *values]
