"""Work beside the answers: what fails in it is told, and it goes on."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Final

from server.daemon_thread import run_in_background

log = logging.getLogger(__name__)

AGAIN_AFTER_S: Final = 60.0

Work = Callable[[], Coroutine[None, None, None]]  # until it is cancelled


async def keep_running(name: str, work: Work, again_after_s: float = AGAIN_AFTER_S) -> None:
    """Run `work` until cancelled; where it raises, it is begun again after a while."""
    while True:
        try:
            await work()
        except Exception:
            log.exception("%s failed; it begins again in %.0f s", name, again_after_s)
        await asyncio.sleep(again_after_s)


async def repeat_in_thread(name: str, step: Callable[[], object], every_s: float) -> None:
    """Call a blocking step again and again, the first time after a while, until cancelled."""
    while True:
        await asyncio.sleep(every_s)
        await run_in_background(step, name)
