"""Where a strap was first met, and what it means that its name comes from elsewhere. Pure.

Addresses here are keyed hashes; the radio's own stay in the devices of sightings.py. An address is
evidence, never the identity (promise D6): a strap that tells its serial is itself at any address,
and a change is declared. One that tells none is met at the address of its first use only, and
another that bears its name is declared. A person decides what to make of either.
"""

from dataclasses import dataclass

from protocol.messages.uplink import CONFLICT

MET = "first use: its address is remembered from now on"
RIVAL = f"{CONFLICT}: a second address advertises this strap's name"
MOVED = f"{CONFLICT}: this strap's name comes from another address than at its first use"


@dataclass(frozen=True, slots=True)
class FirstUse:
    """Where a strap was first met, and whether its serial vouched for it there."""

    address: str
    told_serial: bool


def is_barred(held: FirstUse | None, address: str) -> bool:
    """Whether nothing could ever tell the strap at this address from another with its name."""
    return held is not None and not held.told_serial and held.address != address


def find_rival(address: str | None, held: FirstUse | None, heard: frozenset[str]) -> str | None:
    """What a person has to look at, given the link's address and those that were heard lately."""
    first = held.address if held is not None else address
    if first is None:
        return None
    if address not in {None, first}:
        return MOVED
    if heard - {first}:
        return MOVED if address is None else RIVAL
    return None
