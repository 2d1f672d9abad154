import asyncio
import json
import threading
from collections.abc import Collection
from typing import Any

import pytest

from protocol.messages.uplink import GapDeclaration
from server.ingest.feed import FeedPage
from server.live.hub import UPLOADS_BACK_AT_START, LiveHub
from server.live.moment import ServerNow
from server.live.tile_view import StrapCard
from server.live.viewers import Viewers
from tests.memory_feed import BOOT, MemoryFeed, S

STRAP = "8AA87D20"


class Clock:
    def __init__(self) -> None:
        self.s = 100.0

    def __call__(self) -> ServerNow:
        return ServerNow(round(self.s * S), 0)


def make_hub(feed: MemoryFeed, *roster: StrapCard) -> tuple[LiveHub, Clock]:
    clock = Clock()
    return LiveHub(feed, lambda: roster, Viewers(), clock), clock


def read_frame(hub: LiveHub, session: str | None = None) -> dict[str, Any]:
    events = hub.build_events([] if session is None else [session])
    *_, line = events[session].strip().split(b"\n")
    document: dict[str, Any] = json.loads(line.removeprefix(b"data: "))
    return document


def test_from_an_upload_to_a_tile() -> None:
    feed = MemoryFeed()
    hub, clock = make_hub(feed, StrapCard(STRAP, "h10", "07"))
    feed.upload(feed.heart_rate(STRAP, 120, 40 * S, rr=500))
    feed.hear(100 * S, offset_ns=60 * S)
    hub.poll()
    clock.s = 102.0
    frame = read_frame(hub)
    (tile,) = frame["tiles"]
    assert (tile["bpm"], tile["bpm_age_s"], tile["label"]) == (120, 2.0, "07")
    (gateway,) = frame["gateways"]
    assert (gateway["gateway"], gateway["age_s"]) == ("gym", 2.0)
    assert read_frame(hub)["frame"] == frame["frame"] + 1


def test_a_value_grows_old_between_frames_without_any_upload() -> None:
    feed = MemoryFeed()
    hub, clock = make_hub(feed)
    feed.upload(feed.heart_rate(STRAP, 120, 100 * S, rr=500))
    feed.hear(100 * S)
    hub.poll()
    shown = []
    for clock.s in (102.9, 103.0, 109.9, 110.0):
        (tile,) = read_frame(hub)["tiles"]
        shown.append(tile["bpm_shown"])
    assert shown == ["fresh", "stale", "stale", "none"]


def test_a12_a_declared_gap_is_a_row_of_the_frame() -> None:
    feed = MemoryFeed()
    hub, clock = make_hub(feed, StrapCard(STRAP, "h10", "07"))
    feed.hear(100 * S, offset_ns=60 * S)
    feed.declare(GapDeclaration(STRAP, "link_lost", 0, 0, 1, 1, None, BOOT, 10 * S, 30 * S))
    hub.poll()
    clock.s = 105.0
    (row,) = read_frame(hub)["gaps"]
    assert (row["label"], row["stream"], row["reason"]) == ("07", "all", "link_lost")


def test_after_a_restart_the_recent_uploads_bring_the_tiles_back() -> None:
    feed = MemoryFeed()
    for second in range(1, UPLOADS_BACK_AT_START + 50):
        feed.upload(feed.heart_rate("OLD", 60, second * S) if second < 49 else
                    feed.heart_rate(STRAP, 100, second * S))  # fmt: skip
    hub, _ = make_hub(feed)
    hub.poll()
    assert [tile["strap"] for tile in read_frame(hub)["tiles"]] == [STRAP]


class BrokenOnce(MemoryFeed):
    """Its first page breaks whoever reads the records."""

    broke: bool = False

    def read_after(self, cursor: int, limit_chunks: int = 500) -> FeedPage:
        page = super().read_after(cursor, 1)
        if not self.broke and page.records:
            self.broke = True
            return FeedPage((None,), (), page.cursor)  # type: ignore[arg-type]
        return page


def test_a_page_that_breaks_us_is_not_read_for_ever() -> None:
    feed = BrokenOnce()
    feed.upload(feed.heart_rate(STRAP, 100, 1 * S))
    feed.upload(feed.heart_rate(STRAP, 110, 2 * S))
    hub, _ = make_hub(feed)
    with pytest.raises(AttributeError):
        hub.poll()
    hub.poll()
    assert len(read_frame(hub)["tiles"]) == 1


class Blocked(MemoryFeed):
    """A database that does not answer until it is let go."""

    def newest_cursor(self) -> int:
        LET_GO.wait()
        return 0


LET_GO = threading.Event()


async def test_d3_a_database_that_blocks_stops_neither_the_beat_nor_the_server() -> None:
    frames = asyncio.Queue[bytes]()

    class Watching(Viewers):
        def publish(self, event: bytes, session: str | None = None) -> None:
            assert session is None
            frames.put_nowait(event)

    hub = LiveHub(Blocked(), list, Watching())
    try:
        async with hub.running():
            for _ in range(2):
                await asyncio.wait_for(frames.get(), 30)
            readers = [one for one in threading.enumerate() if one.name == "live reader"]
            assert len(readers) == 1
        assert not LET_GO.is_set()
    finally:
        LET_GO.set()


def test_c4_of_a_thousand_invented_straps_the_page_shows_a_bounded_number() -> None:
    feed = MemoryFeed()
    hub, _ = make_hub(feed, StrapCard(STRAP, "h10", "07"))
    feed.upload(*(feed.heart_rate(f"S{n}", 100, 100 * S) for n in range(1_000)))
    feed.upload(feed.heart_rate(STRAP, 120, 100 * S))
    feed.hear(100 * S)
    hub.poll()
    tiles = read_frame(hub)["tiles"]
    assert len(tiles) == 129
    assert (tiles[0]["strap"], tiles[0]["bpm"]) == (STRAP, 120)


async def test_a_sessions_frame_has_its_own_straps_as_soon_as_somebody_watches_it() -> None:
    feed, frames = MemoryFeed(), asyncio.Queue[tuple[bytes, str | None]]()
    asked: list[set[str]] = []

    class Watching(Viewers):
        def publish(self, event: bytes, session: str | None = None) -> None:
            frames.put_nowait((event, session))

    def read_worn(sessions: Collection[str]) -> dict[str, dict[str, str]]:
        asked.append(set(sessions))
        return {one: {STRAP: "1970-01-01T00:00:00.000Z"} for one in sessions}

    feed.upload(feed.heart_rate(STRAP, 120, 100 * S), feed.heart_rate("OTHER", 90, 100 * S))
    feed.hear(100 * S)
    hub = LiveHub(feed, list, Watching(), Clock(), read_worn)
    async with hub.running():
        assert (await asyncio.wait_for(frames.get(), 30))[1] is None
        assert asked == []  # nobody watches one: the ledger is left alone
        hub.viewers.open("a")
        async with asyncio.timeout(30):
            while (told := await frames.get())[1] is None:
                pass
    assert set(hub.build_events()) == {None}  # once nobody watches it, nothing is encoded for it
    assert asked[0] == {"a"}
    assert told[1] == "a"
    assert b"OTHER" not in told[0]
    assert STRAP.encode() in told[0]


def test_a_session_whose_straps_are_not_read_yet_has_no_frame_rather_than_an_empty_one() -> None:
    hub, _ = make_hub(MemoryFeed())
    assert set(hub.build_events(["a"])) == {None}


async def test_a_session_whose_wearing_cannot_be_read_any_more_has_no_frame() -> None:
    """Rather than one with a strap that was taken off meanwhile."""
    reads = iter([{"a": {STRAP: "1970-01-01T00:00:00.000Z"}}])
    hub = LiveHub(MemoryFeed(), list, Viewers(), Clock(), lambda _: next(reads))
    hub._watched = frozenset({"a"})
    hub._follow_wearing()
    assert set(hub.build_events(["a"])) == {None, "a"}
    hub._n_polls = 0
    with pytest.raises(StopIteration):
        hub._follow_wearing()
    assert set(hub.build_events(["a"])) == {None}
