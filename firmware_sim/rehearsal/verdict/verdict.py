"""The verdict: every promise of a rehearsal as a check that passed or failed, with its figures."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from firmware_sim.rehearsal.verdict.ages import measure_ages
from firmware_sim.rehearsal.verdict.check import Check
from firmware_sim.rehearsal.verdict.comparison import Findings, compare
from firmware_sim.rehearsal.verdict.evidence import (
    Archive,
    ArchivedValue,
    LiveFrame,
    SentValue,
    Truth,
)
from firmware_sim.rehearsal.verdict.fault_effects import excuse_late_frames
from firmware_sim.rehearsal.verdict.latency import Latency, measure_latency
from firmware_sim.rehearsal.verdict.run_checks import (
    check_ages,
    check_course,
    check_live,
    check_straps,
)
from firmware_sim.rehearsal.verdict.stretches import Stretch, is_inside
from firmware_sim.rehearsal.verdict.value_checks import (
    check_gaps,
    check_reads,
    check_stamps,
    check_values,
)
from protocol.ble.uuids import HEART_RATE_MEASUREMENT

Arrival = tuple[SentValue, ArchivedValue]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The content of verdict.json; see `as_document`."""

    straps: int
    seconds: float
    findings: Findings
    gaps_declared: int
    latency: Latency
    overflowed: int
    checks: list[Check]

    @property
    def passed(self) -> bool:
        """True only if every check passed."""
        return all(check.passed for check in self.checks)

    def as_document(self) -> dict[str, Any]:
        """The shape that interfaces.md promises."""
        found = self.findings
        return {
            "passed": self.passed,
            "straps": self.straps,
            "seconds": round(self.seconds, 1),
            "notifications": {
                "sent": found.n_sent,
                "archived": found.n_archived,
                "lost": len(found.lost),
                "duplicated": len(found.duplicated),
                "altered": len(found.altered),
                "out_of_order": len(found.out_of_order),
                "invented": len(found.invented),
                "missing_in_declared_gaps": found.n_covered,
                "overflowed": self.overflowed,
                "lost_reads": len(found.lost_reads),
                "unconfirmed_reads": found.n_unconfirmed_reads,
            },
            "gaps_declared": self.gaps_declared,
            "latency_ms": {
                "p50": self.latency.percentile_ms(50),
                "p95": self.latency.percentile_ms(95),
                "p99": self.latency.percentile_ms(99),
                "max": self.latency.percentile_ms(100),
            },
            "clock_error_ms": None,
            "checks": [asdict(check) for check in self.checks],
        }


def judge(
    truth: Truth,
    archive: Archive,
    frames: Sequence[LiveFrame],
    seconds: float,
    observed: Sequence[Check] = (),
) -> Verdict:
    """Compare the straps' account with the archive and the live page.

    `seconds` is as measured; `observed` are checks that were made while the programs ran.
    """
    found = compare(truth, archive)
    heart_rates = sorted(
        (pair for pair in found.arrivals if pair[0].characteristic == HEART_RATE_MEASUREMENT),
        key=lambda pair: pair[0].monotonic_ns,
    )
    trouble = _find_trouble(truth)
    calm = [pair for pair in heart_rates if not _is_amid(pair, trouble)]
    latency = measure_latency(heart_rates, frames, truth.window_ns)
    checks = [
        *check_values(found),
        *check_reads(found),
        *check_stamps(truth, archive),
        *check_gaps(found),
        *check_course(truth, found),
        *check_straps(truth, archive),
        *check_live(latency, measure_latency(calm, frames, truth.window_ns)),
        *check_ages(measure_ages(heart_rates, frames, _excuse_ages(truth))),
        *observed,
    ]
    n_straps = sum(strap.streams is not None for strap in truth.straps)
    n_overflowed = len(truth.overflowed)
    return Verdict(n_straps, seconds, found, len(archive.gaps), latency, n_overflowed, checks)


def _excuse_ages(truth: Truth) -> list[Stretch]:
    """A server or a gateway that starts anew knows nothing yet of the other's clock."""
    of_chain = [fault for fault in truth.faults if fault.strap is None]
    return excuse_late_frames(of_chain, sorted(value.monotonic_ns for value in truth.sent))


def _find_trouble(truth: Truth) -> dict[str, list[Stretch]]:
    """When something ordered held back each strap's values on their way to the live page."""
    sent_ns: defaultdict[str, list[int]] = defaultdict(list)
    for value in truth.sent:
        sent_ns[value.strap].append(value.monotonic_ns)
    return {
        strap: excuse_late_frames(
            [fault for fault in truth.faults if fault.strap in {None, strap}], stamps_ns
        )
        for strap, stamps_ns in sent_ns.items()
    }


def _is_amid(pair: Arrival, trouble: Mapping[str, Sequence[Stretch]]) -> bool:
    sent, _ = pair
    return is_inside((sent.monotonic_ns, sent.monotonic_ns), trouble[sent.strap])
