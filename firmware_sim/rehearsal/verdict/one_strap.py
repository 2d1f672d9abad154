"""The evidence of one strap: what it says it sent and answered, and what was kept of it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

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
from firmware_sim.rehearsal.verdict.streams import expected_characteristics


class _OfStrap(Protocol):
    @property
    def strap(self) -> str: ...


_Record = TypeVar("_Record", bound=_OfStrap)


@dataclass(frozen=True, slots=True)
class StrapEvidence:
    """`sent` and `answers` are the strap's account, `kept` and `reads` the archive's.

    `expected` names what it should send, nothing for a strap off the roster. `links_ns` ascend:
    when a central connected. `faults` are its own and those of all; `delay_ns` is the longest that
    ordered trouble held back a value.
    """

    serial: str
    expected: Sequence[str]
    sent: Sequence[SentValue]
    answers: Sequence[SentValue]
    links_ns: Sequence[int]
    faults: Sequence[InjectedFault]
    delay_ns: int
    kept: Sequence[ArchivedValue]
    reads: Sequence[ArchivedValue]
    gaps: Sequence[DeclaredGap]


def split_by_strap(truth: Truth, archive: Archive) -> list[StrapEvidence]:
    """One for every strap that the truth or the archive knows, in the order of serials."""
    sent, answers, links = _group(truth.sent), _group(truth.answers), _group(truth.links)
    kept = _group(v for v in archive.values if OBSERVATION_MARK not in v.characteristic)
    reads = _group(v for v in archive.values if v.characteristic.startswith(READ_PREFIX))
    gaps = _group(archive.gaps)
    expected = {strap.serial: expected_characteristics(strap) for strap in truth.straps}
    return [
        StrapEvidence(
            serial=serial,
            expected=expected.get(serial, []),
            sent=sent[serial],
            answers=answers[serial],
            links_ns=sorted(link.monotonic_ns for link in links[serial]),
            faults=[fault for fault in truth.faults if fault.strap in {None, serial}],
            delay_ns=truth.longest_delay_ns(serial),
            kept=kept[serial],
            reads=reads[serial],
            gaps=gaps[serial],
        )
        for serial in sorted({*sent, *answers, *kept, *reads, *gaps, *expected})
    ]


def _group(records: Iterable[_Record]) -> defaultdict[str, list[_Record]]:
    groups: defaultdict[str, list[_Record]] = defaultdict(list)
    for record in records:
        groups[record.strap].append(record)
    return groups
