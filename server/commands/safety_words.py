"""Limits, proposals and signatures as lines of text and as JSON."""

from typing import Any

import msgspec

from protocol.ledger.instants import format_utc_ms
from server.safety.limits import SafetyLimits
from server.safety.register import Proposal


def tell_limits(limits: SafetyLimits) -> str:
    """One line a limit."""
    if limits.is_empty:
        return "no limit"
    rows = [
        ("heart rate ceiling", limits.hr_ceiling_bpm, "bpm"),
        *((f"heart rate ceiling of {code}", bpm, "bpm") for code, bpm in _own(limits)),
        ("effort to look at", limits.rpe_alert, "on Borg 6-20"),
        ("effort that holds her", limits.rpe_hold, "on Borg 6-20"),
    ]
    return "\n".join(f"{name:<26} {value} {unit}" for name, value, unit in rows if value)


def tell_signature(proposal: Proposal) -> str:
    """Whether anybody signed, who, and as what."""
    signature = proposal.signature
    if signature is None:
        return "signed by nobody: without effect"
    if not proposal.is_signed:
        return "signed, but the values are not those that were signed: without effect"
    when = format_utc_ms(signature.signed_wall_ns // 1_000_000)
    who = f"{signature.signed_by} ({signature.qualification})"
    return f"signed by {who}, {when}: {signature.reason}"


def view_proposal(proposal: Proposal) -> dict[str, Any]:
    """JSON."""
    signature = proposal.signature
    return {
        "number": proposal.number,
        "limits": msgspec.to_builtins(proposal.limits),
        "sha256": proposal.sha256,
        "reason": proposal.reason,
        "proposed_by": proposal.recorded_by,
        "proposed_utc": format_utc_ms(proposal.recorded_wall_ns // 1_000_000),
        "is_signed": proposal.is_signed,
        "signature": signature
        and {
            "signed_by": signature.signed_by,
            "qualification": signature.qualification,
            "reason": signature.reason,
            "sha256": signature.sha256,
            "signed_utc": format_utc_ms(signature.signed_wall_ns // 1_000_000),
        },
    }


def _own(limits: SafetyLimits) -> list[tuple[str, int]]:
    return sorted(limits.hr_ceiling_bpm_of.items())
