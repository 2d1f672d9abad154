"""Ctrl-C, SIGTERM and a closed terminal end a command alike: its programs are stopped in order."""

import asyncio
import signal
from collections.abc import Coroutine
from typing import TypeVar

_Result = TypeVar("_Result")


def run_interruptibly(main: Coroutine[None, None, _Result]) -> _Result:
    """Run to the end. Raises KeyboardInterrupt, after cleaning up, when it is asked to stop.

    It is asked once: who presses Ctrl-C again does not interrupt the cleaning up.
    """
    interruption = _Interruption()

    async def listen_and_run() -> _Result:
        interruption.listen()
        return await main

    try:
        return asyncio.run(listen_and_run())
    except asyncio.CancelledError:
        if not interruption.has_come:
            raise
        raise KeyboardInterrupt from None


class _Interruption:
    """The first of these signals cancels the task that listens; those after it do nothing."""

    def __init__(self) -> None:
        self.has_come = False

    def listen(self) -> None:
        task, loop = asyncio.current_task(), asyncio.get_running_loop()

        def interrupt() -> None:
            if task and not self.has_come:
                self.has_come = True
                task.cancel()

        # SIGINT too where a shell made us ignore it (`command &` in a script): who sends it means
        # us. SIGHUP not where `nohup` made us ignore it: that is what nohup is for.
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:
                loop.add_signal_handler(number, interrupt)
