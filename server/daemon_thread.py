"""A blocking step in a thread that nobody has to wait for, not even the end of the program."""

import asyncio
import contextlib
import threading
from collections.abc import Callable
from functools import partial
from typing import TypeVar

T = TypeVar("T")


def run_in_background(step: Callable[[], T], name: str = "live reader") -> asyncio.Future[T]:
    """Run `step` in a daemon thread called `name`; the future has its result, or what it raised.

    `asyncio.to_thread` would be joined when the loop closes: a database that does not answer
    would then keep the server from stopping.
    """
    loop = asyncio.get_running_loop()
    future: asyncio.Future[T] = loop.create_future()

    def settle(end: Callable[[], None]) -> None:
        if not future.done():  # given up
            end()

    def run() -> None:
        try:
            end = partial(future.set_result, step())
        except BaseException as raised:  # noqa: BLE001 - handed to whoever awaits the future
            end = partial(future.set_exception, raised)
        with contextlib.suppress(RuntimeError):  # the loop is closed: nobody listens any more
            loop.call_soon_threadsafe(settle, end)

    threading.Thread(target=run, name=name, daemon=True).start()
    return future
