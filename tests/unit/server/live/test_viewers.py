import asyncio

import pytest

from server.errors import ViewerLimitError
from server.live.viewers import Viewers


async def test_everybody_gets_the_very_same_bytes() -> None:
    viewers = Viewers()
    first, second = viewers.open(), viewers.open()
    event = b"frame"
    viewers.publish(event)
    assert await first.take() is event
    assert await second.take() is event


async def test_a_slow_viewer_skips_and_holds_nobody_up() -> None:
    viewers = Viewers()
    slow, quick = viewers.open(), viewers.open()
    for number in range(5):
        viewers.publish(b"%d" % number)
        assert await quick.take() == b"%d" % number
    assert await slow.take() == b"4"
    assert slow.n_skipped == 4
    assert quick.n_skipped == 0


async def test_a_new_viewer_starts_with_the_next_frame_for_an_old_one_would_look_new() -> None:
    viewers = Viewers()
    viewers.publish(b"1")
    viewer = viewers.open()
    viewers.publish(b"2")
    assert await viewer.take() == b"2"
    assert viewer.n_skipped == 0


async def test_a_waiting_viewer_wakes_up() -> None:
    viewers = Viewers()
    viewer = viewers.open()
    asyncio.get_running_loop().call_soon(viewers.publish, b"1")
    assert await viewer.take() == b"1"


async def test_closing_ends_all_streams_and_those_to_come() -> None:
    viewers = Viewers()
    viewer = viewers.open()
    viewers.publish(b"1")
    viewers.close()
    assert await viewer.take() is None
    assert await viewers.open().take() is None


async def test_only_so_many_and_a_place_becomes_free() -> None:
    viewers = Viewers(limit=1)
    with viewers.open(), pytest.raises(ViewerLimitError, match="1 live pages are open"):
        viewers.open()
    assert len(viewers) == 0
    viewers.open()


def test_c4_sixty_four_pages_are_served_at_once() -> None:
    viewers = Viewers()
    for _ in range(64):
        viewers.open()
    with pytest.raises(ViewerLimitError, match="64 live pages are open"):
        viewers.open()


async def test_who_watches_a_session_gets_its_frames_and_no_others() -> None:
    viewers = Viewers()
    everything, first, second, other = (viewers.open(one) for one in (None, "a", "a", "b"))
    assert viewers.list_sessions() == {"a", "b"}
    event = b"a's"
    for content, session in ((b"now", None), (event, "a"), (b"b's", "b")):
        viewers.publish(content, session)
    assert await first.take() is event
    assert await second.take() is event
    assert [await everything.take(), await other.take()] == [b"now", b"b's"]
    assert {one.n_skipped for one in (everything, first, second, other)} == {0}
    viewers.remove(other)
    assert viewers.list_sessions() == {"a"}
