"""A blocking step in a thread that nobody has to wait for, not even the end of the program."""

import asyncio
import contextlib
import threading
from collections.abc import Callable


def run_in_background(step: Callable[[], None]) -> asyncio.Future[None]:
    """Run `step` in a daemon thread; the future ends as it ends.

    `asyncio.to_thread` would be joined when the loop closes: a database that does not answer
    would then keep the server from stopping.
    """
    loop = asyncio.get_running_loop()
    future: asyncio.Future[None] = loop.create_future()

    def settle(error: BaseException | None) -> None:
        if future.done():  # given up
            return
        if error is None:
            future.set_result(None)
        else:
            future.set_exception(error)

    def run() -> None:
        error: BaseException | None = None
        try:
            step()
        except BaseException as raised:  # noqa: BLE001 - handed to whoever awaits the future
            error = raised
        with contextlib.suppress(RuntimeError):  # the loop is closed: nobody listens any more
            loop.call_soon_threadsafe(settle, error)

    threading.Thread(target=run, name="live reader", daemon=True).start()
    return future
