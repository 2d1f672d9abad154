"""Arming of characteristics."""

from firmware_sim.strap.link import Link
from firmware_sim.strap.strap import Outgoing

NOTIFICATION = Outgoing("2a37", b"\x00\x4b")
INDICATION = Outgoing("2a37", b"\x00\x4b", indication=True)


def test_nothing_passes_before_it_is_armed() -> None:
    link = Link()
    link.open()
    assert not link.passes(NOTIFICATION)
    link.arm("2a37", notify=True, indicate=False)
    assert link.passes(NOTIFICATION)
    assert not link.passes(INDICATION)


def test_disarming_counts() -> None:
    link = Link()
    link.open()
    link.arm("2a37", notify=True, indicate=True)
    link.arm("2a37", notify=False, indicate=False)
    assert not link.passes(NOTIFICATION)
    assert not link.passes(INDICATION)


def test_a_new_link_starts_bare() -> None:
    link = Link()
    link.open()
    link.att_mtu = 232
    link.arm("2a37", notify=True, indicate=False)
    link.close()
    assert not link.passes(NOTIFICATION)
    link.open()
    assert not link.notifies("2a37")
    assert link.att_mtu == 23
