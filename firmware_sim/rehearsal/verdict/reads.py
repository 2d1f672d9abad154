"""Answers to reads: which of them the archive must hold.

A strap's answer may be missing for honest reasons only: it told who the strap is before anybody
could know whose it was; its link ended before it arrived; the gateway was told to stop.
"""

from bisect import bisect_right
from collections.abc import Sequence

from firmware_sim.rehearsal.verdict.evidence import READ_PREFIX, DeclaredGap, SentValue
from firmware_sim.rehearsal.verdict.fault_effects import (
    SUPERVISION_NS,
    UNCOMMITTED_NS,
    excuse_losses,
)
from firmware_sim.rehearsal.verdict.one_strap import StrapEvidence
from firmware_sim.rehearsal.verdict.stretches import Stretch, is_inside
from protocol.ble.uuids import SERIAL_NUMBER

SERIAL_READ = READ_PREFIX + SERIAL_NUMBER


def find_lost_answers(
    missing: Sequence[SentValue], strap: StrapEvidence, window_ns: Stretch | None
) -> list[SentValue]:
    """Those of a rostered strap's missing answers, oldest first, that should have been kept."""
    if not strap.expected:
        return []
    excused = excuse_losses(strap.faults, strap.delay_ns)
    # Before its first value a strap has no stream, and so no gap.
    begins_ns = min((value.monotonic_ns for value in strap.kept), default=None)
    late_ns = None if window_ns is None else window_ns[1] - SUPERVISION_NS - strap.delay_ns
    lost = []
    for answer in _leave_out_introductions(missing, strap.links_ns):
        at_ns = answer.monotonic_ns
        is_too_early = begins_ns is None or at_ns < begins_ns
        is_declared = is_too_early or _is_declared(answer, strap.gaps)
        is_late = late_ns is not None and late_ns <= at_ns
        if not is_late and not (is_declared and is_inside((at_ns, at_ns), excused)):
            lost.append(answer)
    return lost


def _leave_out_introductions(
    missing: Sequence[SentValue], links_ns: Sequence[int]
) -> list[SentValue]:
    """A gateway asks each link for the serial twice: to know the strap, and to keep it."""
    introduced: set[int] = set()
    rest = []
    for answer in missing:
        link = bisect_right(links_ns, answer.monotonic_ns)
        if answer.characteristic == SERIAL_READ and link and link not in introduced:
            introduced.add(link)
        else:
            rest.append(answer)
    return rest


def _is_declared(answer: SentValue, gaps: Sequence[DeclaredGap]) -> bool:
    """Whether a gap answers for it. A reader hears of its answer a turn later than a notification
    is kept, so the gap may begin with a value that was sent a moment after the answer."""
    return any(
        gap.concerns(answer.characteristic)
        and gap.from_monotonic_ns - UNCOMMITTED_NS <= answer.monotonic_ns <= gap.to_monotonic_ns
        for gap in gaps
    )
