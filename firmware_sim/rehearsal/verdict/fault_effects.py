"""What trouble does to a strap's stream: which interrupts it, and how long it may stay away."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from firmware_sim.rehearsal.verdict.evidence import InjectedFault
from firmware_sim.rehearsal.verdict.stretches import Stretch, join_stretches

FAULT_PLACE_TOLERANCE_NS = 3 * 10**9  # interfaces.md: "at that place (± 3 s)"
# The link is given up after this long without a word (firmware_sim.radio.connect_attempts); trouble
# that is over sooner interrupts nothing.
SUPERVISION_NS = 10**9
# What trouble may take with it from before it began: a value on its way, and promise A13's 250 ms
# of values that no journal holds yet.
UNCOMMITTED_NS = 500_000_000
# After its trouble a strap streams again within 5 s in honest rehearsals of 15 straps; three times
# that. A gateway or a radio that starts anew connects all straps, one after the other.
RETURN_LIMIT_NS = 15 * 10**9
RETURN_LIMITS_NS = {"kill_gateway": 30 * 10**9, "kill_straps": 30 * 10**9}
# Troubles that interrupt no stream: a gap beside one of them is not explained by it.
HARMLESS_FAULTS = frozenset(
    {
        "battery_low",
        "clock_step",
        "contact_loss",
        "delay",
        "duplicate_batch",
        "kill_server",
        "knocks",
        "refused",
        "server_away",
        "twin_address",
        "twin_name",
    }
)
# Troubles that hold values back from the live page, and for how long after their end: a gateway
# that lost its server tries again after at most some seconds, then sends what it holds.
SLOWS_LIVE_PAGE_NS = {
    "delay": FAULT_PLACE_TOLERANCE_NS,
    "duplicate_batch": 10 * 10**9,
    "fade": FAULT_PLACE_TOLERANCE_NS,
    "kill_gateway": 10 * 10**9,
    "kill_server": 10 * 10**9,
    "server_away": 10 * 10**9,
}
_REFUSED, _FADE = "refused", "fade"  # the first keeps an interrupted strap away for longer


def is_disruptive(fault: InjectedFault) -> bool:
    """Whether a stream may stop for it."""
    length_ns = fault.to_monotonic_ns - fault.from_monotonic_ns
    is_brief_fade = fault.fault == _FADE and length_ns < SUPERVISION_NS
    return fault.fault not in HARMLESS_FAULTS and not is_brief_fade


def return_limit_ns(fault: InjectedFault) -> int:
    """How long after its end a strap may still be away."""
    return RETURN_LIMITS_NS.get(fault.fault, RETURN_LIMIT_NS)


def find_disruptions(faults: Iterable[InjectedFault]) -> list[tuple[InjectedFault, int]]:
    """Each fault of one strap that interrupts it, and when the strap may return: later than the
    fault's own end where connections were refused by then."""
    known = sorted(faults, key=lambda fault: fault.from_monotonic_ns)
    refusals = [fault for fault in known if fault.fault == _REFUSED]
    found = []
    for fault in filter(is_disruptive, known):
        free_ns = fault.to_monotonic_ns
        for refusal in refusals:
            began_in_time = refusal.from_monotonic_ns <= free_ns + return_limit_ns(fault)
            if began_in_time and refusal.to_monotonic_ns > fault.from_monotonic_ns:
                free_ns = max(free_ns, refusal.to_monotonic_ns)
        found.append((fault, free_ns))
    return found


def explain_gaps(faults: Iterable[InjectedFault], sent_ns: Sequence[int]) -> list[Stretch]:
    """Where gaps of a strap that sent at these moments (ascending) are explained: from before each
    fault to its end and the strap's return, each with the tolerance."""
    stretches = []
    for fault, free_ns in find_disruptions(faults):
        limit_ns, place = return_limit_ns(fault), bisect_right(sent_ns, free_ns)
        to_ns = free_ns
        if place == len(sent_ns):
            to_ns += limit_ns  # it never came back: what lasts longer is not explained
        elif sent_ns[place] - free_ns <= limit_ns:
            to_ns = sent_ns[place]
        since_ns = fault.from_monotonic_ns - FAULT_PLACE_TOLERANCE_NS
        stretches.append((since_ns, to_ns + FAULT_PLACE_TOLERANCE_NS))
    return join_stretches(stretches)


def excuse_losses(faults: Iterable[InjectedFault], delay_ns: int) -> list[Stretch]:
    """When one strap's values may be sent in vain: from what is still on its way as the fault
    begins to when both ends know that the link is dead. `delay_ns` is the longest one ordered."""
    slack_ns = UNCOMMITTED_NS + delay_ns
    return join_stretches(
        (
            fault.from_monotonic_ns - slack_ns,
            free_ns + SUPERVISION_NS + slack_ns,
        )
        for fault, free_ns in find_disruptions(faults)
    )


def excuse_late_frames(faults: Iterable[InjectedFault], sent_ns: Sequence[int]) -> list[Stretch]:
    """When one strap's heart rates may be late on the live page: around what interrupts it, and
    around what holds back its values."""
    known = list(faults)
    slow = [
        (
            fault.from_monotonic_ns - FAULT_PLACE_TOLERANCE_NS,
            fault.to_monotonic_ns + SLOWS_LIVE_PAGE_NS[fault.fault],
        )
        for fault in known
        if fault.fault in SLOWS_LIVE_PAGE_NS
    ]
    return join_stretches([*explain_gaps(known, sent_ns), *slow])
