"""Waiting on the gateway's clock, so that a test can crank it by hand."""

import asyncio

from gateway.clock import AlarmClock


async def wait_until(
    clock: AlarmClock, monotonic_ns: int, sooner: asyncio.Event | None = None
) -> None:
    """Until that moment, or until `sooner` is set if that comes first."""
    reached = asyncio.Event()
    cancel = clock.call_at(monotonic_ns, reached.set)
    events = [reached] if sooner is None else [reached, sooner]
    waits = [asyncio.ensure_future(event.wait()) for event in events]
    try:
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    finally:
        cancel()
        for wait in waits:
            wait.cancel()


async def wait_for(
    clock: AlarmClock, duration_ns: int, sooner: asyncio.Event | None = None
) -> None:
    """The same, from now on."""
    await wait_until(clock, clock.now().monotonic_ns + duration_ns, sooner)
