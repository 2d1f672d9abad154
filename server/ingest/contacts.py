"""When each gateway was heard, on both machines' clocks."""

import threading

from protocol.messages.uplink import RadioReport, UplinkBatch
from server.ingest.feed import GatewayContact
from server.ingest.recent_least import RecentLeast


class Contacts:
    """The newest upload of every gateway. Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._by_gateway: dict[str, _Heard] = {}

    def note(
        self, batch: UplinkBatch, monotonic_ns: int, wall_ns: int, *, is_radio_known: bool = True
    ) -> None:
        """Take in an upload that arrived at these instants of the server's clocks.

        The smallest difference between two clocks is the one with the least delay in it. Only the
        last minute counts: clocks drift apart, and one of a machine that sleeps stands still.
        `is_radio_known` False: what it says of its radio can't be read, and what it said before
        holds no longer.
        """
        with self._lock:
            boot_id = batch.sent.boot_id if batch.sent is not None else None
            heard = self._by_gateway.get(batch.gateway)
            if heard is None or heard.boot_id != boot_id:
                heard = self._by_gateway[batch.gateway] = _Heard(boot_id)
            heard.note(batch, monotonic_ns, wall_ns)
            if not is_radio_known:
                heard.forget_radio()

    def all(self) -> tuple[GatewayContact, ...]:
        with self._lock:
            return tuple(heard.show(name) for name, heard in sorted(self._by_gateway.items()))


class _Heard:
    """One gateway in one boot; `boot_id` None when its batches do not carry its clocks."""

    def __init__(self, boot_id: str | None) -> None:
        self.boot_id = boot_id
        self._offset: RecentLeast | None = None
        self._wall_offset: RecentLeast | None = None
        self._heard_monotonic_ns = 0
        self._radio: RadioReport | None = None

    def note(self, batch: UplinkBatch, monotonic_ns: int, wall_ns: int) -> None:
        self._heard_monotonic_ns = monotonic_ns
        self._radio = batch.radio or self._radio  # a handed-over journal's batches carry none
        if batch.sent is not None:
            self._offset = _add(self._offset, monotonic_ns - batch.sent.monotonic_ns, monotonic_ns)
        gateway_wall_ns = _read_wall(batch)
        if gateway_wall_ns is not None:
            self._wall_offset = _add(self._wall_offset, wall_ns - gateway_wall_ns, monotonic_ns)

    def forget_radio(self) -> None:
        """It does something now that nobody here understands."""
        self._radio = None

    def show(self, gateway: str) -> GatewayContact:
        return GatewayContact(
            gateway=gateway,
            boot_id=self.boot_id,
            offset_ns=self._offset.least if self._offset is not None else 0,
            wall_offset_ns=self._wall_offset.least if self._wall_offset is not None else 0,
            heard_monotonic_ns=self._heard_monotonic_ns,
            radio=self._radio,
        )


def _read_wall(batch: UplinkBatch) -> int | None:
    """The gateway's wall clock at sending, or its newest record's; None when neither is there."""
    if batch.sent is not None:
        return batch.sent.wall_ns
    return max((record.wall_ns for record in batch.records), default=None)


def _add(least: RecentLeast | None, offset_ns: int, now_ns: int) -> RecentLeast:
    if least is None:
        return RecentLeast(offset_ns, now_ns)
    least.add(offset_ns, now_ns)
    return least
