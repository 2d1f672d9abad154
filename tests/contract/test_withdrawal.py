"""From a person's `straps change` to the radio: what a gateway records, and what it doesn't."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

from gateway.errors import ServerUnreachableError
from gateway.uplink.http_client import ServerClient
from gateway.uplink.roster_feed import RosterFeed
from protocol.ble import uuids
from protocol.messages.roster import ConsentedStream, Roster, RosterStrap
from server.app import create_app
from server.cli import main
from server.gateways.enrolment import enrol_gateway
from server.gateways.roster import add_straps
from tests.studies import Study
from tests.unit.gateway.straps.fake_air import FakeAir
from tests.unit.gateway.straps.fake_strap import FakeStrap
from tests.unit.gateway.straps.fleet_on_air import FleetOnAir
from tests.unit.gateway.straps.kept import Kept
from tests.unit.gateway.straps.strap_clock import HandClock

A, B = "51ADA001", "51ADA002"
HR, ACC = uuids.HEART_RATE_MEASUREMENT, uuids.PMD_DATA
SOUGHT_AGAIN_S = 700  # a strap that is refused is tried every five minutes


class Away:
    """A server that nobody reaches."""

    async def fetch_roster(self) -> Roster:
        raise ServerUnreachableError("away")


class Gym:
    """A gateway on its air, with two straps in reach, and its way to the server."""

    def __init__(self, cache: Path) -> None:
        self.cache = cache
        self.one, self.other = FakeStrap(A, "AA:00"), FakeStrap(B, "BB:00")
        self.start(Away())

    def start(self, source: ServerClient | Away) -> None:
        air = FakeAir(self.one, self.other)
        self.gateway = FleetOnAir(air, Kept(), HandClock())
        apply = self.gateway.fleet.apply_roster
        self.feed = RosterFeed(source, self.gateway.clock, self.cache, apply)

    async def live(self, seconds: int = 3) -> None:
        await self.gateway.live(self.one, self.other, seconds=seconds)

    def rows(self, serial: str, characteristic: str | None = None) -> int:
        rows = self.gateway.kept.rows
        return sum(row[0] == serial and characteristic in {None, row[1]} for row in rows)


@pytest.fixture
def gym(tmp_path: Path) -> Gym:
    return Gym(tmp_path / "roster.json")


@asynccontextmanager
async def reach(study: Study, gym: Gym) -> AsyncIterator[None]:
    """The gateway reaches the study's server, over HTTP as always."""
    token_file = study.path.parent / "gym.token"
    with study.open() as storage:
        both = list(ConsentedStream)
        add_straps(storage.database, [RosterStrap(name, "h10", None, both) for name in (A, B)])
        enrol_gateway(storage.database, "gym", token_file)
        transport = httpx.ASGITransport(app=create_app(storage))
        async with ServerClient("http://127.0.0.1", token_file, transport) as client:
            gym.start(client)
            yield


def change(study: Study, streams: str) -> None:
    words = ["straps", "change", A, "--streams", streams, "--reason", "she said so"]
    assert main([*words, *study.arguments]) == 0


async def test_a_wearer_who_withdrew_is_recorded_no_more_and_never_again(
    study: Study, gym: Gym
) -> None:
    async with reach(study, gym), gym.gateway:
        await gym.feed.fetch_once()
        await gym.live()
        assert min(gym.rows(name, stream) for name in (A, B) for stream in (HR, ACC)) > 0
        change(study, "none")
        await gym.feed.fetch_once()
        kept, links = gym.rows(A), gym.one.n_links
        others = gym.rows(B, HR)
        gym.one.beat()
        await gym.live()
        assert not gym.one.connected()
        assert not gym.one.measuring
        assert [state.strap for state in gym.gateway.fleet.states()] == [B]
        await gym.gateway.clock.advance(SOUGHT_AGAIN_S)
        await gym.live()
        assert (gym.rows(A), gym.one.n_links) == (kept, links)  # no value, no read, no link row
        assert gym.rows(B, HR) > others
        assert {gap[0] for gap in gym.gateway.kept.gaps} <= {B}  # her silence is no fault
    gym.start(Away())
    gym.feed.load_cached()  # restarted where no server is in reach
    await gym.feed.fetch_once()
    async with gym.gateway:
        await gym.live()
        assert gym.rows(A) == 0
        assert gym.rows(B, HR) > 0


async def test_one_stream_withdrawn_stops_and_comes_back_when_she_agrees_again(
    study: Study, gym: Gym
) -> None:
    async with reach(study, gym), gym.gateway:
        await gym.feed.fetch_once()
        await gym.live()
        change(study, "heart_rate")
        await gym.feed.fetch_once()
        moved, beat = gym.rows(A, ACC), gym.rows(A, HR)
        gym.one.move()
        await gym.live(5)
        assert gym.rows(A, ACC) == moved
        assert gym.rows(A, HR) > beat
        change(study, "heart_rate,movement")
        await gym.feed.fetch_once()
        await gym.live(5)
        assert gym.rows(A, ACC) > moved


async def test_a_wearer_who_agrees_again_after_withdrawing_is_recorded(
    study: Study, gym: Gym
) -> None:
    async with reach(study, gym), gym.gateway:
        change(study, "none")
        await gym.feed.fetch_once()
        await gym.live()
        assert gym.rows(A) == 0
        change(study, "movement")
        await gym.feed.fetch_once()
        await gym.live(5)
        assert gym.rows(A, ACC) > 0
        assert gym.rows(A, HR) == 0
