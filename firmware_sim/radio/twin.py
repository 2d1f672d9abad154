"""A second strap that bears the first one's name or its address, as cheap straps of one make do."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from firmware_sim.radio.addresses import strap_address
from firmware_sim.scenario.faults import FaultKind
from firmware_sim.strap.fleet import build_straps
from firmware_sim.strap.strap import Advertisement, Outgoing, Service, Strap

# Where serials of twins begin (51ADAE00, 51ADAC00): a fleet counts up from 001 to 512 at most.
FIRST_NUMBERS: Mapping[FaultKind, int] = {
    FaultKind.TWIN_NAME: 0xE00,
    FaultKind.TWIN_ADDRESS: 0xC00,
}


def make_twin(
    kind: FaultKind, first: Strap, address: str, index: int, seed: int, start_ns: int
) -> tuple[Strap, str]:
    """A strap of the first one's make with a serial and a wearer of its own, and its address.

    `address` is the first one's, `index` its place in the fleet.
    """
    number = FIRST_NUMBERS[kind] + index
    (other,) = build_straps(1, first.model, seed, number, start_ns=start_ns)
    if kind is FaultKind.TWIN_ADDRESS:
        return other, address
    return NamesakeStrap(other, first.name), strap_address(seed, other.serial)


class NamesakeStrap:
    """Another strap with its own serial and address; only its name is borrowed."""

    def __init__(self, strap: Strap, name: str) -> None:
        self._strap = strap
        self._name = name

    @property
    def serial(self) -> str:
        """Its own."""
        return self._strap.serial

    @property
    def model(self) -> str:
        """Its own."""
        return self._strap.model

    @property
    def name(self) -> str:
        """The other one's."""
        return self._name

    @property
    def services(self) -> Sequence[Service]:
        """Its own."""
        return self._strap.services

    def advertisement(self, now_ns: int) -> Advertisement | None:
        """What it would say, under the borrowed name."""
        said = self._strap.advertisement(now_ns)
        return replace(said, local_name=self._name) if said else None

    def connect(self, now_ns: int) -> None:
        """See Strap."""
        self._strap.connect(now_ns)

    def disconnect(self, now_ns: int) -> None:
        """See Strap."""
        self._strap.disconnect(now_ns)

    def exchange_mtu(self, att_mtu: int) -> None:
        """See Strap."""
        self._strap.exchange_mtu(att_mtu)

    def subscribe(self, characteristic: str, *, notify: bool, indicate: bool) -> None:
        """See Strap."""
        self._strap.subscribe(characteristic, notify=notify, indicate=indicate)

    def read(self, characteristic: str, now_ns: int) -> bytes:
        """See Strap."""
        return self._strap.read(characteristic, now_ns)

    def write(self, characteristic: str, payload: bytes, now_ns: int) -> Sequence[Outgoing]:
        """See Strap."""
        return self._strap.write(characteristic, payload, now_ns)

    def tick(self, now_ns: int) -> Sequence[Outgoing]:
        """See Strap."""
        return self._strap.tick(now_ns)

    def next_tick_ns(self, now_ns: int) -> int:
        """See Strap."""
        return self._strap.next_tick_ns(now_ns)

    def wants_to_drop(self, now_ns: int) -> bool:
        """See Strap."""
        return self._strap.wants_to_drop(now_ns)
