"""Declared gaps: which missing values they answer for, and which trouble answers for them."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from firmware_sim.rehearsal.verdict.evidence import (
    ArchivedValue,
    DeclaredGap,
    InjectedFault,
    SentValue,
)
from firmware_sim.rehearsal.verdict.fault_effects import excuse_losses, explain_gaps
from firmware_sim.rehearsal.verdict.stretches import Stretch, is_inside


def find_lost(
    missing: Sequence[SentValue],
    arrivals: Sequence[tuple[SentValue, ArchivedValue]],
    gaps: Sequence[DeclaredGap],
    faults: Sequence[InjectedFault],
    delay_ns: int = 0,
) -> list[SentValue]:
    """Missing values of one strap that no gap answers for, or no fault.

    A gap begins at the stamp of the last value kept. A link keeps order, so the gap answers for
    what the strap sent after that very value, however long that one was on its way. One that begins
    anywhere else answers from there on. And a gap is no licence to lose what was sent before there
    was trouble: it must have been journalled then.
    """
    lost = []
    excused = excuse_losses(faults, delay_ns)
    answers = [(gap, _answered_stretch(gap, arrivals)) for gap in gaps]
    for value in missing:
        sent_ns = value.monotonic_ns
        is_declared = any(
            gap.concerns(value.characteristic) and since < sent_ns <= to
            for gap, (since, to) in answers
        )
        if not (is_declared and is_inside((sent_ns, sent_ns), excused)):
            lost.append(value)
    return lost


def _answered_stretch(
    gap: DeclaredGap, arrivals: Sequence[tuple[SentValue, ArchivedValue]]
) -> Stretch:
    """From the sending of the value, of whichever stream, at whose stamp it begins to its end."""
    begins = [
        sent.monotonic_ns for sent, kept in arrivals if kept.monotonic_ns == gap.from_monotonic_ns
    ]
    return max(begins, default=gap.from_monotonic_ns), gap.to_monotonic_ns


def find_unexplained(
    gaps: Sequence[DeclaredGap], sent: Sequence[SentValue], faults: Sequence[InjectedFault]
) -> list[DeclaredGap]:
    """Gaps of one strap that lie at no fault of it (or of all), given all it sent, in order."""
    sent_ns = sorted(value.monotonic_ns for value in sent)
    explained = explain_gaps(faults, sent_ns)
    return [
        gap
        for gap in gaps
        if not is_inside((gap.from_monotonic_ns, gap.to_monotonic_ns), explained)
    ]


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
