"""Work beside the answers goes on after whatever it raises."""

import asyncio
import logging
import threading

import pytest

from server.background import keep_running, repeat_in_thread


async def test_what_raises_or_ends_is_told_and_begun_again(
    caplog: pytest.LogCaptureFixture,
) -> None:
    begun: list[int] = []
    third = asyncio.Event()

    async def work() -> None:
        begun.append(len(begun))
        if len(begun) == 1:
            raise OSError(28, "No space left on device")
        if len(begun) == 3:
            third.set()

    with caplog.at_level(logging.ERROR):
        running = asyncio.create_task(keep_running("backing up", work, again_after_s=0))
        await asyncio.wait_for(third.wait(), timeout=5)
        running.cancel()
    assert caplog.text.count("backing up failed; it begins again in 0 s") == 1


async def test_it_ends_when_it_is_cancelled() -> None:
    running = asyncio.create_task(keep_running("x", asyncio.Event().wait, again_after_s=0))  # type: ignore[arg-type]
    await asyncio.sleep(0)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running


async def test_a_step_is_called_again_and_again_in_another_thread() -> None:
    here, called = threading.get_ident(), list[int]()
    third = asyncio.Event()
    loop = asyncio.get_running_loop()

    def step() -> None:
        called.append(threading.get_ident())
        if len(called) == 3:
            loop.call_soon_threadsafe(third.set)

    running = asyncio.create_task(repeat_in_thread("x", step, every_s=0))
    assert called == []
    await asyncio.wait_for(third.wait(), timeout=5)
    running.cancel()
    assert here not in called
