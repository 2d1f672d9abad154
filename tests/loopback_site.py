"""A server of pages on loopback in a thread of its own: tests say what every frame shows."""

import asyncio
import socket
import threading
from abc import ABC, abstractmethod
from collections.abc import Sequence

import uvicorn
from fastapi import FastAPI

from server.errors import NotFoundError
from server.live.frame import GapRow, Gateway, Tile, encode_frame
from server.live.hub import read_now
from server.live.moment import ServerNow
from server.live.stream import encode_event
from server.live.viewers import Viewers

START_WITHIN_S = 20.0


def refuse_session(session: str) -> None:
    """A site without a ledger knows no session."""
    raise NotFoundError(f"no session has the id {session!r}")


class LoopbackSite(ABC):
    """`stop` and `start` keep the port."""

    def __init__(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self._port: int = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self._port}"
        self.n_frames = 0
        self._thread = threading.Thread()  # not started: nothing to stop

    @abstractmethod
    def build_app(self) -> FastAPI:
        """What is served, with `self.viewers` for its stream."""

    def start(self) -> None:
        self.viewers = Viewers()
        config = uvicorn.Config(
            self.build_app(), host="127.0.0.1", port=self._port, log_config=None, lifespan="off"
        )
        self._server = uvicorn.Server(config)
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        if not self._ready.wait(START_WITHIN_S):
            raise TimeoutError(f"the site did not start within {START_WITHIN_S} s")

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._serve())
        self._loop.close()

    async def _serve(self) -> None:
        serving = asyncio.create_task(self._server.serve())
        while not self._server.started and not serving.done():
            await asyncio.sleep(0.01)
        self._ready.set()
        await serving

    def stop(self) -> None:
        """As `serve` stops: streams end first, then the server. Twice does no harm."""
        if not self._thread.is_alive():
            return
        self._loop.call_soon_threadsafe(self.viewers.close)
        self._server.should_exit = True
        self._thread.join(START_WITHIN_S)

    def close(self) -> None:
        """Stop for good."""
        self.stop()

    def show(
        self,
        tiles: Sequence[Tile],
        gateways: Sequence[Gateway] = (Gateway("gym", 0.2),),
        now: ServerNow | None = None,
        gaps: Sequence[GapRow] = (),
    ) -> None:
        """Send one frame to everybody who watches."""
        self.n_frames += 1
        moment = now or read_now()
        document = encode_frame(self.n_frames, list(tiles), list(gateways), moment, gaps)
        self.publish(document)

    def publish(self, document: bytes) -> None:
        """Send these bytes as a frame."""
        event = encode_event(self.n_frames, document)
        self._loop.call_soon_threadsafe(self.viewers.publish, event)

    @property
    def n_viewers(self) -> int:
        return len(self.viewers)
