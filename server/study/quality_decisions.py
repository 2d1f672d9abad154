"""What people decided of findings: appended to, never changed; of one finding the newest counts."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection, select

from server.errors import ConflictError, RuleError
from server.study.record_chain import append_numbered
from server.study.tables import QUALITY_DECISIONS

MAX_REASON = 500  # characters


class Act(StrEnum):
    """What somebody says of a finding."""

    ACCEPTED = "accepted"  # this is how it was, and the numbers stand
    LEFT = "left"  # a doubt stays; the note says which
    REOPENED = "reopened"  # that was decided wrongly


@dataclass(frozen=True, slots=True)
class FindingKey:
    """Which finding, on which evidence: on other evidence it is another one."""

    session: str
    rule: str
    subject: str
    evidence_sha256: str


@dataclass(frozen=True, slots=True)
class Decision:
    """`told` is the sentence that she saw; `reason` None: she accepted it without one."""

    number: int
    key: FindingKey
    told: str
    act: Act
    reason: str | None
    decided_by: str
    decided_wall_ns: int


def add_decision(connection: Connection, decision: Decision, seen: int) -> None:
    """Append it under the next number (its own is passed over).

    `seen` is the number of the decision that she saw on this finding, 0 for none. Raises
    ConflictError if somebody decided meanwhile, RuleError where it says nothing new or no reason.
    """
    known = read_decisions(connection).get(decision.key)
    if (0 if known is None else known.number) != seen:
        raise ConflictError("somebody decided this meanwhile; look at it and decide again")
    is_closed = known is not None and known.act is not Act.REOPENED
    if decision.act is Act.REOPENED and not is_closed:
        raise RuleError("this is open already; nothing was stored")
    reason = check_reason(decision.act, decision.reason or "")
    row = {
        "session": decision.key.session,
        "rule": decision.key.rule,
        "subject": decision.key.subject,
        "evidence_sha256": decision.key.evidence_sha256,
        "told": decision.told,
        "decision": decision.act.value,
        "reason": reason,
        "decided_by": decision.decided_by,
        "decided_wall_ns": decision.decided_wall_ns,
    }
    append_numbered(connection, QUALITY_DECISIONS, row)


def check_reason(act: Act, reason: str) -> str | None:
    """As it is stored. Raises RuleError for one that is needed and missing, or that can't be."""
    text = " ".join(reason.split())
    if not text.isprintable() or len(text) > MAX_REASON:
        raise RuleError(f"a note is text of at most {MAX_REASON} characters")
    if not text and act is not Act.ACCEPTED:
        raise RuleError("say why: without a note nothing was stored")
    return text or None


def read_decisions(connection: Connection) -> dict[FindingKey, Decision]:
    """The newest of each finding."""
    return {one.key: one for one in read_all_decisions(connection)}


def read_all_decisions(connection: Connection) -> list[Decision]:
    """All that was ever decided, oldest first."""
    rows = connection.execute(select(QUALITY_DECISIONS).order_by(QUALITY_DECISIONS.c.number))
    return [
        Decision(
            row.number,
            FindingKey(row.session, row.rule, row.subject, row.evidence_sha256),
            row.told,
            Act(row.decision),
            row.reason,
            row.decided_by,
            row.decided_wall_ns,
        )
        for row in rows
    ]
