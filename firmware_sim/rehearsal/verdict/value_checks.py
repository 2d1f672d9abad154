"""Checks of values: each kept once, byte for byte, in order, or inside a gap that was declared."""

from typing import Any

from firmware_sim.rehearsal.verdict.check import Check, none_of, show_kept, show_sent
from firmware_sim.rehearsal.verdict.comparison import Findings
from firmware_sim.rehearsal.verdict.evidence import Archive, Truth
from firmware_sim.rehearsal.verdict.stamps import find_misstamped, list_boots


def check_values(found: Findings) -> list[Check]:
    """Every value once, byte for byte, in order, and nothing else."""
    n = f"{found.n_sent - found.n_covered} values sent outside gaps"
    return [
        Check(
            "something was sent and kept",
            passed=found.n_sent > 0 and found.n_archived > 0,
            detail=f"{found.n_sent} sent, {found.n_archived} archived",
        ),
        none_of("nothing lost", found.lost, show_sent, f"all of {n} are archived"),
        none_of("nothing duplicated", found.duplicated, show_kept, "each is archived once"),
        none_of("nothing altered", found.altered, lambda pair: show_kept(pair[1]), "byte for byte"),
        none_of("nothing out of order", found.out_of_order, show_kept, "in the order of sending"),
        none_of(
            "nothing invented",
            found.invented,
            show_kept,
            "nothing is archived that was not sent, or before it was sent",
        ),
    ]


def check_reads(found: Findings) -> list[Check]:
    """What a strap answered to a read is archived: its battery, its firmware, what it can send."""
    rest = f"{found.n_unconfirmed_reads} more only said who a strap is, or met a fault"
    return [
        none_of(
            "every answer to a read kept",
            found.lost_reads,
            _show_answer,
            f"{found.n_reads} are archived; {rest}",
        ),
        none_of(
            "every strap asked about itself",
            found.unasked,
            lambda strap: f"of {strap} no battery, firmware or features are archived",
            "battery, firmware and features of each",
        ),
    ]


def check_stamps(truth: Truth, archive: Archive) -> list[Check]:
    """Stamps of one boot, whose wall and monotonic parts belong together."""
    boots = list_boots(archive.values)
    misstamped = find_misstamped(truth.sent, archive.values)
    return [
        none_of("stamps of one boot", boots[1:], str, "one boot id"),
        none_of("wall stamps fit", misstamped, show_kept, "wall and monotonic within 1 s"),
    ]


def check_gaps(found: Findings) -> list[Check]:
    """Gaps are declared where something is missing, and nowhere else (promise A12)."""
    holes = [(s, c, hole) for s, c, coverage in found.coverage for hole in coverage.unaccounted]
    sums = [coverage for _, _, coverage in found.coverage]
    minutes = sum(each.n_minutes for each in sums)
    accounted = (
        f"{minutes} stream-minutes: {sum(each.expected_ns for each in sums) / 1e9:.1f} s expected"
        f" = {sum(each.stored_ns for each in sums) / 1e9:.1f} s with values"
        f" + {sum(each.declared_ns for each in sums) / 1e9:.1f} s declared"
    )
    return [
        none_of("every gap explained by a fault", found.unexplained, _show_gap, "± 3 s"),
        none_of("no values inside a gap", found.contradicted, _show_gap, "gaps are empty"),
        none_of(
            "every silence declared",
            holes,
            lambda h: f"{h[0]} {h[1]} silent {(h[2][1] - h[2][0]) / 1e9:.1f} s from {h[2][0]} ns",
            accounted,
        ),
    ]


def _show_answer(answer: Any) -> str:
    where = f"{answer.strap} answered {answer.characteristic} at {answer.monotonic_ns} ns"
    return f"{where}, in no gap, and it is not archived"


def _show_gap(gap: Any) -> str:
    length_s = (gap.to_monotonic_ns - gap.from_monotonic_ns) / 1e9
    return f"{gap.strap} {gap.reason} from {gap.from_monotonic_ns} ns for {length_s:.1f} s"
