"""What came from one strap, counted by kind: few kinds, so that metrics stay few. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from protocol.ble import uuids


class Kind(StrEnum):
    """What a value is about; also the label of a metric, so the list is closed."""

    HEART_RATE = "heart_rate"
    MOVEMENT = "movement"
    BATTERY = "battery"
    CONTROL_POINT = "control_point"
    OTHER = "other"


_KINDS = {
    uuids.HEART_RATE_MEASUREMENT: Kind.HEART_RATE,
    uuids.PMD_DATA: Kind.MOVEMENT,
    uuids.BATTERY_LEVEL: Kind.BATTERY,
    uuids.PMD_CONTROL_POINT: Kind.CONTROL_POINT,
}


def kind_of(characteristic: str) -> Kind:
    """The kind of a characteristic's values."""
    return _KINDS.get(characteristic, Kind.OTHER)


class Drop(StrEnum):
    """Why a value wasn't kept."""

    NOT_AGREED = "not_agreed"  # its wearer didn't agree to the stream, or not any more
    UNINVITED = "uninvited"  # a measurement that nobody may ask this strap for


@dataclass(frozen=True, slots=True)
class Tally:
    """Since the start of the program."""

    kept: dict[Kind, int] = field(default_factory=lambda: dict.fromkeys(Kind, 0))
    undecodable: dict[Kind, int] = field(default_factory=lambda: dict.fromkeys(Kind, 0))
    dropped: dict[Drop, int] = field(default_factory=lambda: dict.fromkeys(Drop, 0))

    def copy(self) -> "Tally":
        """As it is at this moment."""
        return Tally(dict(self.kept), dict(self.undecodable), dict(self.dropped))


def total(counts: Mapping[Kind, int] | Mapping[Drop, int]) -> int:
    """Of all kinds together."""
    return sum(counts.values())
