"""All streams of all straps compared: the findings that a verdict's checks are made from."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from firmware_sim.rehearsal.verdict.alignment import align_stream
from firmware_sim.rehearsal.verdict.course import find_unreturned, is_alive_at_end
from firmware_sim.rehearsal.verdict.coverage import Coverage, account_for_stream
from firmware_sim.rehearsal.verdict.evidence import (
    Archive,
    ArchivedValue,
    DeclaredGap,
    InjectedFault,
    SentValue,
    Truth,
)
from firmware_sim.rehearsal.verdict.gaps import find_contradicted, find_lost, find_unexplained
from firmware_sim.rehearsal.verdict.one_strap import StrapEvidence, split_by_strap
from firmware_sim.rehearsal.verdict.reads import find_lost_answers
from firmware_sim.rehearsal.verdict.stretches import Stretch
from protocol.ble.uuids import HEART_RATE_MEASUREMENT, PMD_DATA

# Streams that flow all the time, so that a silence in them means something.
CONTINUOUS_STREAMS = (HEART_RATE_MEASUREMENT, PMD_DATA)


@dataclass(slots=True)
class Findings:
    """What the comparison of all straps found.

    `covered` are missing values that a gap answers, `unconfirmed` answers to reads that need not
    have been kept; `unasked` straps sent values, and no answer of theirs is archived.
    """

    n_sent: int = 0
    n_archived: int = 0
    arrivals: list[tuple[SentValue, ArchivedValue]] = field(default_factory=list)
    lost: list[SentValue] = field(default_factory=list)
    n_covered: int = 0
    n_reads: int = 0
    lost_reads: list[SentValue] = field(default_factory=list)
    n_unconfirmed_reads: int = 0
    unasked: list[str] = field(default_factory=list)
    duplicated: list[ArchivedValue] = field(default_factory=list)
    altered: list[tuple[SentValue, ArchivedValue]] = field(default_factory=list)
    out_of_order: list[ArchivedValue] = field(default_factory=list)
    invented: list[ArchivedValue] = field(default_factory=list)
    unexplained: list[DeclaredGap] = field(default_factory=list)
    contradicted: list[DeclaredGap] = field(default_factory=list)
    coverage: list[tuple[str, str, Coverage]] = field(default_factory=list)
    dead: list[tuple[str, str]] = field(default_factory=list)
    unreturned: list[InjectedFault] = field(default_factory=list)


def compare(truth: Truth, archive: Archive) -> Findings:
    """Compare stream by stream every strap that the truth or the archive knows."""
    findings = Findings()
    for strap in split_by_strap(truth, archive):
        findings.n_sent += len(strap.sent)
        findings.n_archived += len(strap.kept)
        _compare_strap(findings, strap)
        _compare_reads(findings, strap, truth.window_ns)
        findings.unexplained += find_unexplained(strap.gaps, strap.sent, strap.faults)
        _follow_streams(findings, strap, truth.window_ns)
        if truth.window_ns and strap.expected:
            _follow_returns(findings, strap, truth.window_ns)
    return findings


def _compare_strap(findings: Findings, strap: StrapEvidence) -> None:
    arrivals, missing = _align(findings, strap.sent, strap.kept, strap.delay_ns)
    lost = find_lost(missing, arrivals, strap.gaps, strap.faults, strap.delay_ns)
    findings.lost += lost
    findings.n_covered += len(missing) - len(lost)
    findings.arrivals += arrivals
    # Answers of the control point come while a link is set up again, amid an honest gap.
    flowing = [value for value in strap.kept if value.characteristic in CONTINUOUS_STREAMS]
    findings.contradicted += find_contradicted(strap.gaps, flowing)


def _compare_reads(findings: Findings, strap: StrapEvidence, window_ns: Stretch | None) -> None:
    """What was read must be what was answered, and what was answered must have been kept."""
    arrivals, missing = _align(findings, strap.answers, strap.reads, strap.delay_ns)
    missing.sort(key=lambda answer: answer.monotonic_ns)
    lost = find_lost_answers(missing, strap, window_ns)
    findings.n_reads += len(arrivals)
    findings.lost_reads += lost
    findings.n_unconfirmed_reads += len(missing) - len(lost)
    if strap.expected and strap.sent and not strap.reads:
        findings.unasked.append(strap.serial)


def _align(
    findings: Findings,
    sent: Sequence[SentValue],
    kept: Sequence[ArchivedValue],
    delay_ns: int,
) -> tuple[list[tuple[SentValue, ArchivedValue]], list[SentValue]]:
    """All streams of one strap: what arrived and what is missing; the rest is noted as wrong."""
    arrivals: list[tuple[SentValue, ArchivedValue]] = []
    missing: list[SentValue] = []
    sent_streams, kept_streams = _by_characteristic(sent), _by_characteristic(_in_order(kept))
    for characteristic in sorted({*sent_streams, *kept_streams}):
        stream = align_stream(sent_streams[characteristic], kept_streams[characteristic], delay_ns)
        arrivals += stream.arrivals
        missing += stream.missing
        findings.duplicated += stream.duplicated
        findings.altered += stream.altered
        findings.out_of_order += stream.out_of_order
        findings.invented += stream.invented
    return arrivals, missing


def _follow_streams(findings: Findings, strap: StrapEvidence, window_ns: Stretch | None) -> None:
    """Account for the streams that flow all the time, and those that should have."""
    streams = _by_characteristic(strap.kept)
    for name in CONTINUOUS_STREAMS:
        window = window_ns if name in strap.expected else None
        if window or name in streams:
            stamps_ns = sorted(value.monotonic_ns for value in streams[name])
            coverage = account_for_stream(name, stamps_ns, strap.gaps, window)
            findings.coverage.append((strap.serial, name, coverage))


def _follow_returns(findings: Findings, strap: StrapEvidence, window_ns: Stretch) -> None:
    """After its troubles a strap sends again, and at the end all its streams are there."""
    sent_ns = [value.monotonic_ns for value in strap.sent]
    unreturned = find_unreturned(sent_ns, strap.faults, window_ns)
    findings.unreturned += [replace(fault, strap=strap.serial) for fault in unreturned]
    streams = _by_characteristic(strap.kept)
    findings.dead += [
        (strap.serial, name)
        for name in strap.expected
        if not is_alive_at_end([v.monotonic_ns for v in streams[name]], strap.faults, window_ns)
    ]


def _in_order(values: Sequence[ArchivedValue]) -> list[ArchivedValue]:
    """The gateway's own order: its epochs as they began, and in each its numbers."""
    begins: dict[tuple[str, str], int] = {}
    for value in values:
        epoch = (value.gateway, value.epoch)
        begins[epoch] = min(value.monotonic_ns, begins.get(epoch, value.monotonic_ns))
    return sorted(values, key=lambda each: (begins[each.gateway, each.epoch], each.seq))


_Value = TypeVar("_Value", SentValue, ArchivedValue)


def _by_characteristic(values: Iterable[_Value]) -> defaultdict[str, list[_Value]]:
    groups: defaultdict[str, list[_Value]] = defaultdict(list)
    for value in values:
        groups[value.characteristic].append(value)
    return groups
