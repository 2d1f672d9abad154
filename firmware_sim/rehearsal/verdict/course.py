"""Whether a rehearsal took the course it should: all trouble came, and all straps came back."""

from collections import Counter
from collections.abc import Sequence

from firmware_sim.rehearsal.verdict.evidence import InjectedFault, OrderedFault, SentValue
from firmware_sim.rehearsal.verdict.fault_effects import (
    FAULT_PLACE_TOLERANCE_NS,
    find_disruptions,
    return_limit_ns,
)
from firmware_sim.rehearsal.verdict.stretches import Stretch

ALIVE_WITHIN_NS = 5 * 10**9  # before the end, with room for a few values of the slowest stream
# Troubles that fill a strap's queue: on the air, or because nobody takes what it sends.
FILLS_QUEUES = frozenset({"delay", "fade", "out_of_range", "kill_gateway", "kill_straps"})


def find_missed_faults(
    ordered: Sequence[OrderedFault], injected: Sequence[InjectedFault]
) -> list[OrderedFault]:
    """Ordered troubles that never happened, each as often as it is missing."""
    happened = Counter((fault.fault, fault.strap) for fault in injected)
    missed = []
    for fault in ordered:
        key = (fault.fault, fault.strap)
        if not happened[key]:
            missed.append(fault)
        happened[key] -= happened[key] > 0
    return missed


def find_unreturned(
    sent_ns: Sequence[int], faults: Sequence[InjectedFault], window_ns: Stretch
) -> list[InjectedFault]:
    """Faults after which one strap, which sent at these moments, should have returned in the
    window and never did."""
    last_ns = max(sent_ns, default=0)
    return [
        fault
        for fault, free_ns in find_disruptions(faults)
        if last_ns <= free_ns and free_ns + return_limit_ns(fault) < window_ns[1]
    ]


def is_alive_at_end(
    stamps_ns: Sequence[int], faults: Sequence[InjectedFault], window_ns: Stretch
) -> bool:
    """Whether a stream was kept within the window's last seconds, or a fault lasts that long."""
    since_ns = max(window_ns[0], window_ns[1] - ALIVE_WITHIN_NS)
    if any(since_ns <= stamp_ns for stamp_ns in stamps_ns):
        return True
    return any(
        free_ns + return_limit_ns(fault) >= since_ns for fault, free_ns in find_disruptions(faults)
    )


def find_unprovoked_overflows(
    overflowed: Sequence[SentValue], faults: Sequence[InjectedFault]
) -> list[SentValue]:
    """Values for which a strap had no room though no trouble filled it."""
    return [
        value
        for value in overflowed
        if not any(
            fault.fault in FILLS_QUEUES
            and fault.strap in {None, value.strap}
            and fault.from_monotonic_ns
            <= value.monotonic_ns
            <= fault.to_monotonic_ns + FAULT_PLACE_TOLERANCE_NS
            for fault in faults
        )
    ]
