"""The roster: fetched every ten seconds, kept on disk for a start without a server."""

import logging
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Protocol

import msgspec

from gateway.clock import AlarmClock
from gateway.durable import write_durably
from gateway.errors import UplinkError
from gateway.waiting import wait_for
from protocol.errors import InvalidIdentifierError
from protocol.identifiers import GatewayId, parse_gateway_id
from protocol.messages.roster import Roster

logger = logging.getLogger(__name__)

FETCH_EVERY_NS = 10_000_000_000  # a strap that a trainer adds is on the air within this
_decoder = msgspec.json.Decoder(Roster)


class RosterSource(Protocol):
    """Where rosters come from."""

    async def fetch_roster(self) -> Roster:
        """Raises UplinkError."""


class RosterFeed:
    """The newest roster known; `changed` is called with each one that differs,

    `reached` whenever the server gave one.
    """

    def __init__(
        self,
        source: RosterSource,
        clock: AlarmClock,
        cache: Path,
        changed: Callable[[Roster], None],
        reached: Callable[[], None] = lambda: None,
    ) -> None:
        self._source = source
        self._clock = clock
        self._cache = cache
        self._changed = changed
        self._reached = reached
        self.trouble: str | None = None  # one sentence while no roster comes
        self.roster: Roster | None = None

    def gateway(self) -> GatewayId | None:
        """This gateway's name as the server knows it; None until a roster was ever seen."""
        return None if self.roster is None else GatewayId(self.roster.gateway)

    def load_cached(self) -> None:
        """Begin with the roster of the last run, if there is a readable one."""
        try:
            roster = _decoder.decode(self._cache.read_bytes())
        except FileNotFoundError:
            return
        except (OSError, msgspec.MsgspecError) as error:
            logger.warning("the roster kept in %s can't be read: %s", self._cache, error)
            return
        self._follow(roster)

    async def run(self) -> None:
        """Fetch until cancelled."""
        while True:
            await self.fetch_once()
            await wait_for(self._clock, FETCH_EVERY_NS)

    async def fetch_once(self) -> None:
        """One try; a server that doesn't answer leaves the roster as it is."""
        try:
            roster = await self._source.fetch_roster()
            parse_gateway_id(roster.gateway)
        except (UplinkError, InvalidIdentifierError) as error:
            level = logging.DEBUG if self.trouble == str(error) else logging.WARNING
            logger.log(level, "roster: %s", error)
            self.trouble = str(error)
            return
        self.trouble = None
        self._reached()
        if roster != self.roster:
            self._follow(roster)
            self._keep(roster)

    def _follow(self, roster: Roster) -> None:
        logger.info("roster %s: %d straps", roster.version, len(roster.straps))
        self.roster = roster
        self._changed(roster)

    def _keep(self, roster: Roster) -> None:
        """Durably, or not at all: after a start an old one could have what was withdrawn since."""
        try:
            write_durably(self._cache, msgspec.json.encode(roster))
        except OSError as error:
            logger.warning("the roster can't be kept in %s: %s", self._cache, error)
            with suppress(OSError):
                self._cache.unlink(missing_ok=True)
