"""The roster: followed when it changes, kept for a start without a server."""

import asyncio
from contextlib import suppress
from pathlib import Path

from gateway.errors import ServerUnreachableError, UplinkError
from gateway.uplink.roster_feed import FETCH_EVERY_NS, RosterFeed
from protocol.messages.roster import ConsentedStream, Roster, RosterStrap
from tests.unit.gateway.hand_clock import HandClock

ONE = Roster("gym", "v1", [RosterStrap("51ADA001", "h10", None, [ConsentedStream.HEART_RATE])])
NONE = Roster("gym", "v2", [])


class Office:
    """Hands out what the test puts there."""

    def __init__(self, *answers: Roster | UplinkError) -> None:
        self.answers = list(answers)

    async def fetch_roster(self) -> Roster:
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, UplinkError):
            raise answer
        return answer


def make_feed(office: Office, cache: Path, clock: HandClock) -> tuple[RosterFeed, list[Roster]]:
    followed: list[Roster] = []
    return RosterFeed(office, clock, cache, followed.append), followed


async def test_a_strap_added_or_taken_off_is_followed_within_ten_seconds(tmp_path: Path) -> None:
    clock = HandClock()
    feed, followed = make_feed(Office(ONE, ONE, NONE), tmp_path / "roster.json", clock)
    running = asyncio.create_task(feed.run())
    await clock.crank(FETCH_EVERY_NS)
    assert followed == [ONE]
    await clock.crank(FETCH_EVERY_NS)
    assert followed == [ONE, NONE]
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running


async def test_a_gateway_starts_with_its_last_roster_while_the_server_is_away(
    tmp_path: Path,
) -> None:
    clock, cache = HandClock(), tmp_path / "roster.json"
    feed, _ = make_feed(Office(ONE), cache, clock)
    assert feed.gateway() is None
    await feed.fetch_once()
    restarted, followed = make_feed(Office(ServerUnreachableError("away")), cache, clock)
    restarted.load_cached()
    await restarted.fetch_once()
    assert followed == [ONE]
    assert restarted.gateway() == "gym"


async def test_a_server_that_goes_away_leaves_the_roster_in_force(tmp_path: Path) -> None:
    office = Office(ONE, ServerUnreachableError("away"))
    feed, followed = make_feed(office, tmp_path / "roster.json", HandClock())
    await feed.fetch_once()
    await feed.fetch_once()
    assert followed == [ONE]
    assert feed.trouble == "away"


async def test_a_kept_roster_that_can_t_be_read_is_fetched_again(tmp_path: Path) -> None:
    cache = tmp_path / "roster.json"
    cache.write_bytes(b'{"gateway": 1')
    feed, followed = make_feed(Office(ONE), cache, HandClock())
    feed.load_cached()
    assert followed == []
    await feed.fetch_once()
    assert followed == [ONE]


async def test_a_folder_that_can_t_keep_it_is_no_reason_to_stop(tmp_path: Path) -> None:
    feed, followed = make_feed(Office(ONE), tmp_path / "gone" / "roster.json", HandClock())
    await feed.fetch_once()
    assert followed == [ONE]


async def test_a_roster_that_can_t_be_kept_takes_the_old_one_off_the_disk(tmp_path: Path) -> None:
    """Whoever withdrew since then must not be recorded after a start without the server."""
    cache = tmp_path / "roster.json"
    feed, _ = make_feed(Office(ONE, NONE), cache, HandClock())
    await feed.fetch_once()
    (tmp_path / "roster.json.new").mkdir()  # nothing can be written there
    await feed.fetch_once()
    restarted, followed = make_feed(Office(ServerUnreachableError("away")), cache, HandClock())
    restarted.load_cached()
    await restarted.fetch_once()
    assert followed == []
