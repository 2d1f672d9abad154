"""Work beside the answers: what fails in it is told, and it goes on."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Final

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
