"""How old a gateway's stamp is now. Pure: both clocks are arguments."""

from dataclasses import dataclass

from protocol.moments import ReceivedAt
from server.ingest.feed import GatewayContact

NS_PER_S = 1_000_000_000
NS_PER_MS = 1_000_000
SHOWN_FOR_S = 10.0  # ux: then a dash
_JITTER_S = 1.0  # uploads come twice a second; a stamp further ahead is from before a clock was set


@dataclass(frozen=True, slots=True)
class ServerNow:
    """Both clocks of the server, read together."""

    monotonic_ns: int
    wall_ns: int


def compute_age_ns(received: ReceivedAt, contact: GatewayContact | None, now: ServerNow) -> int:
    """Nanoseconds since the gateway stamped `received`, never negative.

    On the monotonic clocks when the gateway's newest upload came from the same boot, so that a
    step of a wall clock changes no age. A stamp of another boot, or of a gateway not heard since
    this server started, is too old to be shown: wall clocks can only make it older.
    """
    if contact is not None and contact.boot_id == received.boot_id:
        return max(0, now.monotonic_ns - contact.offset_ns - received.monotonic_ns)
    wall_offset_ns = contact.wall_offset_ns if contact is not None else 0
    age_ns = now.wall_ns - wall_offset_ns - received.wall_ns
    uploads_carry_no_clocks = contact is not None and contact.boot_id is None
    if uploads_carry_no_clocks and age_ns >= -_JITTER_S * NS_PER_S:
        return max(0, age_ns)
    return max(round(SHOWN_FOR_S * NS_PER_S), age_ns)
