"""Stores what may be given away beyond what all get: asked by one, decided by another."""

import time
from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, Row, select

from server.db.database import Database
from server.errors import (
    ApprovalNeededError,
    ConflictError,
    NotFoundError,
    NotPermittedError,
    RuleError,
)
from server.study.approval import (
    MAX_REASON,
    Approval,
    Decision,
    Verdict,
    Wanted,
    is_same_person,
)
from server.study.record_chain import (
    append_numbered,
    append_record,
    lock_records,
    require_whole,
)
from server.study.record_tables import APPROVAL_DECISIONS, APPROVAL_REQUESTS
from server.study.tables import HANDED_OUT, RECIPIENTS


def ask_approval(database: Database, wanted: Wanted, asked_by: str) -> int:
    """Append the request; its number.

    Raises RuleError without words or a reason, NotFoundError for a recipient who is none,
    ConflictError while the same request waits.
    """
    reason = wanted.reason.strip()
    if not wanted.words or not reason or len(reason) > MAX_REASON or not reason.isprintable():
        raise RuleError(
            f"say what is to be approved, and in 1 to {MAX_REASON} characters on one line why"
        )
    with database.writing() as connection:
        lock_records(connection)
        known = select(RECIPIENTS.c.name).where(RECIPIENTS.c.name == wanted.recipient)
        if connection.execute(known).first() is None:
            raise NotFoundError(f"{wanted.recipient!r} is no recipient of this study")
        for one in read_approvals(connection):
            if one.decision is None and one.is_for(wanted.recipient, wanted.profile, wanted.words):
                raise ConflictError(f"request {one.number} asks for the same, and waits")
        return append_numbered(
            connection,
            APPROVAL_REQUESTS,
            {
                "recipient": wanted.recipient,
                "profile": wanted.profile,
                "approved": ",".join(sorted(wanted.words)),
                "reason": reason,
                "smallest_group": wanted.smallest_group,
                "in_small_groups": wanted.in_small_groups,
                "asked_by": asked_by,
                "asked_wall_ns": time.time_ns(),
            },
        )


def decide_approval(
    database: Database, number: int, verdict: Verdict, decided_by: str, reason: str | None
) -> Approval:
    """Append what the second person decided.

    Raises NotFoundError, ConflictError for what is decided already, NotPermittedError for who
    asked herself, RuleError for a refusal without a reason.
    """
    told = (reason or "").strip()
    if (verdict is Verdict.REFUSED and not told) or len(told) > MAX_REASON:
        raise RuleError(f"a refusal needs a reason, of at most {MAX_REASON} characters")
    with database.writing() as connection:
        lock_records(connection)
        asked = require_request(connection, number)
        if asked.decision is not None:
            raise ConflictError(
                f"request {number} was {asked.decision.verdict} by {asked.decision.by} already"
            )
        if is_same_person(asked.asked_by, decided_by):
            raise NotPermittedError(
                f"{decided_by} asked for it herself; somebody else has to decide request {number}"
            )
        row = {
            "request": number,
            "asked_by": asked.asked_by,
            "decision": verdict.value,
            "reason": told or None,
            "decided_by": decided_by,
            "decided_wall_ns": time.time_ns(),
        }
        append_record(connection, APPROVAL_DECISIONS, row)
        return require_request(connection, number)


def read_approvals(connection: Connection) -> list[Approval]:
    """All requests with what became of them, the oldest first."""
    used: dict[int, str] = {}
    handed = select(HANDED_OUT.c.approval, HANDED_OUT.c.manifest_sha256)
    for row in connection.execute(handed.where(HANDED_OUT.c.approval.is_not(None))):
        used[row.approval] = row.manifest_sha256
    decided = {row.request: row for row in connection.execute(select(APPROVAL_DECISIONS))}
    rows = connection.execute(select(APPROVAL_REQUESTS).order_by(APPROVAL_REQUESTS.c.number))
    return [_read(row, decided.get(row.number), used.get(row.number)) for row in rows]


def require_request(connection: Connection, number: int) -> Approval:
    """One of them. Raises NotFoundError, and RuleError where the chain doesn't vouch for it."""
    for one in read_approvals(connection):
        if one.number == number:
            _require_vouched(connection, one)
            return one
    raise NotFoundError(f"there is no request {number}")


def find_approval(
    connection: Connection, recipient: str, profile: str, words: Collection[str], builder: str
) -> Approval | None:
    """The newest that lets her build just this, one that wasn't used yet before all others.

    Raises RuleError where the chain of records doesn't vouch for what was asked or decided.
    """
    fit = [
        one
        for one in read_approvals(connection)
        if one.is_for(recipient, profile, words) and one.lets(builder)
    ]
    unused = [one for one in fit if one.manifest_sha256 is None]
    found = max(unused or fit, key=lambda one: one.number, default=None)
    if found is not None:
        _require_vouched(connection, found)
    return found


def require_approval(
    connection: Connection, recipient: str, profile: str, words: Collection[str], builder: str
) -> Approval:
    """The same. Raises ApprovalNeededError where there is none."""
    found = find_approval(connection, recipient, profile, words, builder)
    if found is None:
        raise ApprovalNeededError(
            f"no second person approved {', '.join(sorted(words))} for {recipient} as {profile};"
            " ask with 'doseline-server approvals ask', and let somebody else decide"
        )
    return found


def _require_vouched(connection: Connection, one: Approval) -> None:
    """A decision without a link was slipped in: nobody took it."""
    require_whole(connection, APPROVAL_REQUESTS, str(one.number))
    if one.decision is not None:
        require_whole(connection, APPROVAL_DECISIONS, str(one.number))


def _read(row: Row[Any], decided: Row[Any] | None, manifest_sha256: str | None) -> Approval:
    words = tuple(row.approved.split(","))
    counted = (row.smallest_group, row.in_small_groups)
    return Approval(
        number=row.number,
        wanted=Wanted(row.recipient, row.profile, words, row.reason, *counted),
        asked_by=row.asked_by,
        asked_wall_ns=row.asked_wall_ns,
        decision=None
        if decided is None
        else Decision(
            Verdict(decided.decision), decided.decided_by, decided.decided_wall_ns, decided.reason
        ),
        manifest_sha256=manifest_sha256,
    )
