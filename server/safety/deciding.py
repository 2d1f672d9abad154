"""What a clinician does in one act: signs values that she gives herself, or withdraws all."""

from collections.abc import Collection
from typing import Final

from sqlalchemy import Connection

from server.errors import ConflictError
from server.safety.limits import SafetyLimits
from server.safety.register import Proposal, propose_limits, read_newest, sign_limits

NO_LIMITS_YET: Final = ""  # what stands for a hash where nobody has proposed anything


def describe_newest(newest: Proposal | None) -> str:
    """What a page that shows these values gives back: nobody decides over what she didn't see."""
    return NO_LIMITS_YET if newest is None else f"{newest.number}-{newest.sha256}"


def decide_limits(
    connection: Connection,
    limits: SafetyLimits,
    codes: Collection[str],
    signer: tuple[str, str],
    reason: str,
    seen: str,
) -> Proposal:
    """Put these values in force, proposed and signed by one person.

    Values that were proposed already are only signed. `seen` is `describe_newest` of what she saw.
    Raises ConflictError, NotFoundError or RuleError; whoever began the transaction rolls it back.
    """
    newest = _require_seen(connection, seen)
    if newest is None or newest.limits != limits:
        newest = propose_limits(connection, limits, codes, reason, signer[0])
    return sign_limits(connection, newest.sha256, signer, reason, signer[0])


def withdraw_limits(connection: Connection, withdrawn_by: str, reason: str, seen: str) -> Proposal:
    """No limits from now on. Raises ConflictError or RuleError."""
    _require_seen(connection, seen)
    return propose_limits(connection, SafetyLimits(), (), reason, withdrawn_by)


def _require_seen(connection: Connection, seen: str) -> Proposal | None:
    newest = read_newest(connection)
    if describe_newest(newest) != seen:
        raise ConflictError("somebody changed the limits meanwhile; look at them and decide again")
    return newest
