"""When each gateway was heard, on both machines' clocks."""

import threading
from dataclasses import replace

from protocol.messages.uplink import UplinkBatch
from server.ingest.feed import GatewayContact


class Contacts:
    """The newest upload of every gateway. Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._by_gateway: dict[str, GatewayContact] = {}

    def note(self, batch: UplinkBatch, monotonic_ns: int, wall_ns: int) -> None:
        """Take in an upload that arrived at these instants of the server's clocks.

        The smallest difference between two clocks is the one with the least delay in it, so it is
        kept as long as the gateway's monotonic clock lives.
        """
        with self._lock:
            old = self._by_gateway.get(batch.gateway)
            new = _contact(batch, monotonic_ns, wall_ns, old)
            self._by_gateway[batch.gateway] = _keep_smallest(old, new)

    def all(self) -> tuple[GatewayContact, ...]:
        with self._lock:
            return tuple(self._by_gateway[name] for name in sorted(self._by_gateway))


def _contact(
    batch: UplinkBatch, monotonic_ns: int, wall_ns: int, old: GatewayContact | None
) -> GatewayContact:
    if batch.sent is not None:
        sent = batch.sent
        return GatewayContact(
            gateway=batch.gateway,
            boot_id=sent.boot_id,
            offset_ns=monotonic_ns - sent.monotonic_ns,
            wall_offset_ns=wall_ns - sent.wall_ns,
            heard_monotonic_ns=monotonic_ns,
        )
    newest_ns = max((record.wall_ns for record in batch.records), default=None)
    unknown = old.wall_offset_ns if old is not None else 0
    return GatewayContact(
        gateway=batch.gateway,
        boot_id=None,
        offset_ns=0,
        wall_offset_ns=unknown if newest_ns is None else wall_ns - newest_ns,
        heard_monotonic_ns=monotonic_ns,
    )


def _keep_smallest(old: GatewayContact | None, new: GatewayContact) -> GatewayContact:
    if old is None or old.boot_id != new.boot_id:
        return new
    return replace(
        new,
        offset_ns=min(old.offset_ns, new.offset_ns),
        wall_offset_ns=min(old.wall_offset_ns, new.wall_offset_ns),
    )
