"""Everybody who watches: one encoded frame is handed to all, and nobody waits for anybody."""

import asyncio
from types import TracebackType

from server.errors import ViewerLimitError

MAX_VIEWERS = 64  # tablets, phones and a wall of one site, with room to spare


class Viewer:
    """One open stream: holds the newest event only, so a slow reader skips instead of queueing."""

    def __init__(self, viewers: "Viewers", session: str | None = None) -> None:
        self._viewers = viewers
        self.session = session  # None: all that happens now
        self._event: bytes | None = None
        self._changed = asyncio.Event()
        self._ended = False
        self.n_skipped = 0

    def offer(self, event: bytes) -> None:
        """Replace whatever this viewer hasn't taken yet."""
        self.n_skipped += self._event is not None
        self._event = event
        self._changed.set()

    async def take(self) -> bytes | None:
        """The newest event, as soon as there is one; None once the stream has to end."""
        while self._event is None and not self._ended:
            self._changed.clear()
            await self._changed.wait()
        event, self._event = self._event, None
        return None if self._ended else event

    def end(self) -> None:
        """Let the next `take` return None."""
        self._ended = True
        self._changed.set()

    def __enter__(self) -> "Viewer":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._viewers.remove(self)


class Viewers:
    """All open streams of this server. Belongs to one event loop."""

    def __init__(self, limit: int = MAX_VIEWERS) -> None:
        self._limit = limit
        self._open: set[Viewer] = set()
        self._closed = False

    def __len__(self) -> int:
        return len(self._open)

    def open(self, session: str | None = None) -> Viewer:
        """A new stream, which starts with the next frame. Raises ViewerLimitError.

        Not with the newest one: should no more frames be built, it would look new to a page.
        """
        if len(self._open) >= self._limit:
            raise ViewerLimitError(
                f"{self._limit} live pages are open already; close one and try again"
            )
        viewer = Viewer(self, session)
        self._open.add(viewer)
        if self._closed:
            viewer.end()
        return viewer

    def list_sessions(self) -> frozenset[str]:
        """Sessions that somebody watches, besides what happens now."""
        return frozenset(one.session for one in self._open if one.session is not None)

    def publish(self, event: bytes, session: str | None = None) -> None:
        """Hand one encoded event to everybody who watches that; never waits."""
        for viewer in self._open:
            if viewer.session == session:
                viewer.offer(event)

    def close(self) -> None:
        """End all streams, now and from now on: the server stops."""
        self._closed = True
        for viewer in self._open:
            viewer.end()

    def remove(self, viewer: Viewer) -> None:
        """Forget a stream that has ended."""
        self._open.discard(viewer)
