"""Whose strap a link has reached: its serial says so, name and address are evidence only. Pure."""

from dataclasses import replace

from gateway.clock import NS_PER_S
from gateway.straps.phases import Link
from gateway.straps.signals import Doubled
from protocol.messages.uplink import CONFLICT

DOUBLED_NS = 10 * NS_PER_S  # where two straps share an address, the next try may reach the other


def find_conflict(link: Link, serial: str | None, now_ns: int) -> str | None:
    """Why this isn't the strap of the roster, whatever its name says; None if it is."""
    if serial is None and link.plan.tells_serial:
        return f"{CONFLICT}: the strap there tells no serial, and every strap of its model does"
    if serial is None and link.is_doubled(now_ns):
        return f"{CONFLICT}: it tells no serial, and another strap has the same address"
    if serial is None and link.held is not None and link.held.address != link.address:
        return f"{CONFLICT}: the strap there tells no serial, and its first use was elsewhere"
    if serial is not None and serial.upper() != link.plan.serial:
        return f"{CONFLICT}: the strap there says it is {serial}"
    return None


def note_double(link: Link, event: Doubled, now_ns: int) -> Link:
    """Another strap has this address too. Nothing changes for a link that is up: it reaches one."""
    if event.address != link.address:
        return link
    link = replace(link, doubled_ns=now_ns)
    if link.refused_address == link.address:  # and so REFUSED
        due_ns = now_ns + DOUBLED_NS
        link = replace(link, due_ns=due_ns if link.due_ns is None else min(link.due_ns, due_ns))
    return link
