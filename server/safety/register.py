"""Proposes limits, has them signed, and says which are in force. What was stays readable."""

import time
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select

from server.errors import ConflictError, NotFoundError, RuleError
from server.safety.limits import (
    SafetyLimits,
    compute_limits_digest,
    decode_limits,
    encode_limits,
)
from server.safety.tables import SAFETY_PROPOSALS, SAFETY_SIGNATURES

MIN_DIGEST = 8  # hex digits of the values' hash that a signer repeats: she has seen these values


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed which values, as what, when and why."""

    signed_by: str
    qualification: str
    reason: str
    sha256: str
    signed_wall_ns: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """Values and what became of them. `sha256` is computed from the values as they are read."""

    number: int
    limits: SafetyLimits
    sha256: str
    reason: str
    recorded_by: str
    recorded_wall_ns: int
    signature: Signature | None

    @property
    def is_signed(self) -> bool:
        """Whether the signature is for just these values."""
        return self.signature is not None and self.signature.sha256 == self.sha256


def propose_limits(
    connection: Connection,
    limits: SafetyLimits,
    codes: Collection[str],
    reason: str,
    recorded_by: str,
) -> Proposal:
    """The study's limits from now on, signed by nobody yet. `codes` are those of participants.

    Raises RuleError, and NotFoundError for a ceiling of somebody who isn't in the study.
    """
    known = read_newest(connection)
    _require_text(reason, "a proposal needs a reason")
    strangers = sorted(limits.hr_ceiling_bpm_of.keys() - set(codes))
    if strangers:
        raise NotFoundError(f"nobody in the study has the code {' or '.join(strangers)}")
    if limits == (SafetyLimits() if known is None else known.limits):
        raise RuleError("these are the study's limits already; nothing was changed")
    content = encode_limits(limits)
    row = {
        "number": 1 if known is None else known.number + 1,
        "content": content,
        "sha256": compute_limits_digest(content),
        "reason": reason.strip(),
        "recorded_by": recorded_by,
        "recorded_wall_ns": time.time_ns(),
    }
    connection.execute(insert(SAFETY_PROPOSALS), [row])
    return _require_newest(connection)


def sign_limits(
    connection: Connection,
    digest: str,
    signer: tuple[str, str],
    reason: str,
    recorded_by: str,
) -> Proposal:
    """Put the newest values in force. `signer` is a clinician who proved who she is, and her
    qualification; `digest` begins the hash of the values that she saw.

    Raises NotFoundError, ConflictError or RuleError; then nothing is in force that wasn't before.
    """
    newest = _require_newest(connection)
    signed_by, qualification = signer
    _require_text(reason, "a signature needs a reason")
    _require_text(qualification, "a signature needs the signer's qualification")
    if len(digest) < MIN_DIGEST or not newest.sha256.startswith(digest.lower()):
        raise ConflictError(
            f"the newest values have the hash {newest.sha256[:MIN_DIGEST]}…, not {digest[:64]!r};"
            " look at them with 'doseline-server safety show' and sign what is there"
        )
    if newest.signature is not None:
        raise ConflictError(f"{newest.signature.signed_by} signed these values already")
    if newest.limits.is_empty:
        raise RuleError("there is nothing to sign: all limits are empty, and none is in force")
    row = {
        "number": newest.number,
        "sha256": newest.sha256,
        "signed_by": signed_by,
        "qualification": qualification.strip(),
        "reason": reason.strip(),
        "recorded_by": recorded_by,
        "recorded_wall_ns": time.time_ns(),
    }
    connection.execute(insert(SAFETY_SIGNATURES), [row])
    return _require_newest(connection)


def read_in_force(connection: Connection) -> Proposal | None:
    """The newest values, if they are signed; a change voids what was signed before it."""
    newest = read_newest(connection)
    return newest if newest is not None and newest.is_signed else None


def read_newest(connection: Connection) -> Proposal | None:
    """The values that are to hold once they are signed."""
    history = _read(connection, only_newest=True)
    return history[0] if history else None


def read_history(connection: Connection) -> list[Proposal]:
    """All that was ever proposed, oldest first."""
    return _read(connection, only_newest=False)


def _read(connection: Connection, *, only_newest: bool) -> list[Proposal]:
    ours, theirs = SAFETY_PROPOSALS.c, SAFETY_SIGNATURES.c
    query = (
        select(
            SAFETY_PROPOSALS,
            theirs.signed_by,
            theirs.qualification,
            theirs.reason.label("signed_reason"),
            theirs.sha256.label("signed_sha256"),
            theirs.recorded_wall_ns.label("signed_wall_ns"),
        )
        .outerjoin(SAFETY_SIGNATURES, theirs.number == ours.number)
        .order_by(ours.number)
    )
    if only_newest:
        query = query.where(ours.number == select(func.max(ours.number)).scalar_subquery())
    return [_make_proposal(row) for row in connection.execute(query)]


def _make_proposal(row: Row[Any]) -> Proposal:
    signature = None
    if row.signed_by is not None:
        signature = Signature(
            row.signed_by,
            row.qualification,
            row.signed_reason,
            row.signed_sha256,
            row.signed_wall_ns,
        )
    return Proposal(
        row.number,
        decode_limits(row.content),
        compute_limits_digest(row.content),
        row.reason,
        row.recorded_by,
        row.recorded_wall_ns,
        signature,
    )


def _require_newest(connection: Connection) -> Proposal:
    newest = read_newest(connection)
    if newest is None:
        raise NotFoundError("nobody proposed limits yet; run 'doseline-server safety propose'")
    return newest


def _require_text(text: str, complaint: str) -> None:
    if not text.strip():
        raise RuleError(complaint)
