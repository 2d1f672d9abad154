"""Counts by kind: a closed list, whatever a strap sends."""

from gateway.straps.tally import Drop, Kind, Tally, kind_of, total
from protocol.ble import uuids


def test_what_nobody_knows_is_of_one_kind() -> None:
    """Goes red if a strap can make up labels of a metric."""
    names = [uuids.HEART_RATE_MEASUREMENT, uuids.SERIAL_NUMBER, "ffff", "0000-made-up"]
    assert [kind_of(name) for name in names] == [Kind.HEART_RATE, *[Kind.OTHER] * 3]


def test_a_copy_stands_still() -> None:
    tally = Tally()
    tally.kept[Kind.BATTERY] += 2
    tally.dropped[Drop.UNINVITED] += 1
    before = tally.copy()
    tally.kept[Kind.MOVEMENT] += 3
    assert (total(before.kept), total(tally.kept), total(before.dropped)) == (2, 5, 1)
    assert set(before.undecodable) == set(Kind)
