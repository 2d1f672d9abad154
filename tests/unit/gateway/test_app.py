"""What keeps the gateway's parts running, and in which order they end."""

import asyncio
from types import SimpleNamespace
from typing import Any

from gateway.app import end, supervise
from gateway.errors import JournalBusyError
from tests.unit.gateway.straps.strap_clock import turn_loop


async def test_a_journal_that_is_busy_is_no_reason_to_end_the_process() -> None:
    """Goes red (the whole process ends with 3) if busy is taken for broken."""
    troubles = [JournalBusyError("held"), JournalBusyError("held")]

    async def part() -> None:
        if troubles:
            raise troubles.pop()

    await supervise("uplink", part, restart_after_s=0)
    assert troubles == []


async def test_a12_no_search_comes_to_its_end_while_the_straps_stop() -> None:
    """Goes red if a search can hand gaps to straps that have declared theirs already."""
    running: dict[str, asyncio.Task[None]] = {}
    seen: dict[str, set[str]] = {}

    async def part() -> None:
        await asyncio.Event().wait()

    def step(name: str) -> Any:
        async def take() -> bool:
            seen[name] = {n for n, task in running.items() if not task.done()}
            return True

        return take

    for name in ("journal", "roster", "straps", "uplink", "handover", "first roster"):
        running[name] = asyncio.create_task(part())
    await turn_loop()
    saves = SimpleNamespace(save=step("save"))
    gateway: Any = SimpleNamespace(
        stop_straps=step("stop straps"),
        upload_rest=step("upload"),
        commits=SimpleNamespace(commit=step("commit"), rest=lambda: seen.update(rest=set(seen))),
        stop_cleanly=step("stop cleanly"),
        first_uses=saves,
        most_streaming=saves,
        client=SimpleNamespace(close=step("close")),
    )
    await end(gateway, dict(running))
    assert seen["stop straps"] == {"journal", "roster", "straps", "uplink"}
    assert seen["commit"] == seen["stop cleanly"] == {"journal", "straps"}
    assert seen["close"] == set()
    assert seen["rest"] >= {"close", "stop cleanly"}
