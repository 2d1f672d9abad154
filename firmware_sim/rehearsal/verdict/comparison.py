"""All streams of all straps compared: the findings that a verdict's checks are made from."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol, TypeVar

from firmware_sim.rehearsal.verdict.alignment import align_stream
from firmware_sim.rehearsal.verdict.course import find_unreturned, is_alive_at_end
from firmware_sim.rehearsal.verdict.coverage import Coverage, account_for_stream
from firmware_sim.rehearsal.verdict.evidence import (
    OBSERVATION_MARK,
    READ_PREFIX,
    Archive,
    ArchivedValue,
    DeclaredGap,
    InjectedFault,
    SentValue,
    Truth,
)
from firmware_sim.rehearsal.verdict.gaps import find_contradicted, find_lost, find_unexplained
from firmware_sim.rehearsal.verdict.streams import expected_characteristics
from firmware_sim.rehearsal.verdict.stretches import Stretch
from protocol.ble.uuids import HEART_RATE_MEASUREMENT, PMD_DATA

# Streams that flow all the time, so that a silence in them means something.
CONTINUOUS_STREAMS = (HEART_RATE_MEASUREMENT, PMD_DATA)


class _OfStrap(Protocol):
    @property
    def strap(self) -> str: ...


_Record = TypeVar("_Record", bound=_OfStrap)


@dataclass(slots=True)
class Findings:
    """What the comparison of all straps found. `covered` are missing values that a gap answers."""

    n_sent: int = 0
    n_archived: int = 0
    arrivals: list[tuple[SentValue, ArchivedValue]] = field(default_factory=list)
    lost: list[SentValue] = field(default_factory=list)
    n_covered: int = 0
    n_unconfirmed_reads: int = 0
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
    notifications = [v for v in archive.values if OBSERVATION_MARK not in v.characteristic]
    findings = Findings(n_sent=len(truth.sent), n_archived=len(notifications))
    sent, kept, gaps = _by_strap(truth.sent), _by_strap(notifications), _by_strap(archive.gaps)
    answers = _by_strap(truth.answers)
    reads = _by_strap(v for v in archive.values if v.characteristic.startswith(READ_PREFIX))
    streams = {strap.serial: expected_characteristics(strap) for strap in truth.straps}
    for strap in sorted({*sent, *kept, *gaps, *answers, *reads, *streams}):
        faults = [fault for fault in truth.faults if fault.strap in {None, strap}]
        delay_ns = truth.longest_delay_ns(strap)
        _compare_strap(findings, sent[strap], kept[strap], gaps[strap], faults, delay_ns)
        _compare_reads(findings, answers[strap], reads[strap], delay_ns)
        findings.unexplained += find_unexplained(gaps[strap], sent[strap], faults)
        expected = streams.get(strap, [])
        _follow_streams(findings, (strap, expected), kept[strap], gaps[strap], truth.window_ns)
        if truth.window_ns and expected:
            values = (sent[strap], kept[strap])
            _follow_returns(findings, (strap, expected), values, faults, truth.window_ns)
    return findings


def _compare_strap(
    findings: Findings,
    sent: Sequence[SentValue],
    kept: Sequence[ArchivedValue],
    gaps: Sequence[DeclaredGap],
    faults: Sequence[InjectedFault],
    delay_ns: int,
) -> None:
    arrivals, missing = _align(findings, sent, kept, delay_ns)
    lost = find_lost(missing, arrivals, gaps, faults, delay_ns)
    findings.lost += lost
    findings.n_covered += len(missing) - len(lost)
    findings.arrivals += arrivals
    # Answers of the control point come while a link is set up again, amid an honest gap.
    flowing = [value for value in kept if value.characteristic in CONTINUOUS_STREAMS]
    findings.contradicted += find_contradicted(gaps, flowing)


def _compare_reads(
    findings: Findings,
    answers: Sequence[SentValue],
    reads: Sequence[ArchivedValue],
    delay_ns: int,
) -> None:
    """What was read must be what was answered. An answer that is not archived is no loss: a link
    may end before it arrives, and some are asked for to know the strap, not to keep them."""
    _, missing = _align(findings, answers, reads, delay_ns)
    findings.n_unconfirmed_reads += len(missing)


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


def _follow_streams(
    findings: Findings,
    strap: tuple[str, Sequence[str]],
    kept: Sequence[ArchivedValue],
    gaps: Sequence[DeclaredGap],
    window_ns: Stretch | None,
) -> None:
    """Account for the streams that flow all the time, and those that should have."""
    serial, expected = strap
    streams = _by_characteristic(kept)
    for name in CONTINUOUS_STREAMS:
        window = window_ns if name in expected else None
        if window or name in streams:
            stamps_ns = sorted(value.monotonic_ns for value in streams[name])
            coverage = account_for_stream(name, stamps_ns, gaps, window)
            findings.coverage.append((serial, name, coverage))


def _follow_returns(
    findings: Findings,
    strap: tuple[str, Sequence[str]],
    values: tuple[Sequence[SentValue], Sequence[ArchivedValue]],
    faults: Sequence[InjectedFault],
    window_ns: Stretch,
) -> None:
    """After its troubles a strap sends again, and at the end all its streams are there."""
    sent, kept = values
    sent_ns = [value.monotonic_ns for value in sent]
    unreturned = find_unreturned(sent_ns, faults, window_ns)
    findings.unreturned += [replace(fault, strap=strap[0]) for fault in unreturned]
    streams = _by_characteristic(kept)
    findings.dead += [
        (strap[0], name)
        for name in strap[1]
        if not is_alive_at_end([v.monotonic_ns for v in streams[name]], faults, window_ns)
    ]


def _in_order(values: Sequence[ArchivedValue]) -> list[ArchivedValue]:
    """The gateway's own order: its epochs as they began, and in each its numbers."""
    begins: dict[tuple[str, str], int] = {}
    for value in values:
        epoch = (value.gateway, value.epoch)
        begins[epoch] = min(value.monotonic_ns, begins.get(epoch, value.monotonic_ns))
    return sorted(values, key=lambda each: (begins[each.gateway, each.epoch], each.seq))


def _by_strap(records: Iterable[_Record]) -> defaultdict[str, list[_Record]]:
    groups: defaultdict[str, list[_Record]] = defaultdict(list)
    for record in records:
        groups[record.strap].append(record)
    return groups


_Value = TypeVar("_Value", SentValue, ArchivedValue)


def _by_characteristic(values: Iterable[_Value]) -> defaultdict[str, list[_Value]]:
    groups: defaultdict[str, list[_Value]] = defaultdict(list)
    for value in values:
        groups[value.characteristic].append(value)
    return groups
