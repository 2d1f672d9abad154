"""Nothing is awaited for ever, and the radio is shared fairly."""

import asyncio

import pytest

from gateway.straps.patience import Adapter, until, within
from tests.unit.gateway.straps.strap_clock import HandClock, turn_loop


async def never() -> None:
    await asyncio.get_running_loop().create_future()


async def test_d2_a_call_that_hangs_ends_at_its_deadline() -> None:
    clock = HandClock()
    waiting = asyncio.create_task(within(clock, 10, never()))
    await clock.advance(9.9)
    assert not waiting.done()
    await clock.advance(0.1)
    with pytest.raises(TimeoutError):
        await waiting


async def test_d2_wall_clock_steps_end_no_wait() -> None:
    clock = HandClock()
    waiting = asyncio.create_task(within(clock, 10, never()))
    clock.wall_step_ns = 86_400 * 1_000_000_000
    await clock.advance(5)
    assert not waiting.done()
    waiting.cancel()
    await asyncio.wait({waiting})


async def test_d2_a_call_that_ignores_its_cancellation_is_left_behind() -> None:
    clock, released = HandClock(), asyncio.Event()

    async def stubborn() -> None:
        while not released.is_set():
            try:
                await released.wait()
            except asyncio.CancelledError:
                continue

    waiting = asyncio.create_task(within(clock, 1, stubborn()))
    await clock.advance(1)
    with pytest.raises(TimeoutError):
        await waiting
    released.set()
    await turn_loop()


async def test_results_and_errors_pass_through() -> None:
    async def answer() -> int:
        return 7

    async def fail() -> int:
        raise KeyError

    assert await within(HandClock(), 1, answer()) == 7
    with pytest.raises(KeyError):
        await within(HandClock(), 1, fail())


async def _hold(adapter: Adapter, order: list[str], name: str) -> None:
    async with adapter.turn() as expiry:
        order.append(name)
        try:
            await until(expiry, never())
        except TimeoutError:
            order.append(f"{name} ends")


async def test_d4_a_turn_is_20_s_alone_and_5_s_while_another_waits() -> None:
    clock = HandClock()
    adapter, order = Adapter(clock), list[str]()
    first = asyncio.create_task(_hold(adapter, order, "first"))
    await clock.advance(19)
    assert order == ["first"]
    second = asyncio.create_task(_hold(adapter, order, "second"))
    await turn_loop()  # the first has had its share long ago
    assert order == ["first", "first ends", "second"]
    third = asyncio.create_task(_hold(adapter, order, "third"))
    await clock.advance(4.9)
    assert order[-1] == "second"
    await clock.advance(0.1)
    assert order[-2:] == ["second ends", "third"]
    await clock.advance(20)
    assert order[-1] == "third ends"
    await asyncio.gather(first, second, third)
