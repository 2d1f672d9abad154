"""How old a gateway's stamp is now. Pure: both clocks are arguments."""

from dataclasses import dataclass

from protocol.moments import ReceivedAt
from server.ingest.feed import GatewayContact

NS_PER_S = 1_000_000_000


@dataclass(frozen=True, slots=True)
class ServerNow:
    """Both clocks of the server, read together."""

    monotonic_ns: int
    wall_ns: int


def compute_age_ns(received: ReceivedAt, contact: GatewayContact | None, now: ServerNow) -> int:
    """Nanoseconds since the gateway stamped `received`, never negative.

    On the monotonic clocks when the gateway's newest upload came from the same boot, so that a
    step of a wall clock changes no age. Otherwise on the wall clocks, with the offset between
    them as far as one is known.
    """
    if contact is not None and contact.boot_id == received.boot_id:
        age_ns = now.monotonic_ns - contact.offset_ns - received.monotonic_ns
    else:
        wall_offset_ns = contact.wall_offset_ns if contact is not None else 0
        age_ns = now.wall_ns - wall_offset_ns - received.wall_ns
    return max(0, age_ns)
