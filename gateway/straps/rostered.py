"""Which straps a roster names, and what is expected of them."""

import logging
from collections.abc import Mapping

from gateway.straps.recorder import STREAM_OF
from protocol.errors import InvalidIdentifierError
from protocol.identifiers import StrapId, parse_strap_id
from protocol.messages.roster import Roster, RosterStrap
from protocol.messages.uplink import LINK_CHARACTERISTIC

log = logging.getLogger(__name__)


def by_serial(roster: Roster) -> dict[StrapId, RosterStrap]:
    """The entries that name a strap; one that can't is told and left out, the others count.

    So is, untold, one whose wearer agreed to nothing: it isn't even sought.
    """
    wanted = {}
    for entry in roster.straps:
        try:
            if entry.streams:
                wanted[parse_strap_id(entry.serial)] = entry
        except InvalidIdentifierError as error:
            log.warning("roster %s: %s; correct it on the server", roster.version, error)
    return wanted


def expect_streams(wanted: Mapping[StrapId, RosterStrap]) -> frozenset[tuple[StrapId, str]]:
    """The streams agreed to, and each strap's link."""
    agreed = {(strap, name) for strap, entry in wanted.items() for name in streams_of(entry)}
    return frozenset(agreed | {(strap, LINK_CHARACTERISTIC) for strap in wanted})


def streams_of(entry: RosterStrap) -> frozenset[str]:
    """Characteristics of the streams that its wearer agreed to."""
    return frozenset(STREAM_OF[stream] for stream in entry.streams)
