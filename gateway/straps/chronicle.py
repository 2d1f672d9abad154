"""What one strap goes through, for whoever asks: the log, the record, the status page."""

import logging

from gateway.straps.phases import Link, Phase
from gateway.straps.site import Site
from gateway.straps.trail import LinkTrail
from gateway.straps.whereabouts import MET, find_rival
from protocol.identifiers import StrapId
from protocol.messages.uplink import CONFLICT, LinkEvent

log = logging.getLogger(__name__)

DOUBLE = f"{CONFLICT}: this strap's address advertises another strap's name"


class Chronicle:
    """One strap's. What is new is told once, what lasts is there to be asked for."""

    def __init__(self, strap: StrapId, site: Site) -> None:
        self._strap = strap
        self._site = site
        self._trail = LinkTrail(strap, site.recorder, site.clock)
        self._last_error: str | None = None

    def end(self) -> None:
        """The strap is off the roster: that is the last thing recorded about it."""
        self._trail.end()

    def withdraw(self, link: Link, stream: str) -> None:
        """One stream isn't agreed to any more: nothing is expected of it."""
        self._trail.withdraw(link.phase, stream)

    def heard_anew(self, link: Link, address: str, rssi_dbm: int) -> None:
        """The strap's name came from an address for the first time in this run."""
        conflict = find_rival(link.address, link.held, frozenset({address}))
        if conflict is not None:
            self._tell_conflict(link, conflict, address, rssi_dbm)

    def follow(self, before: Link, link: Link, rssi_dbm: int | None, now_ns: int) -> None:
        """The link has taken a step."""
        if link.held is not None and link.held != before.held:
            self._site.first_uses.note(self._strap, link.held)
            self._trail.write(LinkEvent(link.phase, rssi_dbm, link.held.address, MET))
        self._follow_errors(before, link)
        self._trail.note(link.phase, link.detail, rssi_dbm, link.address)
        if link.address and link.is_doubled(now_ns) and not before.is_doubled(now_ns):
            self._tell_conflict(link, DOUBLE, link.address, rssi_dbm)

    def find_trouble(self, link: Link, heard: frozenset[str], now_ns: int) -> str | None:
        """What a person should know at this moment, in one sentence.

        `heard`: addresses from which the strap's name came lately.
        """
        if self._last_error is not None:
            return self._last_error
        return DOUBLE if link.is_doubled(now_ns) else find_rival(link.address, link.held, heard)

    def _follow_errors(self, before: Link, link: Link) -> None:
        """The first of a row is a warning; it stands until the strap streams again."""
        if link.detail is not None and link.detail != before.detail:
            level = logging.WARNING if self._last_error is None else logging.DEBUG
            log.log(level, "strap %s: %s (%s)", self._strap, link.detail, link.phase)
            self._last_error = link.detail
        elif link.phase is Phase.STREAMING and link.detail is None and self._last_error is not None:
            log.info("strap %s: streams again", self._strap)
            self._last_error = None

    def _tell_conflict(self, link: Link, sentence: str, address: str, rssi_dbm: int | None) -> None:
        """A row for the trainer, who decides; nobody is cut off for it."""
        log.warning("strap %s: %s", self._strap, sentence)
        self._trail.write(LinkEvent(link.phase, rssi_dbm, address, sentence))
