"""Declared gaps: which missing values they answer for, and which trouble answers for them."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from firmware_sim.rehearsal.verdict.evidence import (
    ArchivedValue,
    DeclaredGap,
    InjectedFault,
    SentValue,
)
from firmware_sim.rehearsal.verdict.stretches import Stretch, is_inside, join_stretches

FAULT_PLACE_TOLERANCE_NS = 3 * 10**9  # interfaces.md: "at that place (± 3 s)"
# After a fault a strap may take this long to stream again (back-off up to its cap, one connect at
# a time); a longer silence is the gateway's own and no fault explains it.
RETURN_LIMIT_NS = 45 * 10**9
# Troubles that interrupt no stream: a gap beside one of them is not explained by it.
HARMLESS_FAULTS = frozenset(
    {
        "battery_low",
        "clock_step",
        "contact_loss",
        "duplicate_batch",
        "kill_server",
        "server_away",
        "twin_name",
    }
)


def find_lost(
    missing: Sequence[SentValue],
    arrivals: Sequence[tuple[SentValue, ArchivedValue]],
    gaps: Sequence[DeclaredGap],
) -> list[SentValue]:
    """Missing values of one strap that no gap answers for.

    A gap begins at the stamp of the last value kept. A link keeps order, so the gap answers for
    what the strap sent after that very value, however long that one was on its way.
    """
    lost = []
    answers = [(gap, _answered_stretch(gap, arrivals)) for gap in gaps]
    for value in missing:
        if not any(
            gap.concerns(value.characteristic) and since < value.monotonic_ns <= to
            for gap, (since, to) in answers
        ):
            lost.append(value)
    return lost


def _answered_stretch(
    gap: DeclaredGap, arrivals: Sequence[tuple[SentValue, ArchivedValue]]
) -> Stretch:
    """From the sending of the last value kept before the gap to the gap's end."""
    before = [
        sent.monotonic_ns
        for sent, kept in arrivals
        if kept.monotonic_ns <= gap.from_monotonic_ns and gap.concerns(sent.characteristic)
    ]
    return max(before, default=gap.from_monotonic_ns), gap.to_monotonic_ns


def find_unexplained(
    gaps: Sequence[DeclaredGap], sent: Sequence[SentValue], faults: Sequence[InjectedFault]
) -> list[DeclaredGap]:
    """Gaps of one strap that lie at no fault of it (or of all), given all it sent, in order."""
    sent_ns = sorted(value.monotonic_ns for value in sent)
    explained = join_stretches(
        _explained_stretch(fault, sent_ns) for fault in faults if fault.fault not in HARMLESS_FAULTS
    )
    return [
        gap
        for gap in gaps
        if not is_inside((gap.from_monotonic_ns, gap.to_monotonic_ns), explained)
    ]


def _explained_stretch(fault: InjectedFault, sent_ns: Sequence[int]) -> Stretch:
    """From before the fault to after its end and the strap's return, each with the tolerance."""
    to_ns = fault.to_monotonic_ns
    place = bisect_right(sent_ns, to_ns)
    if place < len(sent_ns) and sent_ns[place] - to_ns <= RETURN_LIMIT_NS:
        to_ns = sent_ns[place]
    elif place == len(sent_ns):
        to_ns += RETURN_LIMIT_NS  # the rehearsal ended before the strap was back
    return fault.from_monotonic_ns - FAULT_PLACE_TOLERANCE_NS, to_ns + FAULT_PLACE_TOLERANCE_NS


def find_contradicted(
    gaps: Sequence[DeclaredGap], archived: Sequence[ArchivedValue]
) -> list[DeclaredGap]:
    """Gaps of one strap in whose midst values are kept: missing and present can't both be true."""
    stamps: dict[str, list[int]] = {}
    for value in archived:
        stamps.setdefault(value.characteristic, []).append(value.monotonic_ns)
    for each in stamps.values():
        each.sort()
    return [
        gap
        for gap in gaps
        if any(
            bisect_right(each, gap.from_monotonic_ns) < bisect_left(each, gap.to_monotonic_ns)
            for characteristic, each in stamps.items()
            if gap.concerns(characteristic)
        )
    ]
