"""Ctrl-C, SIGTERM and a closed terminal end a command alike: its programs are stopped in order."""

import asyncio
import signal
from collections.abc import Coroutine
from typing import TypeVar

_Result = TypeVar("_Result")


def run_interruptibly(main: Coroutine[None, None, _Result]) -> _Result:
    """Run to the end. Raises KeyboardInterrupt, after cleaning up, when it is asked to stop."""

    async def listen_and_run() -> _Result:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, signal.raise_signal, signal.SIGINT)
        return await main

    return asyncio.run(listen_and_run())
