"""The live view's one task: reads the archive's feed, builds a frame a second, hands it out."""

import asyncio
import contextlib
import logging
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from server.daemon_thread import run_in_background
from server.ingest.feed import ArchiveFeed, GatewayContact
from server.live.board import Board, build_gateways
from server.live.declared_gaps import DeclaredGaps
from server.live.frame import GapRow, Tile, encode_frame
from server.live.moment import ServerNow
from server.live.session_view import pick_gaps, pick_tiles
from server.live.stream import encode_event
from server.live.tile_view import StrapCard
from server.live.viewers import Viewers

if TYPE_CHECKING:
    from server.live.projector import Projector

log = logging.getLogger(__name__)

FRAME_EVERY_S = 1.0
STOP_WITHIN_S = 1.0  # a read under way may end; one that blocks is left behind
POLLS_A_FRAME = 4  # work is spread, so that little is left to read when a frame is due
ROSTER_EVERY_POLLS = 20
# Uploads come twice a second from each gateway: after a start, tiles come back from the last
# minutes of one gateway, or the last minute of three.
UPLOADS_BACK_AT_START = 400
PAGES_A_POLL = 8  # after a long partition frames go out while the backlog is read

WORN_EVERY_POLLS = POLLS_A_FRAME  # a strap that is put on or taken off shows a second later

RosterReader = Callable[[], Sequence[StrapCard]]
# Sessions in; for each: strap -> UTC text since when it is worn, of those worn now.
WornReader = Callable[[Collection[str]], Mapping[str, Mapping[str, str]]]


def read_now() -> ServerNow:
    """Both clocks of this machine."""
    return ServerNow(time.monotonic_ns(), time.time_ns())


class LiveHub:
    """Use `async with hub.running():` around the server's life. `close` ends all streams."""

    def __init__(
        self,
        feed: ArchiveFeed,
        read_roster: RosterReader,
        viewers: Viewers,
        now: Callable[[], ServerNow] = read_now,
        read_worn: WornReader = lambda _sessions: {},
    ) -> None:
        self._feed, self._read_roster, self._now = feed, read_roster, now
        self._read_worn = read_worn
        self.viewers = viewers
        self._watched: frozenset[str] = frozenset()
        self._worn: Mapping[str, Mapping[str, str]] = {}
        self._board = Board()
        self._gaps = DeclaredGaps()
        self._board_lock = threading.Lock()  # held for folding and showing, never for reading
        self._polling: asyncio.Task[None] | None = None
        self._roster: Sequence[StrapCard] = ()
        self._cursor: int | None = None
        self._n_frames = 0
        self._n_polls = self._n_undecodable = 0
        self._n_failures = {"reading": 0, "showing": 0}
        self._projector: Projector | None = None

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Frames go out inside; all streams end with it."""
        task = asyncio.create_task(self._run(), name="live hub")
        try:
            yield
        finally:
            self.viewers.close()
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
            await self._stop_polling()

    async def _run(self) -> None:
        """Keep the beat whatever happens: a late step is not made up for, it is left out."""
        loop = asyncio.get_running_loop()
        due_s = loop.time()
        while True:
            for _ in range(POLLS_A_FRAME):
                due_s = max(due_s + FRAME_EVERY_S / POLLS_A_FRAME, loop.time())
                await asyncio.sleep(due_s - loop.time())
                await self._poll_until(due_s + FRAME_EVERY_S / POLLS_A_FRAME)
            await self._supervise("showing", self._publish())

    async def _poll_until(self, deadline_s: float) -> None:
        """One read at a time; one that takes longer goes on while the beat goes on."""
        if self._polling is None or self._polling.done():
            self._watched = self.viewers.list_sessions()
            step = self._supervise("reading", run_in_background(self.poll))
            self._polling = asyncio.create_task(step, name="live reading")
        left_s = deadline_s - asyncio.get_running_loop().time()
        await asyncio.wait({self._polling}, timeout=max(0.0, left_s))

    async def _stop_polling(self) -> None:
        if self._polling is None:
            return
        await asyncio.wait({self._polling}, timeout=STOP_WITHIN_S)
        self._polling.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._polling

    async def _supervise(self, name: str, step: Awaitable[None]) -> None:
        """A feed that fails makes tiles old, never the page dead."""
        try:
            await step
        except Exception:
            level = logging.DEBUG if self._n_failures[name] else logging.WARNING
            log.log(level, "live: %s failed; trying again", name, exc_info=True)
            self._n_failures[name] += 1
        else:
            if self._n_failures[name]:
                log.info("live: %s works again after %d tries", name, self._n_failures[name])
            self._n_failures[name] = 0

    async def _publish(self) -> None:
        for session, event in self.build_events(self.viewers.list_sessions()).items():
            self.viewers.publish(event, session)

    def poll(self) -> None:
        """Take in what was committed since the last time."""
        if self._cursor is None:
            self._cursor = max(0, self._feed.newest_cursor() - UPLOADS_BACK_AT_START)
        if self._n_polls % ROSTER_EVERY_POLLS == 0:
            self._roster = self._read_roster()
        self._n_polls += 1
        projector = self._start_projector()
        for _ in range(PAGES_A_POLL):
            page = self._feed.read_after(self._cursor)
            if page.cursor == self._cursor:
                break
            self._cursor = page.cursor  # first: a page that breaks us is not read again for ever
            contacts = self._read_contacts()  # after the page: no older than its records
            with self._board_lock:
                followed = self._board.select(page.records, self._roster, contacts)
            events = projector.project(followed)
            with self._board_lock:
                self._gaps.add(page.gaps, contacts, self._now())
                for (gateway, strap), event in events:
                    self._board.apply(gateway, strap, event, contacts.get(gateway))
        self._report_undecodable(projector.n_undecodable)
        self._follow_wearing()  # last: should it fail, tiles are fresh all the same

    def _follow_wearing(self) -> None:
        """What is worn in sessions that somebody watches: once a second, a new one at once."""
        is_due = self._n_polls % WORN_EVERY_POLLS == 0 or not self._watched <= self._worn.keys()
        if is_due:
            worn: Mapping[str, Mapping[str, str]] = {}  # no frame rather than one with old wearing
            try:
                worn = self._read_worn(self._watched) if self._watched else {}
            finally:
                self._worn = worn

    def _read_contacts(self) -> dict[str, GatewayContact]:
        return {contact.gateway: contact for contact in self._feed.contacts()}

    def _report_undecodable(self, n_undecodable: int) -> None:
        """The bytes stay in the archive; a page of numbers can only leave them out."""
        if n_undecodable > self._n_undecodable:
            level = logging.DEBUG if self._n_undecodable else logging.WARNING
            log.log(level, "live: %d values so far could not be decoded", n_undecodable)
        self._n_undecodable = n_undecodable

    def _start_projector(self) -> "Projector":
        """Made when it is needed: numpy loads in this thread, not while the server starts."""
        if self._projector is None:
            from server.live.projector import Projector

            self._projector = Projector()
        return self._projector

    def build_events(self, sessions: Collection[str] = ()) -> dict[str | None, bytes]:
        """The next frame, encoded once for all who watch the same; None: what happens now.

        A session whose wearing hasn't been read yet has none, rather than an empty one.
        """
        now = self._now()
        contacts = self._read_contacts()
        with self._board_lock:
            tiles = self._board.build_tiles(self._roster, contacts, now)
            gaps = self._gaps.show(tiles, now)
        self._n_frames += 1
        gateways = build_gateways(contacts, now)

        def encode(tiles: list[Tile], gaps: Sequence[GapRow]) -> bytes:
            document = encode_frame(self._n_frames, tiles, gateways, now, gaps)
            return encode_event(self._n_frames, document)

        worn = self._worn
        events: dict[str | None, bytes] = {None: encode(tiles, gaps)}
        for session in worn.keys() & set(sessions):
            since = worn[session]
            events[session] = encode(pick_tiles(tiles, since), pick_gaps(gaps, since))
        return events
