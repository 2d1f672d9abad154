"""A roster's version changes when anything in it does, and with nothing else."""

from protocol.messages.roster import ConsentedStream, RosterStrap
from server.gateways.roster import make_roster

STRAP = RosterStrap("51ADA001", "h10", "07", [ConsentedStream.HEART_RATE])


def test_the_same_straps_give_the_same_version() -> None:
    assert make_roster("gym", [STRAP]).version == make_roster("hall", [STRAP]).version


def test_a_change_of_consent_changes_the_version() -> None:
    more = RosterStrap("51ADA001", "h10", "07", list(ConsentedStream))
    versions = {make_roster("gym", straps).version for straps in ([], [STRAP], [more])}
    assert len(versions) == 3
