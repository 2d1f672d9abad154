"""What a live page that keeps up must show."""

from collections.abc import Iterable

from firmware_sim.rehearsal.verdict.evidence import SentValue
from protocol.ble.uuids import HEART_RATE_MEASUREMENT


def find_newest_heart_rates(sent: Iterable[SentValue], until_ns: int) -> dict[str, int]:
    """When each strap sent its newest heart rate of up to this moment; values in any order."""
    newest_ns: dict[str, int] = {}
    for value in sent:
        at_ns = value.monotonic_ns
        if value.characteristic == HEART_RATE_MEASUREMENT and at_ns <= until_ns:
            newest_ns[value.strap] = max(at_ns, newest_ns.get(value.strap, at_ns))
    return newest_ns
