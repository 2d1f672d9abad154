"""Which straps a gateway may record (`GET /api/v1/gateways/self/roster`); no people."""

from enum import StrEnum

import msgspec

from protocol.ble import uuids


class ConsentedStream(StrEnum):
    """What a wearer agrees to, in the words of the consent form."""

    HEART_RATE = "heart_rate"
    MOVEMENT = "movement"


class RosterStrap(msgspec.Struct, frozen=True):
    """One strap: serial as printed on it, model, number on its label, streams agreed to.

    A gateway leaves a strap without streams alone, as one that isn't on the roster at all.
    """

    serial: str
    model: str
    label: str | None
    streams: list[ConsentedStream]


class Roster(msgspec.Struct, frozen=True):
    """The whole roster of one gateway. `version` changes when anything in it does."""

    gateway: str
    version: str
    straps: list[RosterStrap]


# Service data that says nothing about the body needs no consent of its own.
ALWAYS_ALLOWED = frozenset({uuids.BATTERY_LEVEL})
