"""ATT requests as bleak's users know them: answered, refused, or the link is gone."""

import asyncio
from collections.abc import Awaitable
from typing import Any, TypeVar

from bleak.exc import BleakError, BleakGATTProtocolError
from bumble import att, core

_T = TypeVar("_T")


async def ask(request: Awaitable[_T], background: "set[asyncio.Future[Any]]") -> _T:
    """The answer to one ATT request.

    Raises BleakGATTProtocolError for a refusal and BleakError when the link is lost meanwhile:
    Bumble cancels the request then, which must not look as if the caller was cancelled. If the
    caller really is cancelled, the request stays in flight in `background`; were it forgotten, its
    answer would be taken for that of the next.
    """
    task = asyncio.ensure_future(request)
    _keep(task, background)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        if not task.cancelled() or _is_cancelled_from_outside():
            raise
        raise BleakError("the link was lost before the strap answered") from None
    except att.ATT_Error as error:
        raise BleakGATTProtocolError(error.error_code) from error
    except (core.BaseBumbleError, TimeoutError) as error:
        raise BleakError(f"the strap didn't answer: {error}") from error


def _is_cancelled_from_outside() -> bool:
    current = asyncio.current_task()
    return current is not None and current.cancelling() > 0


def _keep(task: "asyncio.Future[_T]", background: "set[asyncio.Future[Any]]") -> None:
    background.add(task)
    task.add_done_callback(background.discard)
    task.add_done_callback(lambda done: done.cancelled() or done.exception())
