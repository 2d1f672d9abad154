"""Checks a stored ledger against its own chain, and against heads that were noted elsewhere.

The chain shows an edit, a deletion, an insertion and a reordering. Whoever cuts the end off or
writes the whole chain anew is found by a head that was noted outside before.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from protocol.ledger.canonical import encode_canonical
from server.sessions.chain import EMPTY, Head, commit_content, extend_chain

ERASURE_KIND: Final = "content_erased"


@dataclass(frozen=True, slots=True)
class AuditedContent:
    """What a row's event says, as it is stored."""

    salt: bytes
    value: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class AuditedRow:
    """A row of the ledger with everything that is stored about it.

    `content` is None when it is gone; then `erased_by` is the place of the event that decided it.
    `session` is None in a chain that is of no sessions.
    """

    n: int
    id: str
    session: str | None
    kind: str
    about: str
    envelope: str
    commitment: bytes
    hash: bytes
    content: AuditedContent | None
    erased_by: int | None


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it was written; `n` is the place in the ledger."""

    n: int
    code: str
    sentence: str


@dataclass(slots=True)
class AuditReport:
    """`head` is what to note elsewhere when there are no findings."""

    head: Head = EMPTY
    n_rows: int = 0
    findings: list[Finding] = field(default_factory=list)
    erased: list[AuditedRow] = field(default_factory=list)

    def add(self, n: int, code: str, sentence: str) -> None:
        self.findings.append(Finding(n, code, sentence))


def check_chain(
    rows: Iterable[AuditedRow], noted: Sequence[Head], erasures: str = ERASURE_KIND
) -> AuditReport:
    """Everything that is wrong with a ledger. `rows` come in the order of their places.

    `erasures` is the kind of those that decide that what another one says goes.
    """
    report = AuditReport()
    wanted = {head.n: head for head in noted}
    decisions: dict[int, str] = {}  # place of each decision to erase, and the id it names
    for row in rows:
        _check_place(report, row)
        _check_row(report, row)
        if row.kind == erasures:
            decisions[row.n] = row.about
        _check_content(report, row)
        _check_noted(report, row, wanted.pop(row.n, None))
        report.head = Head(row.n, row.hash)
        report.n_rows += 1
    for row in report.erased:
        if decisions.get(row.erased_by or 0) != row.id:
            report.add(row.n, "content_missing", f"what entry {row.n} said is gone, undecided")
    for n in sorted(wanted):
        report.add(n, "end_missing", f"entry {n} was there when its head was noted")
    return report


def _check_place(report: AuditReport, row: AuditedRow) -> None:
    first = report.head.n + 1
    if row.n == first:
        return
    missing = f"entry {first} is" if row.n == first + 1 else f"entries {first} to {row.n - 1} are"
    report.add(first, "row_missing", f"{missing} missing")


def _check_row(report: AuditReport, row: AuditedRow) -> None:
    """Its hash, and that the columns for searching repeat what the hash is taken over."""
    envelope = _read_envelope(row.envelope)
    if envelope is None:
        report.add(row.n, "row_changed", f"entry {row.n} can't be read any more")
        return
    if row.n == report.head.n + 1:
        expected = extend_chain(report.head, envelope, row.commitment)
        if expected.hash != row.hash:
            report.add(row.n, "row_changed", f"entry {row.n} is not what was written there")
    repeated = (row.id, row.session, row.kind, row.about)
    if repeated != tuple(envelope.get(name) for name in ("id", "session", "kind", "about")):
        report.add(row.n, "row_changed", f"the search columns of entry {row.n} were changed")


def _read_envelope(text: str) -> dict[str, Any] | None:
    try:
        envelope = json.loads(text)
    except ValueError:
        return None
    is_canonical = isinstance(envelope, dict) and encode_canonical(envelope).decode() == text
    return envelope if is_canonical else None


def _check_content(report: AuditReport, row: AuditedRow) -> None:
    if row.content is None:
        report.erased.append(row)
    elif not _is_committed(row.content, row.commitment):
        report.add(row.n, "content_changed", f"entry {row.n} doesn't say what it said")


def _is_committed(content: AuditedContent, commitment: bytes) -> bool:
    try:
        value = json.loads(content.value)
    except ValueError:
        return False
    is_canonical = encode_canonical(value).decode() == content.value
    return is_canonical and commit_content(content.salt, value, content.reason) == commitment


def _check_noted(report: AuditReport, row: AuditedRow, noted: Head | None) -> None:
    if noted is not None and noted.hash != row.hash:
        sentence = f"the ledger up to entry {row.n} is another one than when its head was noted"
        report.add(row.n, "head_differs", sentence)
