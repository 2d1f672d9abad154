"""A second strap that bears the first one's name, as cheap straps of one make do."""

from collections.abc import Sequence
from dataclasses import replace

from firmware_sim.strap.strap import Advertisement, Outgoing, Service, Strap


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
